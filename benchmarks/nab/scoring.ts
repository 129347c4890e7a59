/**
 * The scoring rules of the Numenta Anomaly Benchmark: the earlier in its window an anomaly is found the better, false alarms cost
 * by their distance from the window before, the first rows are probation and count for nothing.
 *
 * Source: Lavin & Ahmad 2015, "Evaluating real-time anomaly detection algorithms: the Numenta Anomaly Benchmark"; of NAB 1.1: the
 * probation of at most 15 % of 5,000 rows, the normalisation between the detector that says nothing and the perfect one.
 */

/** What a profile of the benchmark makes of hits, false alarms and misses. */
export interface Profile {
  readonly hit: number;
  readonly falseAlarm: number;
  readonly miss: number;
}

/** Rows of a series from the first to the last of a labelled anomaly. */
export type Window = readonly [first: number, last: number];

/** A series as it is scored. */
export interface ScoredRows {
  /** Rows without effect at the beginning. */
  readonly probation: number;
  /** Of each row: the window that it lies in, −1 outside. */
  readonly window: Int32Array;
  /** What an alarm at the row is worth, unweighted: in a window up to 1 at its first row, outside down to −1. */
  readonly worth: Float64Array;
  /** Windows that have a row after probation. */
  readonly windows: number;
}

export const probationOf = (rows: number): number => Math.min(Math.floor(0.15 * rows), 750);

/** @param position −1 at the left edge of a window, 0 at its right edge; beyond 3 an alarm has nothing to do with it */
export function scaledSigmoid(position: number): number {
  return position >= 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

/** @param windows ascending, apart */
export function scoreRows(
  rows: number,
  windows: readonly Window[],
  probation = probationOf(rows),
): ScoredRows {
  const window = new Int32Array(rows).fill(-1);
  const worth = new Float64Array(rows).fill(-1);
  for (const [i, [first, last]] of windows.entries()) {
    const width = last - first + 1;
    const next = windows[i + 1]?.[0] ?? rows;
    for (let row = first; row <= last; row += 1) {
      window[row] = i;
      worth[row] = scaledSigmoid(-(last - row + 1) / width) / scaledSigmoid(-1);
    }
    for (let row = last + 1; row < next; row += 1) {
      worth[row] = scaledSigmoid((row - last) / (width - 1));
    }
  }
  const counted = windows.filter(([, last]) => last >= probation).length;
  return { probation, window, worth, windows: counted };
}

/**
 * @param alarms rows, in any order
 * @returns the sum of the best alarm of each window, of misses and of false alarms
 */
export function rawScore(
  { probation, window, worth, windows }: ScoredRows,
  alarms: Iterable<number>,
  profile: Profile,
): number {
  const best = new Map<number, number>();
  let score = 0;
  for (const row of alarms) {
    if (row < probation) continue;
    const at = window[row]!;
    if (at < 0) score += profile.falseAlarm * worth[row]!;
    else best.set(at, Math.max(best.get(at) ?? -Infinity, profile.hit * worth[row]!));
  }
  for (const hit of best.values()) score += hit;
  return score - profile.miss * (windows - best.size);
}

/** 0 for the detector that says nothing, 100 for one that finds each window at its first row and nothing else. */
export function normalizedScore(raw: number, windows: number, { hit, miss }: Profile): number {
  return (100 * (raw + miss * windows)) / ((hit + miss) * windows);
}
