/**
 * How often values came: exactly for as many of them as are kept, and for the most frequent one of all a bound.
 *
 * Kept are the values with the smallest hashes: with few different values all of them, with many a fair sample of them. Whoever is
 * among the smallest in the end was so from the first time on, so its count is complete, and the state is a function of the values
 * alone, in whatever order and parts they came. Beside them, sums by hashed cell bound the count of any value from above: no cell of a row
 * holds less than the most frequent value.
 *
 * Source: Cohen & Kaplan 2007 (bottom-k samples); Cormode & Muthukrishnan 2005 (count-min).
 */
import type { TextHash } from './textHash.ts';

/** Rows and cells in each: the bound is within 3 % of all counts with probability 1 − e⁻⁴. */
const rows = 4;
const cellsOfRow = 96;

export interface FrequencySketchState {
  /** Of the kept values, ascending by hash: low halves, high halves, texts, counts. */
  low: number[];
  high: number[];
  names: string[];
  counts: number[];
  /** Whether a value was left out. */
  isPartial: boolean;
  /** Rows × cells. */
  cells: Float64Array;
}

export interface Frequencies {
  /** Count of the most frequent kept value, 0 without any. */
  readonly top: number;
  /** No value came more often. */
  readonly topMost: number;
}

/** @param valuesMax values that are kept */
export function frequencySketch(valuesMax: number) {
  function placeOf({ low, high }: FrequencySketchState, hash: TextHash): number {
    let from = 0;
    let to = low.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      const before =
        low[middle]! < hash.low || (low[middle] === hash.low && high[middle]! < hash.high);
      if (before) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  function keep(state: FrequencySketchState, name: string, hash: TextHash, count: number): void {
    const at = placeOf(state, hash);
    if (state.low[at] === hash.low && state.high[at] === hash.high) {
      state.counts[at]! += count;
      return;
    }
    if (at >= valuesMax) {
      state.isPartial = true;
      return;
    }
    state.low.splice(at, 0, hash.low);
    state.high.splice(at, 0, hash.high);
    state.names.splice(at, 0, name);
    state.counts.splice(at, 0, count);
    if (state.low.length <= valuesMax) return;
    state.isPartial = true;
    for (const column of [state.low, state.high, state.names, state.counts]) column.pop();
  }

  return {
    initial: (): FrequencySketchState => ({
      ...{ low: [], high: [], names: [], counts: [], isPartial: false },
      cells: new Float64Array(rows * cellsOfRow),
    }),

    /** @param count times that it came, > 0 */
    step(state: FrequencySketchState, name: string, hash: TextHash, count: number): void {
      keep(state, name, hash, count);
      for (let row = 0; row < rows; row += 1) {
        // Two halves make as many hashes as are needed (Kirsch & Mitzenmacher 2008).
        const cell = (hash.low + row * hash.high) % cellsOfRow;
        state.cells[row * cellsOfRow + cell]! += count;
      }
    },

    merge(state: FrequencySketchState, other: FrequencySketchState): void {
      other.names.forEach((name, i) => {
        keep(state, name, { low: other.low[i]!, high: other.high[i]! }, other.counts[i]!);
      });
      if (other.isPartial) state.isPartial = true;
      for (let i = 0; i < state.cells.length; i += 1) state.cells[i]! += other.cells[i]!;
    },

    read({ counts, isPartial, cells }: FrequencySketchState): Frequencies {
      const top = counts.reduce((most, count) => Math.max(most, count), 0);
      if (!isPartial) return { top, topMost: top };
      let topMost = Infinity;
      for (let row = 0; row < rows; row += 1) {
        const own = cells.subarray(row * cellsOfRow, (row + 1) * cellsOfRow);
        topMost = Math.min(
          topMost,
          own.reduce((most, count) => Math.max(most, count), 0),
        );
      }
      return { top, topMost };
    },
  };
}
