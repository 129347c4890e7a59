/** Examples and small models for gates: labels follow a logistic curve of two features, and users differ. */
import { GatePlan } from '../../contracts/modelPlan.ts';
import type { Comparison } from '../../control/gates/comparison.ts';
import type { GateInput, Holdout } from '../../control/gates/gateInput.ts';
import { sigmoid } from '../../models/features.ts';
import { exportModel } from '../../models/onnx/exportModel.ts';
import { openSession } from '../../models/scoring/session.ts';
import type { LinearModel } from '../../models/training/trainedModel.ts';
import type { Task } from '../../models/training/trainingSet.ts';
import { below, normal, randomState, uniform } from '../../stats/random.ts';

export const gateFeatures = [
  { name: 'practice', kind: 'numeric', monotone: 0 },
  { name: 'recency', kind: 'numeric', monotone: 0 },
] as const;

/** What labels follow. */
export const truth = [1, 0.5] as const;

export interface MadeHoldout {
  readonly seed?: number;
  readonly users?: number;
  readonly perUser?: number;
  readonly task?: Task;
  /** Standard deviation of what users differ by, logits. */
  readonly spread?: number;
  readonly weights?: (row: number) => number;
}

/**
 * Slices: `course` of four values by row, `campus` by user, `gender` by user; the online learner sees the truth through noise.
 */
export function madeHoldout(options: MadeHoldout = {}): Holdout {
  const { seed = 1, users = 150, perUser = 20, task = 'binary', spread = 0.5, weights } = options;
  const random = randomState(seed);
  const rows = users * perUser;
  const values = new Float32Array(rows * 2);
  const labels = new Float64Array(rows);
  const online = new Float64Array(rows);
  const of = new Int32Array(rows);
  const courses: string[] = [];
  const own = Float64Array.from({ length: users }, () => spread * normal(random));
  for (let row = 0; row < rows; row += 1) {
    const user = row % users;
    of[row] = 1_000 + user;
    values[2 * row] = normal(random);
    values[2 * row + 1] = normal(random);
    const score = truth[0] * values[2 * row]! + truth[1] * values[2 * row + 1]! + own[user]!;
    const seen = score + 0.7 * normal(random);
    labels[row] =
      task === 'binary' ? (uniform(random) < sigmoid(score) ? 1 : 0) : score + normal(random);
    online[row] = task === 'binary' ? sigmoid(0.8 * seen) : seen;
    courses.push(['algebra', 'biology', 'chemistry', 'drama'][below(random, 4)]!);
  }
  const byUser = (name: (user: number) => string) => Array.from(of, (user) => name(user - 1_000));
  return {
    set: {
      ...{ task, features: gateFeatures, values, labels },
      ...(weights === undefined ? {} : { weights: labels.map((_, row) => weights(row)) }),
    },
    ...{ online, served: online, users: of },
    slices: new Map([
      ['course', courses],
      ['campus', byUser((user) => `c${user % 5}`)],
      ['gender', byUser((user) => (user % 3 === 0 ? 'f' : 'm'))],
    ]),
    times: Float64Array.from(labels, (_, row) => 1_700_000_000_000 + row * 1_000),
  };
}

/** A linear model of the two features. */
export function linearModel(
  weights: readonly number[],
  bias = 0,
  task: Task = 'binary',
): LinearModel {
  return {
    ...{ kind: 'linear', task, bias },
    encoding: {
      width: 2,
      numeric: Int32Array.of(0, 1),
      centres: Float32Array.of(0, 0),
      scales: Float32Array.of(1, 1),
      categorical: new Int32Array(0),
      codes: new Float32Array(0),
    },
    weights: Float64Array.from(weights),
  };
}

export function linearFile(weights: readonly number[], bias = 0, task: Task = 'binary') {
  return exportModel(linearModel(weights, bias, task), { features: gateFeatures });
}

/** A champion that predicts by a linear model. */
export function linearChampion(weights: readonly number[], bias = 0, task: Task = 'binary') {
  return {
    version: '1.3',
    score: (rows: Float32Array) =>
      Promise.resolve(
        Float32Array.from({ length: rows.length / 2 }, (_, row) => {
          const score = bias + weights[0]! * rows[2 * row]! + weights[1]! * rows[2 * row + 1]!;
          return task === 'binary' ? sigmoid(score) : score;
        }),
      ),
  };
}

/** Everything that `judgeGates` takes: a good candidate against a champion as good, in this thread. */
export function gateInput(change: Partial<GateInput> = {}): GateInput {
  return {
    model: { task: 'binary', features: [...gateFeatures], featureVersion: '1' },
    plan: GatePlan.parse({ lossMargin: 0.01, latencyMaxMs: 1_000 }),
    candidate: { bytes: linearFile([1, 0.5]), golden: null },
    champion: linearChampion([1, 0.5]),
    holdout: madeHoldout(),
    groups: ['gender'],
    clock: () => 1_800_000_000_000,
    openSession: (bytes, options) => openSession(bytes, options),
    ...change,
  };
}

type Says = (logit: number, course: string, gender: string, noise: () => number) => number;

/** Of predictions alone, without files. */
export interface MadeComparison {
  readonly seed?: number;
  readonly users?: number;
  readonly perUser?: number;
  /** Value of the slices of a row. */
  readonly course?: (row: number, user: number) => string;
  readonly gender?: (user: number) => string;
  /** What each says of a row, in logits, where `logit` is what can be known; that by default. */
  readonly candidate?: Says;
  readonly champion?: Says;
}

export function madeComparison(made: MadeComparison = {}): Comparison {
  const { seed = 1, users = 150, perUser = 20, candidate = (logit) => logit } = made;
  const { champion = (logit) => logit } = made;
  const course = made.course ?? ((row) => `c${row % 4}`);
  const gender = made.gender ?? ((user) => (user % 3 === 0 ? 'f' : 'm'));
  const random = randomState(seed);
  const rows = users * perUser;
  const of = Array.from({ length: rows }, (_, row) => row % users);
  const logits = of.map(() => 1.5 * normal(random));
  const courses = of.map((user, row) => course(Math.floor(row / users), user));
  const genders = of.map(gender);
  const own = Float64Array.from({ length: users }, () => 0.7 * normal(random));
  const says = (who: Says) =>
    Float64Array.from(logits, (logit, row) =>
      sigmoid(who(logit, courses[row]!, genders[row]!, () => normal(random))),
    );
  return {
    ...{ task: 'binary', weights: undefined, against: 'champion 1.3' },
    labels: Float64Array.from(logits, (logit, row) =>
      uniform(random) < sigmoid(logit + own[of[row]!]!) ? 1 : 0,
    ),
    users: Int32Array.from(of),
    slices: new Map([
      ['course', courses],
      ['gender', genders],
    ]),
    candidate: says(candidate),
    champion: says(champion),
  };
}
