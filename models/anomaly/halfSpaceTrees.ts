/**
 * Half-space trees: a point is strange where the window before it had few points.
 *
 * Every tree halves the unit cube by random cuts, the same ones for the same parameters, whatever the data; a state is nothing
 * but the masses of the nodes, so masses of one window, counted apart, add.
 *
 * Source: Tan, Ting & Liu 2011, "Fast anomaly detection for streaming data", IJCAI (two windows, mass × 2^depth at the first
 * node of little mass). Cuts uniform but for a padding at both sides of the node, instead of the paper's halves of a random work
 * range. Our own: the score as 1 / (1 + density), monotone in the paper's.
 */
import { type RandomState, randomState, uniform } from '../../stats/random.ts';
import type { Spec } from '../spec.ts';
import { checkPoint } from './checkPoint.ts';

export type HalfSpaceTreesParameters = {
  readonly features: number;
  readonly trees: number;
  readonly depth: number;
  readonly window: number;
  readonly padding: number;
  readonly seed: number;
};

export interface HalfSpaceTreesState {
  /** Bounds of the features; values beyond count as the bound. Learnt ones are the extremes of all complete windows. */
  lower: Float64Array;
  upper: Float64Array;
  /** Points of the window that runs, row-major, and their number, while bounds are learnt; empty when they are given. */
  points: Float64Array;
  pointCount: number;
  /** Masses of the window that runs and of the one before: trees × nodes, children of n at 2n + 1 and 2n + 2. */
  latest: Uint32Array;
  reference: Uint32Array;
}

export interface HalfSpaceTrees {
  /**
   * @param lower smallest expected value of each feature; without bounds each window widens them when it ends, and is then
   * counted by the new ones
   * @throws RangeError when bounds are not finite, not as many as the features, or lower is not below upper
   */
  initial(lower?: ArrayLike<number>, upper?: ArrayLike<number>): HalfSpaceTreesState;
  /**
   * @returns in [0, 1]: ½ where the density of the last window is that of a uniform one, near 1 where there was nothing; 0 before
   * the first window is complete
   * @throws RangeError when the point has a value that is not finite or not as many as the features
   */
  score(state: HalfSpaceTreesState, point: ArrayLike<number>): number;
  /** Takes the point; returns its score as it was before. One walk for both. @throws RangeError as `score` */
  step(state: HalfSpaceTreesState, point: ArrayLike<number>): number;
  /**
   * Adds the masses of `other`: windows counted apart become one.
   *
   * @throws RangeError when the bounds are learnt, or differ
   */
  merge(state: HalfSpaceTreesState, other: HalfSpaceTreesState): void;
}

export const halfSpaceTrees: Spec<HalfSpaceTreesParameters, HalfSpaceTrees> = {
  name: 'half-space-trees',
  summary: 'Scores a vector by how few of the last window were near it.',
  source: 'Tan, Ting & Liu 2011',
  parameters: {
    features: { default: 1, range: [1, 10_000], unit: '', summary: 'values a point', whole: true },
    trees: { default: 25, range: [1, 1_000], unit: '', summary: 'trees', whole: true },
    depth: { default: 15, range: [1, 20], unit: '', summary: 'cuts on each path', whole: true },
    window: { default: 250, range: [2, 1e6], unit: 'points', summary: 'window', whole: true },
    padding: {
      default: 0.15,
      range: [0, 0.49],
      unit: '',
      summary: 'part of a node, at both sides, where no cut falls',
    },
    seed: { default: 1, range: [0, 2 ** 31], unit: '', summary: 'of the cuts', whole: true },
  },
  create({ features, trees, depth, window, padding, seed }) {
    const inner = 2 ** depth - 1;
    const nodes = 2 * inner + 1;
    const cutFeature = new Uint16Array(trees * inner);
    const cutValue = new Float32Array(trees * inner);
    const random = randomState(seed);
    for (let tree = 0; tree < trees; tree += 1) {
      const box = { lower: new Float64Array(features), upper: new Float64Array(features).fill(1) };
      cutBox(random, box, padding, 0, tree * inner, inner, cutFeature, cutValue);
    }
    const scaled = new Float64Array(features);

    function scale({ lower, upper }: HalfSpaceTreesState, point: ArrayLike<number>, at = 0): void {
      for (let i = 0; i < features; i += 1) {
        const low = lower[i]!;
        const high = upper[i]!;
        const x = point[at + i]!;
        // The first case is also that of a feature that never varied: below, at, above.
        if (x < low) scaled[i] = 0;
        else if (x > high) scaled[i] = 1;
        else scaled[i] = high > low ? (x - low) / (high - low) : 0.5;
      }
    }

    /** Mass × 2^depth at the end of all walks, of `scaled`; counts it into `latest` when there is one. */
    function walk(reference: Uint32Array, latest: Uint32Array | undefined): number {
      const little = 0.1 * reference[0]!;
      let sum = 0;
      for (let tree = 0; tree < trees; tree += 1) {
        const cuts = tree * inner;
        const masses = tree * nodes;
        let node = 0;
        let weight = 1;
        let isOpen = true;
        for (let level = 0; level < depth; level += 1) {
          if (isOpen) {
            const mass = reference[masses + node]!;
            if (mass < little) {
              sum += mass * weight;
              isOpen = false;
              if (latest === undefined) break;
            }
            weight *= 2;
          }
          if (latest !== undefined) latest[masses + node]! += 1;
          const cut = cuts + node;
          node = 2 * node + (scaled[cutFeature[cut]!]! < cutValue[cut]! ? 1 : 2);
        }
        if (isOpen) sum += reference[masses + node]! * weight;
        if (latest !== undefined) latest[masses + node]! += 1;
      }
      return sum;
    }

    const scoreOf = (sum: number, reference: Uint32Array): number =>
      reference[0] === 0 ? 0 : 1 / (1 + sum / (trees * reference[0]!));

    function endWindow(state: HalfSpaceTreesState): void {
      const { latest, reference } = state;
      state.reference = latest;
      state.latest = reference.fill(0);
    }

    /** Widens the bounds to what the window holds. @returns whether they were narrower */
    function widen({ lower, upper, points, reference }: HalfSpaceTreesState): boolean {
      let isWider = false;
      if (reference[0] === 0) {
        lower.fill(Infinity);
        upper.fill(-Infinity);
      }
      for (let at = 0; at < points.length; at += 1) {
        const i = at % features;
        const x = points[at]!;
        if (x >= lower[i]! && x <= upper[i]!) continue;
        lower[i] = Math.min(lower[i]!, x);
        upper[i] = Math.max(upper[i]!, x);
        isWider = true;
      }
      return isWider;
    }

    /** The window is complete; where it widens the bounds it is counted again, so that all masses are by the same ones. */
    function learnBounds(state: HalfSpaceTreesState): void {
      state.pointCount = 0;
      if (widen(state)) {
        state.latest.fill(0);
        for (let at = 0; at < state.points.length; at += features) {
          scale(state, state.points, at);
          walk(state.reference, state.latest);
        }
      }
      endWindow(state);
    }

    return {
      initial(lower, upper) {
        const isGiven = lower !== undefined && upper !== undefined;
        if (isGiven) checkBounds(features, lower, upper);
        return {
          lower: isGiven ? Float64Array.from(lower) : new Float64Array(features),
          upper: isGiven ? Float64Array.from(upper) : new Float64Array(features),
          points: new Float64Array(isGiven ? 0 : window * features),
          pointCount: 0,
          latest: new Uint32Array(trees * nodes),
          reference: new Uint32Array(trees * nodes),
        };
      },

      score(state, point) {
        checkPoint(point, features);
        if (state.reference[0] === 0) return 0;
        scale(state, point);
        return scoreOf(walk(state.reference, undefined), state.reference);
      },

      step(state, point) {
        checkPoint(point, features);
        scale(state, point);
        const score = scoreOf(walk(state.reference, state.latest), state.reference);
        if (state.points.length > 0) {
          state.points.set(point, state.pointCount * features);
          state.pointCount += 1;
          if (state.pointCount === window) learnBounds(state);
        } else if (state.latest[0]! >= window) endWindow(state);
        return score;
      },

      merge(state, other) {
        if (state.points.length + other.points.length > 0) {
          throw new RangeError(
            'bounds: expected given ones, got learnt ones: they differ by state',
          );
        }
        expectSame('lower', state.lower, other.lower);
        expectSame('upper', state.upper, other.upper);
        for (let i = 0; i < state.latest.length; i += 1) {
          state.latest[i]! += other.latest[i]!;
          state.reference[i]! += other.reference[i]!;
        }
        if (state.latest[0]! >= window) endWindow(state);
      },
    };
  },
};

/** Cuts the node and all below it; leaves the box as it was. */
function cutBox(
  random: RandomState,
  box: { readonly lower: Float64Array; readonly upper: Float64Array },
  padding: number,
  node: number,
  offset: number,
  inner: number,
  cutFeature: Uint16Array,
  cutValue: Float32Array,
): void {
  if (node >= inner) return;
  const feature = Math.floor(uniform(random) * box.lower.length);
  const low = box.lower[feature]!;
  const high = box.upper[feature]!;
  const cut = low + (high - low) * (padding + (1 - 2 * padding) * uniform(random));
  cutFeature[offset + node] = feature;
  cutValue[offset + node] = cut;
  box.upper[feature] = cut;
  cutBox(random, box, padding, 2 * node + 1, offset, inner, cutFeature, cutValue);
  box.upper[feature] = high;
  box.lower[feature] = cut;
  cutBox(random, box, padding, 2 * node + 2, offset, inner, cutFeature, cutValue);
  box.lower[feature] = low;
}

function checkBounds(count: number, lower: ArrayLike<number>, upper: ArrayLike<number>): void {
  checkPoint(lower, count, 'lower');
  checkPoint(upper, count, 'upper');
  for (let i = 0; i < count; i += 1) {
    if (lower[i]! < upper[i]!) continue;
    throw new RangeError(`upper: expected above ${lower[i]}, got ${upper[i]}`);
  }
}

function expectSame(name: string, mine: Float64Array, others: Float64Array): void {
  const at = mine.findIndex((value, i) => value !== others[i]);
  if (at < 0 && mine.length === others.length) return;
  throw new RangeError(`${name}: expected the same in both states, got ${mine[at]}, ${others[at]}`);
}
