/**
 * Takes the lag-1 autocorrelation out of a series, so that a detector made for independent values keeps its error level.
 *
 * Of x with persistence φ, y = (x − φ x₋₁) / (1 − φ) has the mean of x whatever φ is taken, independent values when φ is right,
 * and the long-run variance of x as its variance: a step of x is the same step of y. So φ may be learnt on while a detector holds
 * older values. What the detector gets is (y − centre) / unit, with centre and unit fixed by the first `learning` values.
 *
 * A step must not pass for persistence: values count only when `guard` later ones have come, or when an alarm says which came before; each
 * stretch between alarms has its own mean. The least-squares estimate of φ gets back its bias of (1 + 3 φ) / n. Then, for caution, 1 − φ is divided
 * by 1 + 2 v, with its relative variance v = (1 + φ) / (1 − φ) / n: too little persistence makes false alarms, the more the less is
 * known of it, too much only delays. It is renewed with each quarter more of pairs, and old ones fade beyond `memory`.
 *
 * Where one lag is not all, such as with noise on top of a slow series, means of blocks of a quarter of `guard` show a larger
 * long-run variance, by the median of their squared differences, in which a few steps do not count. When it is surely larger (two
 * standard errors), φ is raised until y has that variance.
 *
 * The unit is the standard deviation of y, times its skewness or √(3 κ / 4) of its excess kurtosis κ where one of these is above
 * 1: in it the tails of means are those of values within a range of 1, which the bound of `adwin` is made for. (For rare values
 * that are alike it is their distance from the others.)
 *
 * Blind to dependence that reaches beyond a block, such as seasons: take these out before. Of a random walk nothing is expected, and
 * φ stops at .999.
 *
 * Source: Kendall 1954 and Marriott & Pope 1954 (bias); Andrews & Monahan 1992 (prewhitening for long-run variance); Boucheron,
 * Lugosi & Massart 2013, section 2.4 (sub-gamma tails, whose scale is a third of the skewness, or √(κ / 12), in standard deviations).
 * Our own: the delayed, cautious estimate.
 */
import { unexpected } from '../../contracts/statistic.ts';
import { medianOfSorted } from '../median.ts';

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
  /** Of this stretch, trusted: pairs, Σ x₋₁, Σ x, Σ x₋₁², Σ x₋₁ x. */
  trusted: Float64Array;
  /** The same of each of the last whole blocks, the oldest first. */
  waiting: Float64Array;
  /** The same of the pairs since. */
  recent: Float64Array;
  /** Whole blocks so far, and the mean of the last. */
  blocks: number;
  blockMean: number;
  /** Half the squared differences of neighbouring blocks' means, times their length, in a ring. */
  changes: Float64Array;
}

export interface Whitening {
  initial(): WhiteningState;
  /** Takes a value. @returns the first values when it ends the learning: they may now be whitened, and are not kept */
  take(state: WhiteningState, x: number): Float64Array | undefined;
  /** What a detector gets for `x` after `previous`. */
  whiten(state: WhiteningState, previous: number, x: number): number;
  /** The mean is another: begins a new stretch. The last whole block before may belong to it and is forgotten. */
  restart(state: WhiteningState): void;
}

const persistenceMax = 0.999;
/** Relative variances of 1 − φ by which it is made smaller. */
const caution = 2;
/** Blocks in which the guarded values wait, and sums of each. */
const blocks = 4;
const sums = 5;
/** Changes between blocks that are kept, and how many are needed. */
const changesMax = 256;
const changesMin = 8;
/** Median of chi-square with one degree of freedom, and the standard error of a sample's, over it, times √n. */
const medianOfSquare = 0.4549364;
const medianError = 2.336;

function within(persistence: number): number {
  return Math.max(-persistenceMax, Math.min(persistenceMax, persistence));
}

function add(to: Float64Array, from: Float64Array): void {
  for (let i = 0; i < to.length; i += 1) to[i]! += from[i]!;
}

/** Adds the centred sums of a stretch to those of earlier ones. */
function close(earlier: Float64Array, stretch: Float64Array): void {
  const [pairs, left, right, squares, products] = stretch;
  if (!(pairs! > 2)) return;
  earlier[0]! += pairs!;
  earlier[1]! += Math.max(0, squares! - (left! * left!) / pairs!);
  earlier[2]! += products! - (left! * right!) / pairs!;
  earlier[3]! += 1;
}

/** Persistence of one lag, with its bias and the caution added. */
function persistenceByLag(slope: number, pairs: number, stretches: number): number {
  const unbiased = within(slope + ((1 + 3 * slope) * stretches) / pairs);
  const relativeVariance = (1 + unbiased) / (1 - unbiased) / pairs;
  return within(1 - (1 - unbiased) / (1 + caution * relativeVariance));
}

/** Long-run variance that blocks surely show: two standard errors below its estimate; 0 while there are few. */
function surelyLongRun({ blocks, changes }: WhiteningState): number {
  const count = Math.min(blocks - 1, changesMax);
  if (count < changesMin) return 0;
  const sorted = changes.slice(0, count).sort();
  return medianOfSorted(sorted) / medianOfSquare / (1 + (2 * medianError) / Math.sqrt(count));
}

/**
 * The persistence with which whitened values have the long-run variance as their variance.
 *
 * By one lag the long-run variance is (1 + φ) / (1 − φ) variances. Where blocks show T and that is more, 1 − φ = r solves
 * (T − 1) r² + 2 c r − 2 c = 0 with c = 1 − slope.
 */
function persistenceOf([pairs, squares, products, stretches]: Float64Array, longRun: number) {
  if (!(squares! > 0)) return 0;
  const slope = within(products! / squares!);
  const byLag = persistenceByLag(slope, pairs!, stretches!);
  const ratio = (longRun * pairs!) / squares!;
  if (ratio <= (1 + byLag) / (1 - byLag)) return byLag;
  const c = 1 - slope;
  return within(1 - (2 * c) / (c + Math.sqrt(c * c + 2 * c * (ratio - 1))));
}

/** @throws RangeError for a parameter outside its range */
export function prewhiten(given: Partial<WhiteningParameters> = {}): Whitening {
  const { learning, guard, memory } = { ...whiteningDefaults, ...given };
  const expectWhole = (name: string, value: number, from: number, to: number) => {
    if (Number.isSafeInteger(value) && value >= from && value <= to) return;
    throw new RangeError(unexpected(name, `an integer in [${from}, ${to}]`, value));
  };
  expectWhole('learning', learning, 32, 65_536);
  expectWhole('guard', guard, 4 * blocks, 2 ** 31);
  expectWhole('memory', memory, learning, 2 ** 31);
  const block = Math.ceil(guard / blocks);

  function renew(state: WhiteningState): void {
    const all = state.earlier.slice();
    close(all, state.trusted);
    state.persistence = persistenceOf(all, surelyLongRun(state));
    state.renewedAt = all[0]!;
    if (all[0]! < memory) return;
    for (const held of [state.earlier, state.trusted]) {
      for (let i = 0; i < held.length; i += 1) held[i]! /= 2;
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
    if (recent[0]! < block || state.first.length > 0) return;
    const mean = recent[2]! / block + origin;
    const change = mean - state.blockMean;
    if (state.blocks > 0) {
      state.changes[(state.blocks - 1) % changesMax] = (block * change * change) / 2;
    }
    state.blocks += 1;
    state.blockMean = mean;
    // The oldest of the waiting blocks has become old enough; it is empty at first.
    add(state.trusted, state.waiting.subarray(0, sums));
    state.waiting.copyWithin(0, sums);
    state.waiting.set(recent, (blocks - 1) * sums);
    recent.fill(0);
    const pairs = state.earlier[0]! + state.trusted[0]!;
    if (pairs >= Math.min(1.25 * state.renewedAt, memory)) renew(state);
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
      earlier: new Float64Array(6),
      trusted: new Float64Array(sums),
      waiting: new Float64Array(blocks * sums),
      recent: new Float64Array(sums),
      blocks: 0,
      blockMean: 0,
      changes: new Float64Array(changesMax),
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
      for (let i = 0; i < blocks - 1; i += 1) {
        add(state.trusted, state.waiting.subarray(i * sums, (i + 1) * sums));
      }
      close(state.earlier, state.trusted);
      state.trusted.fill(0);
      state.waiting.fill(0);
      state.recent.fill(0);
      state.origin = state.last;
    },
  };
}
