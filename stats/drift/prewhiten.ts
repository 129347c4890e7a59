/**
 * Takes the lag-1 autocorrelation out of a series, so that a detector made for independent values keeps its error level.
 *
 * Of x with persistence φ, y = (x − φ x₋₁) / (1 − φ) has the mean of x whatever φ is taken, independent values when φ is right,
 * and the long-run variance of x as its variance: a step of x is the same step of y. So φ may be learnt on while a detector holds
 * older values. What the detector gets is (y − centre) / unit, with centre and unit fixed by the first `learning` values.
 *
 * A step must not pass for persistence: values count for φ only when `guard` to 2 × `guard` later ones have come without an
 * alarm, each stretch between alarms about its own mean. The least-squares estimate gets back its bias of (1 + 3 φ) / n. Then, for
 * caution, 1 − φ is divided by 1 + 2 v, with its relative variance v = (1 + φ) / (1 − φ) / n: too little persistence makes false
 * alarms, the more the less is known of it, too much only delays. It is renewed when its pairs have doubled, and old pairs fade
 * beyond `memory`.
 *
 * The unit is the standard deviation of y, times its skewness or √(3 κ / 4) of its excess kurtosis κ where one of these is above
 * 1: in it the tails of means are those of values within a range of 1, which the bound of `adwin` is made for. (For rare values
 * that are alike it is their distance from the others.)
 *
 * Assumes one lag: what longer lags leave is not removed. Of a random walk nothing is expected, and φ stops at .999.
 *
 * Source: Kendall 1954 and Marriott & Pope 1954 (bias); Andrews & Monahan 1992 (prewhitening for long-run variance); Boucheron,
 * Lugosi & Massart 2013, section 2.4 (sub-gamma tails, whose scale is a third of the skewness, or √(κ / 12), in standard deviations).
 * Our own: the delayed, cautious estimate.
 */
import { unexpected } from '../../contracts/statistic.ts';

export interface WhiteningParameters {
  /** Values before anything is said, in [32, 65,536]. */
  readonly learning: number;
  /** Values in which a change is expected to be found. */
  readonly guard: number;
  /** Pairs of neighbours behind the persistence, at most. */
  readonly memory: number;
}

export const whiteningDefaults: WhiteningParameters = { learning: 256, guard: 512, memory: 65_536 };

export interface WhiteningState {
  /** Values taken. */
  count: number;
  /** The last of them. */
  last: number;
  /** What the values of this stretch are taken from before they are summed. */
  origin: number;
  /** The first values, until there are enough; then it is empty. */
  first: Float64Array;
  /** Taken for φ, with the caution; 0 while learning. */
  persistence: number;
  /** Of y, in the unit of the input. */
  centre: number;
  /** 0 until the values differ. */
  unit: number;
  /** Pairs at the last renewal. */
  renewedAt: number;
  /** Of earlier stretches: pairs, Σ (x₋₁ − mean)², Σ (x₋₁ − mean) (x − mean), stretches. */
  earlier: Float64Array;
  /** Of this stretch, trusted: pairs, Σ x₋₁, Σ x, Σ x₋₁², Σ x₋₁ x; as the next two. */
  trusted: Float64Array;
  /** The last whole `guard` pairs. */
  waiting: Float64Array;
  /** The pairs since. */
  recent: Float64Array;
}

export interface Whitening {
  initial(): WhiteningState;
  /** Takes a value. @returns the first values when it ends the learning: they may now be whitened, and are not kept */
  take(state: WhiteningState, x: number): Float64Array | undefined;
  /** What a detector gets for `x` after `previous`. */
  whiten(state: WhiteningState, previous: number, x: number): number;
  /** Begins a new stretch: the mean is another. */
  restart(state: WhiteningState): void;
}

const persistenceMin = -0.999;
const persistenceMax = 0.999;
/** Relative variances of 1 − φ by which it is made smaller. */
const caution = 2;

function add(to: Float64Array, from: Float64Array): void {
  for (let i = 0; i < to.length; i += 1) to[i]! += from[i]!;
}

/** Adds the centred sums of a stretch to those of earlier ones. */
function close(earlier: Float64Array, [pairs, left, right, squares, products]: Float64Array): void {
  if (!(pairs! > 2)) return;
  earlier[0]! += pairs!;
  earlier[1]! += Math.max(0, squares! - (left! * left!) / pairs!);
  earlier[2]! += products! - (left! * right!) / pairs!;
  earlier[3]! += 1;
}

/** Persistence of centred sums, with its bias and the caution added. */
function cautious([pairs, squares, products, stretches]: Float64Array): number {
  if (!(squares! > 0)) return 0;
  const slope = products! / squares!;
  const unbiased = slope + ((1 + 3 * slope) * stretches!) / pairs!;
  const within = Math.max(persistenceMin, Math.min(persistenceMax, unbiased));
  const relativeVariance = (1 + within) / (1 - within) / pairs!;
  return Math.min(persistenceMax, 1 - (1 - within) / (1 + caution * relativeVariance));
}

/** @throws RangeError for a parameter outside its range */
export function prewhiten(given: Partial<WhiteningParameters> = {}): Whitening {
  const { learning, guard, memory } = { ...whiteningDefaults, ...given };
  const expectWhole = (name: string, value: number, from: number, to: number) => {
    if (Number.isSafeInteger(value) && value >= from && value <= to) return;
    throw new RangeError(unexpected(name, `an integer in [${from}, ${to}]`, value));
  };
  expectWhole('learning', learning, 32, 65_536);
  expectWhole('guard', guard, 1, 2 ** 31);
  expectWhole('memory', memory, learning, 2 ** 31);

  function renew(state: WhiteningState): void {
    const all = state.earlier.slice();
    close(all, state.trusted);
    state.persistence = cautious(all);
    state.renewedAt = all[0]!;
    if (all[0]! < memory) return;
    for (const sums of [state.earlier, state.trusted]) {
      for (let i = 0; i < sums.length; i += 1) sums[i]! /= 2;
    }
    state.renewedAt /= 2;
  }

  /** Counts the pair of the last value and `x`. */
  function pair(state: WhiteningState, x: number): void {
    const { recent, origin } = state;
    const left = state.last - origin;
    const right = x - origin;
    recent[0]! += 1;
    recent[1]! += left;
    recent[2]! += right;
    recent[3]! += left * left;
    recent[4]! += left * right;
    if (recent[0]! < guard || state.first.length > 0) return;
    add(state.trusted, state.waiting);
    state.waiting = recent;
    state.recent = new Float64Array(5);
    const pairs = state.earlier[0]! + state.trusted[0]!;
    if (pairs >= Math.min(2 * state.renewedAt, memory)) renew(state);
  }

  /** Centre and unit of the first values, whitened. */
  function settle(state: WhiteningState): void {
    const { first } = state;
    add(state.trusted, state.recent);
    state.recent.fill(0);
    renew(state);
    const { persistence } = state;
    // The first value has none before it; it counts as it is, lest one that is alone in being different makes no difference.
    const y = first.map((x, i) =>
      i === 0 ? x : (x - persistence * first[i - 1]!) / (1 - persistence),
    );
    const centre = y.reduce((sum, each) => sum + each, 0) / y.length;
    let squares = 0;
    let cubes = 0;
    let fourths = 0;
    for (const each of y) {
      squares += (each - centre) ** 2;
      cubes += (each - centre) ** 3;
      fourths += (each - centre) ** 4;
    }
    const variance = squares / y.length;
    const skew = variance > 0 ? Math.abs(cubes) / y.length / variance ** 1.5 : 0;
    const excess = variance > 0 ? fourths / y.length / variance ** 2 - 3 : 0;
    state.centre = centre;
    state.unit = Math.sqrt(variance * Math.max(1, skew * skew, 0.75 * excess));
  }

  return {
    initial: () => ({
      count: 0,
      last: 0,
      origin: 0,
      first: new Float64Array(learning),
      persistence: 0,
      centre: 0,
      unit: 0,
      renewedAt: 0,
      earlier: new Float64Array(4),
      trusted: new Float64Array(5),
      waiting: new Float64Array(5),
      recent: new Float64Array(5),
    }),

    take(state, x) {
      if (state.count === 0) state.origin = x;
      else pair(state, x);
      state.last = x;
      state.count += 1;
      const { first } = state;
      if (first.length === 0) return undefined;
      first[state.count - 1] = x;
      if (state.count < learning) return undefined;
      settle(state);
      state.first = new Float64Array(0);
      return first;
    },

    whiten(state, previous, x) {
      const { persistence, centre } = state;
      const deviation = (x - persistence * previous) / (1 - persistence) - centre;
      if (state.unit === 0) state.unit = Math.abs(deviation);
      return state.unit === 0 ? 0 : deviation / state.unit;
    },

    restart(state) {
      close(state.earlier, state.trusted);
      state.trusted.fill(0);
      state.waiting.fill(0);
      state.recent.fill(0);
      state.origin = state.last;
    },
  };
}
