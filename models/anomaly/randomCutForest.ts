/**
 * Robust random cut forest: a point is strange when a random cut would soon part it from a sample of what was seen.
 *
 * Each tree holds a reservoir in which a point's weight decays with its age. The law of a tree is that of one grown anew from its
 * sample: points are inserted and deleted without rebuilding. A forest scores a value together with the ones before it (its
 * shingle), and says how much of the score each value of the shingle explains, and whether it was too high or too low.
 *
 * Source: Guha, Mishra, Roy & Schrijvers 2016, "Robust random cut forest based anomaly detection on streams", ICML (trees,
 * insertion, deletion; attribution by the cut's share of each dimension); Efraimidis & Spirakis 2006 and Cormode et al. 2009
 * (reservoir with time decay). Scores: 1 / (depth + 1) for a point that a cut parts, damped for one that is in the sample.
 */
import { type RandomState, randomState } from '../../stats/random.ts';
import type { Spec } from '../spec.ts';
import { checkPoint } from './checkPoint.ts';
import { type CutTrees, createCutTrees, cutTrees } from './cutTrees.ts';

export type RandomCutForestParameters = {
  readonly features: number;
  readonly shingle: number;
  readonly trees: number;
  readonly sample: number;
  readonly decay: number;
  readonly outputAfter: number;
  readonly seed: number;
};

export interface RandomCutForestState {
  /** Points taken, each with a whole shingle. */
  count: number;
  /** Values until the first shingle is whole, 0 then. */
  missing: number;
  /** The last `shingle` points, oldest first: shingle × features. */
  recent: Float64Array;
  random: RandomState;
  forest: CutTrees;
}

export interface Attribution {
  /** Share of the score of each value of the shingle, oldest first, by being above what was seen. */
  readonly high: Float64Array;
  /** The same by being below. */
  readonly low: Float64Array;
}

export interface RandomCutForest {
  /** Values that are scored together: features × shingle. */
  readonly dimensions: number;
  initial(): RandomCutForestState;
  /**
   * Score of the point as the next one.
   *
   * @returns ≥ 0, near 1 for what is ordinary, above for what is strange; 0 before `outputAfter` of the sample was seen
   * @throws RangeError when the point has a value that is not finite or not as many as the features
   */
  score(state: RandomCutForestState, point: ArrayLike<number>): number;
  /** The score, taken apart: `high` and `low` together sum to it. @throws RangeError as `score` */
  attribute(state: RandomCutForestState, point: ArrayLike<number>, into: Attribution): number;
  /** Takes the point; returns its score as it was before. @throws RangeError as `score` */
  step(state: RandomCutForestState, point: ArrayLike<number>): number;
}

export const randomCutForest: Spec<RandomCutForestParameters, RandomCutForest> = {
  name: 'random-cut-forest',
  summary: 'Scores a value with those before it by how soon random cuts part it from a sample.',
  source: 'Guha, Mishra, Roy & Schrijvers 2016',
  parameters: {
    features: { default: 1, range: [1, 1_000], unit: '', summary: 'values a point', whole: true },
    shingle: {
      default: 8,
      range: [1, 256],
      unit: 'points',
      summary: 'points scored together',
      whole: true,
    },
    trees: { default: 50, range: [1, 1_000], unit: '', summary: 'trees', whole: true },
    sample: {
      default: 256,
      range: [2, 4_096],
      unit: 'points',
      summary: 'sample of a tree',
      whole: true,
    },
    decay: {
      default: 1 / 2_560,
      range: [0, 1],
      unit: '1/point',
      summary: 'rate at which the weight of a sampled point decays',
    },
    outputAfter: {
      default: 0.25,
      range: [0, 1],
      unit: '',
      summary: 'part of the sample to be seen before scores are given',
    },
    seed: {
      default: 1,
      range: [0, 2 ** 31],
      unit: '',
      summary: 'of cuts and samples',
      whole: true,
    },
  },
  create({ features, shingle, trees, sample, decay, outputAfter, seed }) {
    const dimensions = features * shingle;
    const { walk, take } = cutTrees({ dimensions, trees, sample, decay });
    const query = new Float64Array(dimensions);

    /** The shingle that would end with the point. */
    function fill({ recent }: RandomCutForestState, point: ArrayLike<number>): void {
      for (let i = features; i < dimensions; i += 1) query[i - features] = recent[i]!;
      query.set(point, dimensions - features);
    }

    function scoreOf(state: RandomCutForestState, into?: Attribution): number {
      if (state.missing > 1 || state.count < Math.max(1, outputAfter * sample)) return 0;
      return walk(state.forest, query, into);
    }

    return {
      dimensions,

      initial: () => ({
        count: 0,
        missing: shingle,
        recent: new Float64Array(dimensions),
        random: randomState(seed),
        forest: createCutTrees(dimensions, trees, sample),
      }),

      score(state, point) {
        checkPoint(point, features);
        fill(state, point);
        return scoreOf(state);
      },

      attribute(state, point, into) {
        checkPoint(point, features);
        fill(state, point);
        into.high.fill(0);
        into.low.fill(0);
        return scoreOf(state, into);
      },

      step(state, point) {
        checkPoint(point, features);
        fill(state, point);
        const score = scoreOf(state);
        state.recent.set(query);
        if (state.missing > 0) state.missing -= 1;
        if (state.missing > 0) return 0;
        take(state.forest, query, state.count, state.random);
        state.count += 1;
        return score;
      },
    };
  },
};
