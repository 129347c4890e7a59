/**
 * How unlike those of a crowd a vector is: by how rare each of its values is there, and by how rare it is that they are so rare.
 *
 * One state for the whole crowd: a sample of its vectors. A feature's surprise is −ln of the probability that one of the crowd goes
 * as far; beyond the sample by `predictiveTail`. The score is the sum of the surprises, so each feature's share of it explains it.
 * Surprises of features that go together (many answers, short gaps) are rare together: the score is therefore judged by the scores
 * of the sample itself, again with a predictive tail. That is what keeps the probability honest, whatever depends on what.
 *
 * Features are on a scale of logarithms: tails that are power laws, or lighter, keep the level; and the sample is of independent
 * vectors only as far as keys are not alike for ever. A random cut forest says as much of vectors unlike any other, at 12 µs a
 * vector and without a probability; here it is 0.3 µs.
 *
 * Source: Fisher 1932 (sum of −ln p), calibrated by the sample instead of by independence; Vitter 1985 (reservoir), with a fixed
 * probability of replacement, so that old vectors fade; tails as in `predictiveTail`.
 */
import {
  lnExceedance,
  type PredictiveTail,
  predictiveTail,
} from '../../stats/extremes/predictiveTail.ts';
import { below, type RandomState, randomState, uniform } from '../../stats/random.ts';

/** Which values of a feature are strange. */
export type Side = 'upper' | 'lower' | 'either';

export interface CrowdOptions {
  /** Of each feature. */
  readonly sides: readonly Side[];
  /** Vectors of the sample, ≥ 256. */
  readonly sampleMax: number;
  readonly seed: number;
}

export interface CrowdState {
  random: RandomState;
  /** Vectors held, row-major; only the first `held` count. */
  sample: Float64Array;
  held: number;
  /** Taken since the last fit. */
  sinceFit: number;
  /** Of the fit: features × `fitted`, each ascending; and the tails, features × (lower, upper) and that of scores. */
  sorted: Float64Array;
  fitted: number;
  tails: PredictiveTail[];
}

export interface CrowdJudgement {
  /** Sum of the surprises, nats ≥ 0; 0 while little is known. */
  score: number;
  /** Probability of such a score, or a larger one, of one of the crowd; 1 for what is not among the rarest twentieth. */
  pValue: number;
  /** Of each feature, nats ≥ 0. */
  readonly surprises: Float64Array;
}

/** Part of the sample that makes a tail. */
const tailShare = 0.05;
/** Vectors before which nothing is said. */
export const heldMin = 256;

export function crowdModel({ sides, sampleMax, seed }: CrowdOptions) {
  const features = sides.length;
  if (!(Number.isSafeInteger(sampleMax) && sampleMax >= heldMin)) {
    throw new RangeError(`sampleMax: expected an integer ≥ ${heldMin}, got ${sampleMax}`);
  }

  /** −ln of the share that is as far, or farther, upwards; downwards all is mirrored. */
  function oneSided(state: CrowdState, feature: number, x: number, isUpper: boolean, own: boolean) {
    const { sorted, fitted, tails } = state;
    const tail = tails[2 * feature + (isUpper ? 1 : 0)]!;
    const signed = isUpper ? x : -x;
    if (signed > tail.threshold) return -lnExceedance(tail, signed, own);
    const from = feature * fitted;
    // Absent values stand behind the others.
    const known = tail.count;
    const asFar = isUpper
      ? known - countBelow(sorted, from, known, x, false)
      : countBelow(sorted, from, known, x, true);
    return own ? -Math.log(asFar / known) : -Math.log((asFar + 1) / (known + 1));
  }

  function surprise(state: CrowdState, feature: number, x: number, own: boolean): number {
    const side = sides[feature]!;
    const upper = side === 'lower' ? 0 : oneSided(state, feature, x, true, own);
    const lower = side === 'upper' ? 0 : oneSided(state, feature, x, false, own);
    // Two chances to be strange.
    return side === 'either' ? Math.max(0, Math.max(upper, lower) - Math.LN2) : upper + lower;
  }

  /** Sums what the vector's values surprise; −0 becomes 0. */
  function scoreOf(
    state: CrowdState,
    vector: ArrayLike<number>,
    from: number,
    own: boolean,
    into?: Float64Array,
  ): number {
    let score = 0;
    for (let feature = 0; feature < features; feature += 1) {
      const x = vector[from + feature]!;
      // An absent value says nothing.
      const found = Number.isNaN(x) ? 0 : Math.max(0, surprise(state, feature, x, own));
      if (into !== undefined) into[feature] = found;
      score += found;
    }
    return score;
  }

  function fit(state: CrowdState): void {
    const { sample, held } = state;
    state.sorted = new Float64Array(features * held);
    state.fitted = held;
    state.tails = [];
    for (let feature = 0; feature < features; feature += 1) {
      const values = state.sorted.subarray(feature * held, (feature + 1) * held);
      for (let i = 0; i < held; i += 1) values[i] = sample[i * features + feature]!;
      values.sort(); // absent ones last
      const known = values.subarray(0, countKnown(values));
      state.tails.push(predictiveTail(known.map((x) => -x).reverse(), tailShare));
      state.tails.push(predictiveTail(known, tailShare));
    }
    const scores = Float64Array.from({ length: held }, (_, i) =>
      scoreOf(state, sample, i * features, true),
    );
    state.tails.push(predictiveTail(scores.sort(), tailShare));
    state.sinceFit = 0;
  }

  return {
    initial: (): CrowdState => ({
      random: randomState(seed),
      sample: new Float64Array(features * sampleMax),
      held: 0,
      sinceFit: 0,
      sorted: new Float64Array(0),
      fitted: 0,
      tails: [],
    }),

    /** For `judge`: overwritten by each call. */
    judgement: (): CrowdJudgement => ({
      score: 0,
      pValue: 1,
      surprises: new Float64Array(features),
    }),

    /** @param vector value of each feature, finite; NaN: absent */
    judge(state: CrowdState, vector: ArrayLike<number>, into: CrowdJudgement): void {
      into.score = 0;
      into.pValue = 1;
      into.surprises.fill(0);
      if (state.fitted === 0) return;
      into.score = scoreOf(state, vector, 0, false, into.surprises);
      const tail = state.tails[2 * features]!;
      if (into.score > tail.threshold) into.pValue = Math.exp(lnExceedance(tail, into.score));
    },

    /**
     * Takes a vector into the sample.
     *
     * @param share probability with which it replaces another once the sample is full: its length by the vectors that it is to
     *   remember
     */
    learn(state: CrowdState, vector: ArrayLike<number>, share: number): void {
      if (state.held === sampleMax && uniform(state.random) >= share) return;
      const at = state.held < sampleMax ? state.held : below(state.random, sampleMax);
      for (let i = 0; i < features; i += 1) state.sample[at * features + i] = vector[i]!;
      if (state.held < sampleMax) state.held += 1;
      state.sinceFit += 1;
      // While the sample grows by half of it, later by a quarter.
      const due = state.held < sampleMax ? state.fitted / 2 : sampleMax / 4;
      if (state.held >= heldMin && state.sinceFit >= due) fit(state);
    },

    /** Median of a feature; NaN while nothing is known. */
    median({ sorted, fitted }: CrowdState, feature: number): number {
      const known = countKnown(sorted.subarray(feature * fitted, (feature + 1) * fitted));
      if (known === 0) return NaN;
      const from = feature * fitted;
      return (sorted[from + ((known - 1) >> 1)]! + sorted[from + (known >> 1)]!) / 2;
    },
  };
}

export type CrowdModel = ReturnType<typeof crowdModel>;

/** How many of an ascending stretch are below `x`, or, `orAt`, at it or below; NaNs stand last and are above. */
function countBelow(
  sorted: Float64Array,
  from: number,
  count: number,
  x: number,
  orAt: boolean,
): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[from + middle]!;
    if (value < x || (orAt && value === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of a stretch whose NaNs stand last are numbers. */
function countKnown(values: Float64Array): number {
  return countBelow(values, 0, values.length, Infinity, true);
}
