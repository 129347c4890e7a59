/** What monitors have kept of one version of a model, merged over partitions. */
import type { BegunStatistic, Statistic } from '../../contracts/statistic.ts';
import { readPlain } from '../../operators/state/plainData.ts';
import type { EstimatedPerformanceState } from '../../stats/monitoring/estimatedPerformance.ts';
import type { PrequentialState } from '../../stats/prequential.ts';
import { estimatedPerformance } from '../../stats/streaming/estimatedPerformance.ts';
import { predictionQuality } from '../../stats/streaming/predictionQuality.ts';
import type { StoredStatistic } from '../statisticReadings.ts';

/** A statistic with its states. */
export interface Kept {
  readonly statistic: Statistic;
  readonly fold: BegunStatistic;
  /** By the start of the window (0: all time), then by the value of the slice ('' where there is none). */
  readonly states: ReadonlyMap<number, ReadonlyMap<string, unknown>>;
  /** Values of the slice of which nothing is told, since they are of too few people; absent: none. */
  readonly suppressed?: number;
}

export interface WatchedModel {
  readonly windowMs: number;
  /** By what stands behind the monitor's name: `expected`, `quality`, `slices_course`. */
  readonly parts: ReadonlyMap<string, Kept>;
}

/**
 * Merges the states of partitions.
 *
 * @param rows their keys begin with model and version
 * @throws EngineError SNAPSHOT_FOREIGN when a state cannot be read
 */
export function keptOf(
  statistic: Statistic,
  parameters: Readonly<Record<string, unknown>>,
  rows: readonly StoredStatistic[],
): Kept {
  const fold = statistic.begin(parameters);
  const states = new Map<number, Map<string, unknown>>();
  for (const { key, start, state } of rows) {
    const bySlice = states.get(start) ?? new Map<string, unknown>();
    states.set(start, bySlice);
    const slice = key[2] ?? '';
    const before = bySlice.get(slice);
    if (before === undefined) bySlice.set(slice, readPlain(state));
    else fold.merge?.(before, readPlain(state));
  }
  return { statistic, fold, states };
}

/** One state of those of all windows: by the value of the slice. */
export function overWindows({ fold, states }: Kept): Map<string, unknown> {
  const merged = new Map<string, unknown>();
  for (const bySlice of states.values()) {
    for (const [slice, state] of bySlice) {
      if (!merged.has(slice)) merged.set(slice, fold.initial());
      fold.merge?.(merged.get(slice), state);
    }
  }
  return merged;
}

/** Sums of prequential quality in one window, as the table `model_quality` has them. */
export interface QualityWindow extends PrequentialState {
  readonly start: number;
}

/**
 * A model of the engine, whose labels come with the events: everything follows from its prequential quality, the window before
 * being the reference of each.
 *
 * @param windows of the range, and the one before
 * @param from    start of the first in the range
 */
export function ownModel(
  windows: readonly QualityWindow[],
  windowMs: number,
  from: number,
): Map<string, Kept> {
  const byStart = new Map(windows.map((window) => [window.start, window]));
  const quality = new Map<number, Map<string, unknown>>();
  const expected = new Map<number, Map<string, unknown>>();
  for (const window of windows) {
    if (window.start < from) continue;
    quality.set(window.start, new Map([['', window]]));
    const before = byStart.get(window.start - windowMs);
    expected.set(window.start, new Map([['', answered(window, before)]]));
  }
  return new Map([
    ['quality', { statistic: predictionQuality, fold: predictionQuality.begin(), states: quality }],
    [
      'expected',
      { statistic: estimatedPerformance, fold: estimatedPerformance.begin(), states: expected },
    ],
  ]);
}

/** Predictions that came with their labels, read by those of the window before. */
function answered(
  { positivesByBin: positives, negativesByBin: negatives, predictedByBin }: PrequentialState,
  before: PrequentialState | undefined,
): EstimatedPerformanceState {
  const { length } = positives;
  return {
    reference: {
      positives: before?.positivesByBin ?? new Uint32Array(length),
      negatives: before?.negativesByBin ?? new Uint32Array(length),
    },
    referencePredicted: before?.predictedByBin ?? new Float64Array(length),
    counts: positives.map((ones, bin) => ones + negatives[bin]!),
    predicted: predictedByBin,
    realised: { positives, negatives },
  };
}
