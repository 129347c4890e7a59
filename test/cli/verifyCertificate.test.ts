/** The checker agrees with what the engine certifies, and finds whatever was changed afterwards. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Certificate as Checked, verifyCertificate } from '../../cli/verifyCertificate.ts';
import { definitionHash } from '../../contracts/definitionHash.ts';
import type { ExperimentInput } from '../../contracts/experiment.ts';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import { type Certificate, makeCertificate } from '../../control/experiments/certificate.ts';
import { evaluateExperiment } from '../../control/experiments/evaluate.ts';
import { drawOf } from '../../models/assignment/families/drawOf.ts';
import { normal, randomState, uniform } from '../../stats/random.ts';
import { CountedUnits } from '../support/countedUnits.ts';
import { removeDirectory, temporaryDirectory } from '../support/engine.ts';
import { makeMetric, makeRunning } from '../support/experiments.ts';
import { run } from './run.ts';

const directory = temporaryDirectory();
afterAll(() => removeDirectory(directory));

const metrics = [
  makeMetric(),
  makeMetric({
    ...{ key: 'minutes', name: 'Minutes', kind: 'continuous', cap: [-5, 60] },
    measure: { of: 'value', field: 'value' },
  }),
  makeMetric({ key: 'gone', name: 'Gave up', direction: 'decrease' }),
  makeMetric({
    ...{ key: 'share', name: 'Share right', kind: 'ratio', cap: [0, 100] },
    measure: { of: 'count' },
    denominator: { filter: { field: 'type', is: 'answered' }, measure: { of: 'count' } },
  }),
];
const roles: ExperimentInput['metrics'] = [
  { metric: 'solved', role: 'primary' },
  { metric: 'gone', role: 'guardrail' },
  { metric: 'minutes', role: 'secondary' },
  { metric: 'share', role: 'secondary' },
];
const ramp = [
  { traffic: 0.2, weights: [0.8, 0.2] },
  { traffic: 1, weights: [0.5, 0.5] },
];

interface Plant {
  readonly units?: number;
  /** Effect on the primary metric, and on the guardrail. */
  readonly effect?: number;
  readonly harm?: number;
  /** Share of the treated that is lost. */
  readonly loss?: number;
  readonly clustered?: boolean;
  readonly experiment?: Partial<ExperimentInput>;
  readonly stages?: typeof ramp;
}

function certificateOf(plant: Plant): Certificate {
  const { units = 6_000, effect = 0, harm = 0, loss = 0, clustered = false } = plant;
  const experiment = makeRunning(
    { metrics: roles, ...(clustered ? { unit: 'class' } : {}), ...plant.experiment },
    plant.stages,
  );
  const record: ExperimentRecord = { revision: 2, experiment, metrics };
  const random = randomState(4);
  const counts = new CountedUnits(record);
  const { probabilities } = drawOf(experiment);
  for (let i = 0; i < units; i += 1) {
    const stage = i < units / 2 ? 1 : experiment.stages.length;
    let draw = uniform(random);
    let variant = 0;
    for (const weight of probabilities[stage - 1]!) {
      if (draw < weight) break;
      draw -= weight;
      variant += 1;
    }
    if (clustered) variant = Math.floor(i / 20) % 2;
    const treated = Math.min(variant, 1);
    if (treated === 1 && uniform(random) < loss) continue;
    const answers = 1 + Math.floor(8 * uniform(random));
    counts.add({
      ...{ variant, stage, period: Math.floor((5 * i) / units) },
      // Some come when the cluster is closed.
      ...(clustered ? { cluster: `c${Math.floor(i / 20)}`, day: i % 10 } : {}),
      outcomes: {
        solved: Number(uniform(random) < 0.5 + effect * variant),
        gone: Number(uniform(random) < 0.1 + harm * treated),
        minutes: Math.max(-5, Math.min(60, 12 + 9 * normal(random) + treated)),
        share: [Math.floor(answers * uniform(random) ** (1 - 0.4 * treated)), answers],
      },
    });
  }
  const read = counts.read();
  return makeCertificate(record, read, evaluateExperiment(record, read, 5_000));
}

const plants: Record<string, Plant> = {
  ship: { effect: 0.1 },
  'ship, through a ramp': { effect: 0.1, stages: ramp },
  'ship, the better of two': {
    effect: 0.06,
    units: 12_000,
    stages: [{ traffic: 1, weights: [0.4, 0.3, 0.3] }],
  },
  'ship, thirds of a thousand buckets': {
    effect: 0.1,
    stages: [{ traffic: 1, weights: [1 / 3, 2 / 3] }],
    experiment: { hash: { family: 'statsig', ruleSalt: 'r' } },
  },
  'ship, by one number': {
    effect: 0.1,
    stages: ramp,
    experiment: { hash: { family: 'growthbook', version: 2 } },
  },
  'stop, harmed': { effect: 0.1, harm: 0.08 },
  'stop, worse': { effect: -0.1 },
  'stop, futile': { units: 20_000, experiment: { minimumEffect: 0.06 } },
  'keep running': { units: 500 },
  invalid: { loss: 0.2 },
  'keep running, clusters': { clustered: true, units: 1_200 },
  'ship, clusters through a ramp': {
    ...{ clustered: true, effect: 0.3, units: 1_600, stages: ramp },
    experiment: { plannedClusters: 90, gatherDays: 3 },
  },
  'keep running, too few clusters': { clustered: true, units: 40 },
  'ship, by baselines': {
    effect: 0.1,
    experiment: {
      metrics: [
        { metric: 'solved', role: 'primary', baseline: { mean: 0.45, units: 500 } },
        { metric: 'gone', role: 'guardrail', baseline: { mean: 0.1 } },
        { metric: 'minutes', role: 'secondary', baseline: { mean: 12, deviation: 9 } },
        { metric: 'share', role: 'secondary', baseline: { mean: 0.5 } },
      ],
    },
  },
};
const certificates = new Map(
  Object.entries(plants).map(([name, plant]) => [name, certificateOf(plant)]),
);

/** As a file holds it. */
const copyOf = (certificate: Certificate) => JSON.parse(JSON.stringify(certificate)) as Certificate;
const wrong = (certificate: unknown) =>
  verifyCertificate(certificate as Checked)
    .filter(({ good }) => !good)
    .map(({ sentence }) => sentence);

const ship = certificates.get('ship')!;

test.each([...certificates])('a certificate holds: %s', (name, certificate) => {
  expect(certificate.verdict.word).toBe(name.split(',')[0]);
  expect(wrong(copyOf(certificate))).toEqual([]);
});

test.each(['ship', 'ship, clusters through a ramp', 'ship, by baselines'])(
  'something is checked of every comparison: %s',
  (plant) => {
    const sentences = verifyCertificate(copyOf(certificates.get(plant)!) as unknown as Checked);
    for (const metric of ['solved', 'gone', 'minutes', 'share']) {
      for (const claim of ['e-values are right', 'decision follows', 'interval leaves out']) {
        const found = sentences.some((each) => {
          return each.sentence.includes(`“${metric}”`) && each.sentence.includes(claim);
        });
        expect(found, `${metric}: ${claim}`).toBe(true);
      }
    }
  },
);

test('a certificate from before the probabilities were told holds by the weights', () => {
  const { probabilities, hash, ...before } = copyOf(ship);
  expect(probabilities).toEqual([{ stage: 1, shares: [0.5, 0.5] }]);
  expect(wrong({ ...before, hash: definitionHash(before) })).toEqual([]);
});

type Change = readonly [path: string, to: (old: unknown) => unknown];

/** The first cell of a metric. */
const cellOf = (certificate: Certificate, metric: string) =>
  `counts.outcomes.${certificate.counts.outcomes.findIndex((each) => each.metric === metric)}`;

const add = (amount: number) => (old: unknown) => Number(old) + amount;
const to = (value: unknown) => () => value;

/** Sets what stands at a path of keys. */
function changeAt(root: unknown, path: string, change: (old: unknown) => unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  let at = root as Record<string, unknown>;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = change(at[last]);
}

/** Each with what finds it when the one who made it has computed the hashes again. */
const changes: Record<string, readonly [finds: RegExp, ...Change[]]> = {
  'a count': [
    /“minutes”: the e-values are right/,
    [`${cellOf(ship, 'minutes')}.bins.9.1`, add(3)],
    [`${cellOf(ship, 'minutes')}.bins.12.1`, add(-3)],
  ],
  'units of a cell': [/The bins add up/, ['counts.outcomes.0.units', add(1)]],
  'an exact sum': [/exact sums/, [`${cellOf(ship, 'solved')}.sums.0`, to('7')]],
  'a bet': [/The bets are those/, ['bets.effects.7', add(1e-6)]],
  'a weight of a bet': [/The bets are those/, ['bets.weights.3', add(1e-6)]],
  'a belief': [/The bets are those/, ['bets.grid.mean', to(0.4)]],
  'a period, so that its bets know more': [
    /e-values are right/,
    [`${cellOf(ship, 'solved')}.period`, to(4)],
  ],
  'an e-value': [/e-values are right/, ['evidence.0.comparisons.0.lnE.either', add(0.5)]],
  'an e-value of one side': [
    /“share”: the e-values/,
    ['evidence.3.comparisons.0.lnE.lower', add(1)],
  ],
  'an interval': [/interval leaves out/, ['evidence.0.comparisons.0.effect.low', add(0.01)]],
  'a decision': [/“minutes”: the decision/, ['evidence.2.comparisons.0.decided', (old) => !old]],
  'a direction': [/“gone”: the decision/, ['evidence.1.comparisons.0.direction', to('bad')]],
  'the sample ratio': [/sample-ratio factor/, ['sampleRatio.lnE', add(0.01)]],
  'units assigned': [/sample-ratio factor/, ['counts.assigned.0.units.1', add(90)]],
  'the verdict': [/verdict “keep running” follows/, ['verdict.word', to('keep running')]],
  'the variant shipped': [/verdict “ship” follows/, ['verdict.variant', to('without')]],
  'the level': [/decision follows/, ['design.alpha', to(1e-30)]],
  'the weights of a stage': [
    /probabilities are those/,
    ['design.stages.0.weights', to([0.4, 0.6])],
  ],
  'a probability': [/probabilities are those/, ['probabilities.0.shares', to([0.499, 0.501])]],
  'weights and probabilities': [
    /e-values are right/,
    ['design.stages.0.weights', to([0.4, 0.6])],
    ['probabilities.0.shares', to([0.4, 0.6])],
  ],
};

/** Of the first member that answered right. */
const solvedRow = `counts.clusters.${certificates
  .get('ship, clusters through a ramp')!
  .counts.clusters.findIndex(({ metric, sums }) => metric === 'solved' && sums[0] !== '0')}.day`;
const ofClusters: typeof changes = {
  'a sum of a cluster': [/e-values are right/, ['counts.clusters.3.sums.0', to('2')]],
  'the day of a member': [/e-values are right/, [solvedRow, to(9)]],
  'the days of which everybody is scored': [
    /e-values are right/,
    ['counts.clusterDays.minutes', to(2)],
  ],
  'the planned clusters': [/e-values are right/, ['design.plannedClusters', to(30)]],
  'the days to gather': [/e-values are right/, ['design.gatherDays', to(5)]],
  'the clusters planned where nothing is said': [
    /The bets are those/,
    ['bets.plannedClusters', to(41)],
  ],
  'an e-value of clusters': [
    /“share”: the e-values/,
    ['evidence.3.comparisons.0.lnE.higher', add(0.01)],
  ],
  'an interval of clusters': [
    /interval leaves out/,
    ['evidence.0.comparisons.0.effect.low', add(0.01)],
  ],
};
const ofBaselines: typeof changes = {
  'a baseline': [/“solved”: the e-values/, ['design.metrics.0.baseline.mean', to(0.55)]],
  'a deviation': [/“minutes”: the e-values/, ['design.metrics.2.baseline.deviation', to(5)]],
  'the weight of a baseline': [
    /“solved”: the e-values/,
    ['design.metrics.0.baseline.units', to(50)],
  ],
};

describe('a change is found', () => {
  const cases = [
    ...Object.entries(changes).map(([name, change]) => [name, 'ship', change] as const),
    ...Object.entries(ofClusters).map(
      ([name, change]) => [name, 'ship, clusters through a ramp', change] as const,
    ),
    ...Object.entries(ofBaselines).map(
      ([name, change]) => [name, 'ship, by baselines', change] as const,
    ),
  ];
  test.each(cases)('%s', (_, plant, [finds, ...edits]) => {
    const changed = copyOf(certificates.get(plant)!);
    for (const [path, change] of edits) changeAt(changed, path, change);
    expect(wrong(changed)[0]).toBe('The hashes fit the contents.');
    const { hash, ...body } = { ...changed, designHash: definitionHash(changed.design) };
    const found = wrong({ ...body, hash: definitionHash(body) });
    expect(found).not.toContain('The hashes fit the contents.');
    expect(
      found.some((sentence) => finds.test(sentence)),
      found.join(' | '),
    ).toBe(true);
  });
});

test('the command says whether it holds, and its exit status too', async () => {
  const good = join(directory, 'good.json');
  const bad = join(directory, 'bad.json');
  const certificate = copyOf(certificates.get('ship')!);
  writeFileSync(good, JSON.stringify(certificate));
  writeFileSync(bad, JSON.stringify({ ...certificate, at: 6_000 }));
  const held = await run('verify', good);
  expect(held.stdout).toContain(' ok   The verdict “ship” follows.');
  expect(held.stdout).toContain('The certificate holds.');
  expect(held.stdout).toMatch(/Not checked: .*\.\n$/);
  expect(held.status).toBe(0);
  const broken = await run('verify', bad);
  expect(broken.stdout).toContain(' BAD  The hashes fit the contents.');
  expect(broken.stdout).toContain('The certificate does not hold.');
  expect(broken.status).toBe(1);
}, 60_000);
