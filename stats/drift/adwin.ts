/**
 * ADWIN2: the mean of a window that grows while nothing changes and loses its old part when its parts disagree.
 *
 * The window is an exponential histogram: rows of at most M buckets of 2^row values each, so that n values take O(log n)
 * memory. At every `clock` values each border between buckets is tried as a cut: with parts of n₀ and n₁ values,
 * 1/m = 1/(n₀ − min + 1) + 1/(n₁ − min + 1), δ' = ln(2 ln W / δ), the window is cut where
 * |μ₀ − μ₁| > √(2 σ² δ' / m) + 2 δ' range / (3 m); the oldest bucket goes, and all cuts are tried again.
 *
 * One change may be cut at several looks, each of which is an alarm: the older part goes as far as it is sure to be another.
 * Its error level is for one look, so an endless stationary stream has endless false alarms; `horizon` makes them rarer the longer
 * nothing has changed, which the theorem of the paper (level δ / W) does more strictly.
 *
 * Source: Bifet & Gavaldà 2007, "Learning from time-changing data with adaptive windowing", section 4; the least length of a
 * part as in MOA. Every border counts, the last one of a row too: River 0.26.1 skips the newest bucket of each row, moves its
 * values to the wrong side of all later cuts, and sees abrupt changes some 32 values later.
 */
import { unexpected } from '../../contracts/statistic.ts';
import {
  type DriftDetector,
  type DriftMarks,
  driftMarks,
  raise,
  readingOf,
  steady,
} from './detector.ts';

export interface AdwinParameters {
  /** Error level of one look at the window, in (0, 1). */
  readonly delta: number;
  /** Values between two looks. */
  readonly clock: number;
  /** Buckets of a size, in [2, 254]. */
  readonly bucketsMax: number;
  /** Least values on either side of a cut. */
  readonly partMin: number;
  /** No look at a window of at most so many values. */
  readonly grace: number;
  /** Longest window that is looked at with `delta`; a longer one with delta √(horizon / W). Infinity: every one, as in the paper. */
  readonly horizon: number;
  /** Largest less least value: what the bound for rare large values is made of. */
  readonly range: number;
}

export const adwinDefaults: AdwinParameters = {
  delta: 0.002,
  clock: 32,
  bucketsMax: 5,
  partMin: 5,
  grace: 10,
  horizon: Infinity,
  range: 1,
};

export interface AdwinState extends DriftMarks {
  /** Values since the last look. */
  sinceLook: number;
  /** First value of all: sums are of differences from it, so that values far from zero keep their digits. */
  origin: number;
  /** Values in the window. */
  width: number;
  /** Sum over the window, and sum of squared deviations from its mean. */
  total: number;
  squares: number;
  /** Rows in use. */
  rows: number;
  /** Buckets in each row. */
  filled: Uint8Array;
  /** Sum of each bucket, rows × (M + 1), the oldest of a row first. */
  totals: Float64Array;
  /** Sum of squared deviations in each bucket, likewise. */
  spreads: Float64Array;
}

/** Rows of a new state: 5 · (2⁸ − 1) values at M = 5. More come as they are needed. */
const rowsMin = 8;

function grow(state: AdwinState): void {
  const twice = <Kind extends Uint8Array | Float64Array>(old: Kind, made: Kind): Kind => {
    made.set(old);
    return made;
  };
  state.filled = twice(state.filled, new Uint8Array(2 * state.filled.length));
  state.totals = twice(state.totals, new Float64Array(2 * state.totals.length));
  state.spreads = twice(state.spreads, new Float64Array(2 * state.spreads.length));
}

/**
 * @throws RangeError for a parameter outside its range
 *
 * @example
 * const detector = adwin();
 * const state = detector.initial();
 * for (let i = 0; i < 2_000; i += 1) detector.step(state, i < 1_000 ? 0 : 1);
 * state.alarms; // 3: at 1024, 1056 and 1088
 */
export function adwin(given: Partial<AdwinParameters> = {}): DriftDetector<AdwinState> {
  const { delta, clock, bucketsMax, partMin, grace, horizon, range } = {
    ...adwinDefaults,
    ...given,
  };
  const expect = (name: string, holds: boolean, expected: string, got: number) => {
    if (!holds) throw new RangeError(unexpected(name, expected, got));
  };
  const isWhole = (value: number, from: number) => Number.isSafeInteger(value) && value >= from;
  expect('delta', delta > 0 && delta < 1, 'in (0, 1)', delta);
  expect('clock', isWhole(clock, 1), 'an integer ≥ 1', clock);
  const mayHave = isWhole(bucketsMax, 2) && bucketsMax <= 254;
  expect('bucketsMax', mayHave, 'an integer in [2, 254]', bucketsMax);
  expect('partMin', isWhole(partMin, 1), 'an integer ≥ 1', partMin);
  expect('grace', isWhole(grace, 0), 'an integer ≥ 0', grace);
  expect('horizon', horizon > 0, 'above 0', horizon);
  expect('range', range > 0 && range < Infinity, 'above 0', range);
  const stride = bucketsMax + 1;

  function insert(state: AdwinState, x: number): void {
    const { width, total } = state;
    state.totals[state.filled[0]!] = x;
    state.spreads[state.filled[0]!] = 0;
    state.filled[0]! += 1;
    if (width > 0) {
      const deviation = x - total / width;
      state.squares += (deviation * deviation * width) / (width + 1);
    }
    state.width = width + 1;
    state.total = total + x;
    for (let row = 0, size = 1; state.filled[row]! > bucketsMax; row += 1, size *= 2) {
      if (row + 1 >= state.filled.length) grow(state);
      mergeOldest(state, row, size);
    }
  }

  /** The two oldest buckets of a row become the newest of the next. */
  function mergeOldest(state: AdwinState, row: number, size: number): void {
    const { filled, totals, spreads } = state;
    const from = row * stride;
    const to = from + stride + filled[row + 1]!;
    const apart = totals[from]! - totals[from + 1]!;
    totals[to] = totals[from]! + totals[from + 1]!;
    spreads[to] = spreads[from]! + spreads[from + 1]! + (apart * apart) / (2 * size);
    for (let i = from; i < from + bucketsMax - 1; i += 1) {
      totals[i] = totals[i + 2]!;
      spreads[i] = spreads[i + 2]!;
    }
    filled[row]! -= 2;
    filled[row + 1]! += 1;
    if (row + 2 > state.rows) state.rows = row + 2;
  }

  function dropOldest(state: AdwinState): void {
    const { filled, totals, spreads } = state;
    const row = state.rows - 1;
    const size = 2 ** row;
    const from = row * stride;
    const total = totals[from]!;
    const width = state.width - size;
    const apart = total / size - (state.total - total) / width;
    const squares = state.squares - spreads[from]! - (apart * apart * size * width) / state.width;
    state.squares = Math.max(0, squares); // rounding may leave less than nothing
    state.total -= total;
    state.width = width;
    filled[row]! -= 1;
    for (let i = from; i < from + filled[row]!; i += 1) {
      totals[i] = totals[i + 1]!;
      spreads[i] = spreads[i + 1]!;
    }
    while (state.rows > 1 && filled[state.rows - 1] === 0) state.rows -= 1;
  }

  /** Whether the means on both sides of some border of buckets differ by more than chance. */
  function disagrees({ width, total, squares, rows, filled, totals }: AdwinState): boolean {
    const level = delta * Math.min(1, Math.sqrt(horizon / width));
    const deviations = Math.log((2 * Math.log(width)) / level);
    const gaussian = (2 * squares * deviations) / width;
    const rare = (2 / 3) * range * deviations;
    let older = 0;
    let sum = 0;
    for (let row = rows - 1, size = 2 ** row; row >= 0; row -= 1, size /= 2) {
      const end = row * stride + filled[row]!;
      for (let i = row * stride; i < end; i += 1) {
        older += size;
        sum += totals[i]!;
        const newer = width - older;
        if (newer < partMin) return false;
        if (older < partMin) continue;
        const apart = Math.abs(sum / older - (total - sum) / newer);
        const share = 1 / (older - partMin + 1) + 1 / (newer - partMin + 1);
        const beyond = apart - rare * share;
        if (beyond > 0 && beyond * beyond > gaussian * share) return true;
      }
    }
    return false;
  }

  /** Drops what disagrees with the rest. */
  function look(state: AdwinState) {
    if (state.width <= grace || !disagrees(state)) return steady;
    const { width, total, origin } = state;
    do dropOldest(state);
    while (state.width > grace && disagrees(state));
    const before = (total - state.total) / (width - state.width);
    return raise(state, origin + before, origin + state.total / state.width);
  }

  return {
    initial: () => ({
      ...driftMarks(),
      sinceLook: 0,
      origin: 0,
      width: 0,
      total: 0,
      squares: 0,
      rows: 1,
      filled: new Uint8Array(rowsMin),
      totals: new Float64Array(rowsMin * stride),
      spreads: new Float64Array(rowsMin * stride),
    }),

    problem: (x) => (Number.isFinite(x) ? undefined : unexpected('value', 'a finite number', x)),

    step(state, x) {
      if (state.count === 0) state.origin = x;
      state.count += 1;
      state.level = steady;
      insert(state, x - state.origin);
      state.sinceLook += 1;
      if (state.sinceLook < clock) return steady;
      state.sinceLook = 0;
      return look(state);
    },

    read: (state) => readingOf(state, state.origin + state.total / state.width, state.width), // 0 / 0 is NaN
  };
}
