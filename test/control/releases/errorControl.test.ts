/**
 * What a release promises, by whole releases on simulated losses, looked at every twenty-five rows: a version that is no better is promoted
 * with probability at most alpha, one that is no worse is withdrawn for harm with probability at most alpha. Both of rows that are fair
 * given those before them.
 *
 * At alpha = 0.2, so that a mistake of a factor shows in few runs; `npm run bench -- release` has more of all.
 */
import { describe, expect, test } from 'vitest';
import {
  burstsOfError,
  independentRows,
  type LossWorld,
  rowsOfUsers,
  sameModel,
  waves,
} from '../../../benchmarks/release/losses.ts';
import { type ReleaseRun, runRelease, runTrial } from '../../../benchmarks/release/runRelease.ts';
import { ModelPlan } from '../../../contracts/modelPlan.ts';
import { randomState } from '../../../stats/random.ts';

const alpha = 0.2;
const runs = 50;
const everyRows = 25;
const { release: usual } = ModelPlan.parse({});
const canary = usual.canary.map((step) => ({ ...step, rowsMin: step.rowsMin / 5 }));
const plan = { ...usual, alpha, shadow: { rowsMin: 100, rowsMax: 2_000 }, canary };
/** Three standard errors. */
const allowed = alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / runs);

function shareOf(
  seed: number,
  run: (random: ReturnType<typeof randomState>) => ReleaseRun,
  is: (run: ReleaseRun) => boolean,
): number {
  const random = randomState(seed);
  let found = 0;
  for (let i = 0; i < runs; i += 1) if (is(run(random))) found += 1;
  return found / runs;
}

const isPromoted = ({ release }: ReleaseRun) => release.phase === 'promoted';
const isHarmed = ({ release }: ReleaseRun) =>
  release.phase === 'withdrawn' && !release.steps.at(-1)!.sentence.includes('do not show');

const noBetter = [
  sameModel,
  independentRows('equal', 0),
  rowsOfUsers({ name: 'users' }),
  burstsOfError,
  waves,
];

/** Variance of Σ d over 1,000 rows against Σ d²: 1 where each row is fair given those before it. */
function varianceRatio(world: LossWorld): number {
  const random = randomState(17);
  let ofSums = 0;
  let squares = 0;
  for (let i = 0; i < 600; i += 1) {
    const next = world.begin(random);
    let sum = 0;
    for (let row = 0; row < 1_000; row += 1) {
      const d = next();
      sum += d;
      squares += d * d;
    }
    ofSums += sum * sum;
  }
  return ofSums / squares;
}

describe('the worlds of losses', () => {
  test('are fair row by row where something is promised of them, and are not where nothing is', () => {
    // Standard error of the ratio: √(2 / 600) = 0.058.
    expect(Math.abs(varianceRatio(rowsOfUsers({ name: 'users' })) - 1)).toBeLessThan(0.2);
    expect(Math.abs(varianceRatio(burstsOfError) - 1)).toBeLessThan(0.25);
    expect(varianceRatio(rowsOfUsers({ name: 'users differ', differ: true }))).toBeGreaterThan(1.3);
  });
});

describe('a release', () => {
  const shares: number[] = [];

  test.each(noBetter)('is promoted in at most alpha of the runs when no better: $name', (world) => {
    const share = shareOf(
      11,
      (random) => runRelease({ world, plan, random, everyRows }),
      isPromoted,
    );
    shares.push(share);
    expect(share).toBeLessThan(allowed);
  });

  test('is promoted in some of them: the figures are not empty', () => {
    expect(Math.max(...shares)).toBeGreaterThan(alpha / 20);
  });

  test('is promoted no more often when it began in the canary', () => {
    const [, equal] = noBetter;
    const run = (random: ReturnType<typeof randomState>) =>
      runRelease({ world: equal!, plan, random, from: 'canary', everyRows });
    expect(shareOf(12, run, isPromoted)).toBeLessThan(allowed);
  });

  test.each(noBetter.filter(({ name }) => name !== 'waves' && name !== 'same model'))(
    'is withdrawn for harm in at most alpha of the runs when no worse: $name',
    (world) => {
      const run = (random: ReturnType<typeof randomState>) =>
        runRelease({ world, plan, random, from: 'canary', everyRows });
      expect(shareOf(13, run, isHarmed)).toBeLessThan(allowed);
    },
  );

  test('that is better is promoted, and one that does harm is withdrawn, nearly always', () => {
    const patient = { ...plan, shadow: { ...plan.shadow, rowsMax: 6_000 } };
    const better = independentRows('better', -0.01);
    const harmful = independentRows('harmful', 0.02);
    const share = (
      seed: number,
      run: typeof runRelease,
      world: typeof better,
      is: typeof isHarmed,
    ) => shareOf(seed, (random) => run({ world, plan: patient, random, everyRows }), is);
    expect(share(14, runRelease, better, isPromoted)).toBeGreaterThan(0.9);
    expect(share(15, runRelease, harmful, isHarmed)).toBeGreaterThan(0.95);
    const long = { ...plan, shadow: { ...plan.shadow, rowsMin: 600 } };
    const trial = (world: typeof better) =>
      shareOf(16, (random) => runTrial({ world, plan: long, random, everyRows }), isPromoted);
    expect(trial(harmful)).toBeGreaterThan(0.95);
    expect(trial(better)).toBeLessThan(0.02);
  });
});
