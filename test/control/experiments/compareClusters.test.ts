import { describe, expect, test } from 'vitest';
import { plannedPrecision } from '../../../control/experiments/clusterPrecision.ts';
import {
  type ClusterFigure,
  compareFigures,
} from '../../../control/experiments/compareClusters.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { lnRightHaarT } from '../../../stats/sequential/rightHaarT.ts';

const alpha = 0.05;
const half = new Map([[1, 0.5]]);
const threshold = Math.log(1 / alpha);

/** Ever declared, looked at after each of so many classes; the effect in standard deviations of a class. */
function everDecided(
  classes: number,
  planned: number,
  effect: number,
  seed: number,
  runs: number,
): { readonly declared: number; readonly missed: number } {
  const pair = { probabilities: half, precision: plannedPrecision(planned, 0.5, alpha) };
  const random = randomState(seed);
  let declared = 0;
  let missed = 0;
  for (let run = 0; run < runs; run += 1) {
    const arms: [ClusterFigure[], ClusterFigure[]] = [[], []];
    let isDeclared = false;
    let isMissed = false;
    for (let each = 0; each < classes && !(isDeclared && isMissed); each += 1) {
      const arm = uniform(random) < 0.5 ? 1 : 0;
      arms[arm]!.push({ stage: 1, figure: 40 + normal(random) + arm * effect });
      const { lnE, effect: interval } = compareFigures('with', arms, pair, alpha);
      isDeclared ||= lnE.either >= threshold;
      isMissed ||= (interval.low ?? -Infinity) > effect || (interval.high ?? Infinity) < effect;
    }
    declared += Number(isDeclared);
    missed += Number(isMissed);
  }
  return { declared: declared / runs, missed: missed / runs };
}

describe('compareFigures', () => {
  // The promise: whatever was planned, no more than alpha of experiments without an effect ever declare one.
  test.each([
    [60, 60],
    [60, 12],
    [30, 400],
  ])('%d classes, %d planned: errs no more than promised', (classes, planned) => {
    const runs = 800;
    const { declared, missed } = everDecided(classes, planned, 0, 7 + planned, runs);
    const noise = Math.sqrt((alpha * (1 - alpha)) / runs);
    expect(declared).toBeLessThan(alpha + 3 * noise);
    // The interval leaves out 0 when the evidence suffices, and not otherwise.
    expect(missed).toBe(declared);
  });

  test('its interval keeps the true effect', () => {
    const { declared, missed } = everDecided(60, 60, 1, 5, 600);
    expect(missed).toBeLessThan(alpha);
    expect(declared).toBeGreaterThan(0.6);
  });

  // Golden: scipy 1.17.1, stats.ttest_ind with equal variances: t = 2.449489742783178 at 4 degrees of freedom.
  test('rests on the t-statistic of two groups', () => {
    const arms = [[1, 2, 3].map(figureOf), [3, 4, 5].map(figureOf)] as const;
    const pair = { probabilities: half, precision: 0.5 };
    const { lnE, pairs, effect } = compareFigures('with', arms, pair, alpha);
    const design = { freedom: 4, information: 1.5 };
    expect(pairs).toBe(1.5);
    expect(effect.estimate).toBe(2);
    expect(lnE.either).toBeCloseTo(lnRightHaarT(2.449489742783178, design, 0.5), 12);
  });
});

function figureOf(figure: number): ClusterFigure {
  return { stage: 1, figure };
}

// Why clusters wait until they are complete: 40 classes without an effect or a likeness, looked at while their members come.
// Of 1,500 runs with looks at each 2 % more, 6.6 % err by 1,000 members and 11 % by 100,000; complete classes err in 1.1 %.
test('figures that moved with every member would err more often than promised', () => {
  const random = randomState(11);
  const pair = { probabilities: half, precision: plannedPrecision(40, 0.5, alpha) };
  const runs = 300;
  let erred = 0;
  for (let run = 0; run < runs; run += 1) {
    const sums = new Float64Array(40);
    let before = 0;
    for (let members = 1; members <= 100_000; members = Math.ceil(members * 1.04)) {
      const arms: [ClusterFigure[], ClusterFigure[]] = [[], []];
      sums.forEach((_, i) => {
        sums[i]! += Math.sqrt(members - before) * normal(random);
        arms[i % 2]!.push({ stage: 1, figure: sums[i]! / members });
      });
      before = members;
      if (compareFigures('with', arms, pair, alpha).lnE.either < threshold) continue;
      erred += 1;
      break;
    }
  }
  expect(erred / runs).toBeGreaterThan(alpha + 0.02);
});

test('few classes around zero have no lift, and no error', () => {
  const arms = [[-0.4, 0.5].map(figureOf), [0.1, -0.2].map(figureOf)] as const;
  const pair = { probabilities: half, precision: plannedPrecision(400, 0.5, alpha) };
  expect(compareFigures('with', arms, pair, alpha).relative).toMatchObject({
    low: null,
    high: null,
  });
});
