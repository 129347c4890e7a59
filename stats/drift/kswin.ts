/**
 * KSWIN: whether the newest values of a sliding window are distributed as older ones, by the Kolmogorov–Smirnov test.
 *
 * Once the window is full, each value brings a test of the r newest against r of the older ones, drawn without replacement from
 * a seeded generator that is part of the state. Drift where the exact two-sided p-value is at most alpha and D exceeds .1; the
 * window then keeps the r newest. A change of shape is seen, not only one of the mean; values that are equal count together.
 *
 * A test at each value: at the usual alpha of .005 stationary independent values alone make thousands of false alarms per 10⁶.
 *
 * Source: Raab, Heusinger & Schleif 2020, "Reactive soft prototype computing for concept drift streams"; D > .1 as in River, which forgets the r
 * newest after a drift too;
 * exact distribution for equal sizes: Gnedenko & Korolyuk 1951.
 */
import { unexpected } from '../../contracts/statistic.ts';
import { below, type RandomState, randomState } from '../random.ts';
import {
  type DriftDetector,
  type DriftMarks,
  driftMarks,
  raise,
  readingOf,
  steady,
} from './detector.ts';

export interface KswinParameters {
  /** Error level of one test, in (0, 1). */
  readonly alpha: number;
  /** w: values in the window. */
  readonly window: number;
  /** r: values of either sample, at most half the window. */
  readonly recent: number;
  readonly seed: number;
}

export const kswinDefaults: KswinParameters = { alpha: 0.005, window: 100, recent: 30, seed: 1 };

export interface KswinState extends DriftMarks {
  /** The last values in a ring. */
  values: Float64Array;
  /** Of them in the window, and where the next goes. */
  held: number;
  next: number;
  random: RandomState;
}

const distanceMin = 0.1;

/**
 * P(D ≥ steps / size) for two samples of the same size from one continuous distribution.
 *
 * @example
 * kolmogorovTail(13, 30); // ≈ 0.0065484
 */
export function kolmogorovTail(steps: number, size: number): number {
  if (steps <= 0) return 1;
  let tail = 0;
  for (let k = 1; k * steps <= size; k += 1) {
    let term = 2;
    for (let i = 0; i < k * steps; i += 1) term *= (size - i) / (size + 1 + i);
    tail += k % 2 === 1 ? term : -term;
  }
  return tail;
}

/** Least number of steps whose p-value is at most alpha; more than `size` when there is none. */
function criticalSteps(alpha: number, size: number): number {
  let steps = Math.floor(distanceMin * size) + 1;
  while (steps <= size && kolmogorovTail(steps, size) > alpha) steps += 1;
  return steps;
}

/** size × D of two sorted samples of the same size. */
function stepsBetween(a: Float64Array, b: Float64Array): number {
  const size = a.length;
  let i = 0;
  let j = 0;
  let most = 0;
  while (i < size && j < size) {
    const x = Math.min(a[i]!, b[j]!);
    while (i < size && a[i] === x) i += 1;
    while (j < size && b[j] === x) j += 1;
    most = Math.max(most, Math.abs(i - j));
  }
  return most;
}

/**
 * @throws RangeError for a parameter outside its range, and when samples of `recent` values can never reach `alpha`
 *
 * @example
 * const detector = kswin();
 * const state = detector.initial();
 * for (let i = 0; i < 200; i += 1) detector.step(state, i < 150 ? i % 10 : 10 + (i % 10));
 * state.alarms; // 1
 */
export function kswin(given: Partial<KswinParameters> = {}): DriftDetector<KswinState> {
  const { alpha, window, recent, seed } = { ...kswinDefaults, ...given };
  const isWhole = (value: number) => Number.isSafeInteger(value) && value >= 1;
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(unexpected('alpha', 'in (0, 1)', alpha));
  if (!isWhole(window)) throw new RangeError(unexpected('window', 'an integer ≥ 1', window));
  const critical = isWhole(recent) ? criticalSteps(alpha, recent) : Infinity;
  if (!(2 * recent <= window && critical <= recent)) {
    const expected = `an integer of at most ${window / 2}, and enough for a p-value of ${alpha}`;
    throw new RangeError(unexpected('recent', expected, recent));
  }
  const older = window - recent;
  // Overwritten at each test.
  const order = new Int32Array(older);
  const drawn = new Float64Array(recent);
  const newest = new Float64Array(recent);

  function meanOf({ values, next }: KswinState, from: number, to: number): number {
    let sum = 0;
    for (let i = from; i < to; i += 1) sum += values[(next + 2 * window - i) % window]!;
    return sum / (to - from);
  }

  return {
    initial: () => ({
      ...driftMarks(),
      values: new Float64Array(window),
      held: 0,
      next: 0,
      random: randomState(seed),
    }),

    problem: (x) => (Number.isFinite(x) ? undefined : unexpected('value', 'a finite number', x)),

    step(state, x) {
      const { values, random } = state;
      state.count += 1;
      state.level = steady;
      values[state.next] = x;
      state.next = (state.next + 1) % window;
      if (state.held < window) state.held += 1;
      if (state.held < window) return steady;
      const oldest = state.next;
      for (let i = 0; i < older; i += 1) order[i] = i;
      for (let i = 0; i < recent; i += 1) {
        const chosen = i + below(random, older - i);
        drawn[i] = values[(oldest + order[chosen]!) % window]!;
        order[chosen] = order[i]!;
        newest[i] = values[(oldest + older + i) % window]!;
      }
      if (stepsBetween(drawn.sort(), newest.sort()) < critical) return steady;
      raise(state, meanOf(state, recent + 1, window + 1), meanOf(state, 1, recent + 1));
      state.held = recent;
      return state.level;
    },

    read: (state) => readingOf(state, meanOf(state, 1, state.held + 1), state.held), // 0 / 0 is NaN
  };
}
