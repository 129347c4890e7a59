/**
 * Learners of rewards and the policies over them, alone: how many updates and choices a second, by the clock and by the processor's
 * own time (`_per_cpu_s`), which a shared machine disturbs less.
 *
 * `digest` sums what was learnt and chosen in a fixed number of steps; a changed digest is a changed benchmark. `_best_p99_ms` is of
 * the fastest of three tries of each choice: what the choice itself costs where others have the processor meanwhile.
 */

import { FeatureSet } from '../contracts/featureSet.ts';
import { mix } from '../contracts/hash.ts';
import { createFeatures, sigmoid } from '../models/features.ts';
import { type FtrlParameters, ftrl, ftrlWidth } from '../models/ftrl.ts';
import { onlineLogistic } from '../models/linear/onlineLogistic.ts';
import { onlineRidge } from '../models/linear/onlineRidge.ts';
import type { Regression } from '../models/linear/regression.ts';
import { ridgeRegression } from '../models/linear/ridgeRegression.ts';
import { algorithms } from '../models/policies/registry.ts';
import { featureEncoder } from '../models/rewards/featureEncoder.ts';
import { rewardLearners } from '../models/rewards/registry.ts';
import { createScores } from '../models/rewards/scores.ts';
import { parametersOf } from '../models/spec.ts';
import { createVectorTable } from '../operators/state/vectorTable.ts';
import { normal, randomState, uniform } from '../stats/random.ts';
import type { Figures, Size } from './run.ts';
import { type Chooser, choose } from './support/choose.ts';
import { quantile } from './support/quantile.ts';

const actions = 20;
const start = 1_700_000_000_000;
const halfLifeMs = 86_400_000;
/** So many different vectors, taken in turn; prime, so that each meets each action. */
const vectors = 1_009;

function vectorsOf(size: number, seed: number): Float64Array[] {
  const random = randomState(seed);
  return Array.from({ length: vectors }, () =>
    Float64Array.from({ length: size }, (_, i) => (i === 0 ? 1 : normal(random))),
  );
}

/** Runs `step` for about a second, after a quarter of one to warm up; figures under the name. */
function rate(
  figures: Record<string, number>,
  name: string,
  full: boolean,
  step: (i: number) => void,
): void {
  const wanted = full ? 1_000 : 10;
  const batch = full ? 2_000 : 100;
  let i = 0;
  const runFor = (ms: number): number => {
    const before = i;
    const end = performance.now() + ms;
    while (performance.now() < end) for (const last = i + batch; i < last; i += 1) step(i);
    return i - before;
  };
  runFor(wanted / 4);
  const cpu = process.cpuUsage();
  const began = performance.now();
  const steps = runFor(wanted);
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  figures[`${name}_per_s`] = steps / seconds;
  figures[`${name}_per_cpu_s`] = steps / ((user + system) / 1e6);
}

/** Each of 20 actions learns in turn; returns what the first predicts after a fixed number of steps. */
function updates(
  figures: Record<string, number>,
  name: string,
  full: boolean,
  regression: Regression,
): number {
  const list = vectorsOf(regression.dimension, 1);
  const rows = Array.from({ length: actions }, () => new Float64Array(regression.width));
  const learn = (i: number) =>
    regression.learn(
      rows[i % actions]!,
      0,
      list[i % vectors]!,
      i % 3 === 0 ? 1 : 0,
      1,
      start + 10 * i,
    );
  for (let i = 0; i < 1_000; i += 1) learn(i);
  const { weights } = regression.posterior(rows[0]!, 0, start + 10_000);
  rate(figures, name, full, (i) => learn(i + 1_000));
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/** A decision with 20 actions and 32 features, from scores to the draw; returns the mean place that was chosen in a fixed number. */
function choices(
  figures: Record<string, number>,
  name: string,
  full: boolean,
  policyName: string,
  learnerName: string,
): number {
  const size = 32;
  const learner = rewardLearners[learnerName]!.create({ context: size, interaction: size });
  const count = learner.rows === 'action' ? actions : 1;
  const values = new Float64Array(count * learner.width);
  const list = vectorsOf(size, 2);
  for (let i = 0; i < 4_000; i += 1) {
    const at = (i % count) * learner.width;
    const x = list[i % vectors]!;
    learner.learn(values, at, x, x, i % 3 === 0 ? 1 : 0, 1, start);
  }
  const policy = algorithms.get(policyName)!.create();
  const rows = Array.from({ length: count }, (_, i) => ({ values, at: i * learner.width }));
  const chooser: Chooser = {
    policy,
    model: learner.model(rows, start, { draws: policy.draws, seed: 1 }),
    floor: 0.05,
    actions: Array.from({ length: actions }, (_, i) => `action ${i}`),
    scores: createScores(actions),
    probabilities: new Float64Array(actions),
  };
  const random = randomState(3);
  const interactions = list.slice(0, actions);
  const step = (i: number): number => {
    for (let a = 0; a < actions; a += 1) interactions[a] = list[(i + a) % vectors]!;
    return choose(chooser, { context: list[i % vectors]!, interactions }, {}, uniform(random));
  };
  let sum = 0;
  for (let i = 0; i < 1_000; i += 1) sum += step(i);
  rate(figures, name, full, step);
  const timed = (i: number): number => {
    const began = performance.now();
    step(i);
    return performance.now() - began;
  };
  const tries = Array.from(
    { length: full ? 20_000 : 200 },
    (_, i) => [timed(i), timed(i), timed(i)] as const,
  );
  const first = tries.map(([time]) => time);
  figures[`${name}_p50_ms`] = quantile(first, 0.5);
  figures[`${name}_p99_ms`] = quantile(first, 0.99);
  figures[`${name}_best_p99_ms`] = quantile(
    tries.map((each) => Math.min(...each)),
    0.99,
  );
  return sum / 1_000;
}

function ftrlUpdates(figures: Record<string, number>, full: boolean): number {
  const bits = 20;
  const features = 20;
  const model = ftrl.create(parametersOf<FtrlParameters>(ftrl.parameters));
  const table = createVectorTable('weights', ftrlWidth * 2 ** bits);
  const row = createFeatures(features);
  const learn = (i: number): number => {
    for (let feature = 0; feature < features; feature += 1) {
      // Feature by feature, between 10 and 10^6 categories, some often and many seldom.
      const category = (Math.imul(i, 0x9e3779b1) >>> 0) % 10 ** (1 + (feature % 6));
      row.indices[feature] = mix(feature, category) >>> (32 - bits);
    }
    const probability = sigmoid(model.score(table, row));
    model.learn(table, row, probability - (i % 3 === 0 ? 1 : 0));
    return probability;
  };
  let sum = 0;
  for (let i = 0; i < 1_000; i += 1) sum += learn(i);
  rate(figures, 'ftrl_20_hashed', full, (i) => learn(i + 1_000));
  return sum / 1_000;
}

function encoding(figures: Record<string, number>, full: boolean): void {
  const fields = ['course', 'school', 'device', 'topic'];
  const encoder = featureEncoder(
    FeatureSet.parse({
      features: [
        { kind: 'numeric', field: 'grade', centre: 6, scale: 3 },
        { kind: 'numeric', field: 'minutes' },
        { kind: 'numeric', field: 'context.streak' },
        ...fields.map((field) => ({ kind: 'categorical', field, buckets: 5 })),
      ],
    }),
  );
  const people = Array.from({ length: vectors }, (_, i) => ({
    grade: i % 12,
    minutes: i,
    context: { streak: i % 7 },
    ...Object.fromEntries(fields.map((field) => [field, `${field}-${i % 17}`])),
  }));
  const into = new Float64Array(encoder.size);
  rate(figures, `encode_${encoder.size}`, full, (i) => encoder.encode(people[i % vectors]!, into));
}

export async function run({ full }: Size): Promise<Figures> {
  const figures: Record<string, number> = {};
  const options = { ridge: 1, halfLifeMs };
  let sum = 0;
  for (const size of [16, 32]) {
    sum += updates(figures, `linucb_update_${size}`, full, onlineRidge(size, options));
    sum += updates(figures, `linucb_sums_${size}`, full, ridgeRegression(size, options));
    sum += updates(figures, `logistic_update_${size}`, full, onlineLogistic(size, options));
  }
  sum += choices(figures, 'linucb_choose_20_of_32', full, 'linucb', 'linear-disjoint');
  sum += choices(figures, 'thompson_choose_20_of_32', full, 'linear-thompson', 'linear-disjoint');
  sum += choices(
    figures,
    'shared_thompson_choose_20_of_32',
    full,
    'linear-thompson',
    'linear-shared',
  );
  sum += choices(figures, 'squarecb_choose_20_of_32', full, 'squarecb', 'linear-disjoint');
  sum += ftrlUpdates(figures, full);
  encoding(figures, full);
  return { ...figures, digest: sum };
}
