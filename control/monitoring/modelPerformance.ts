/** How well a model does, from what its monitor has kept: course, slices, thresholds, groups and labels. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { groupMinDefault } from '../../contracts/groupMin.ts';
import type {
  Estimate,
  GroupFairness,
  LabelDelayCurve,
  ModelPerformance,
  PerformanceWindow,
  Slice,
  SliceFigure,
} from '../../contracts/performanceApi.ts';
import type { Figures } from '../../contracts/statistic.ts';
import type { IntervalEstimate } from '../../stats/interval.ts';
import { performanceNames } from '../../stats/monitoring/binaryPerformance.ts';
import { confusionAt } from '../../stats/monitoring/classificationQuality.ts';
import { fairnessCurve } from '../../stats/monitoring/fairnessCurve.ts';
import { type LabelDelayState, labelDelay } from '../../stats/monitoring/labelDelay.ts';
import type { LabelledScoresState } from '../../stats/monitoring/labelledScores.ts';
import { type PrequentialState, reliability } from '../../stats/prequential.ts';
import { normalTwoSided } from '../../stats/special/normal.ts';
import { finite } from '../metricPoint.ts';
import { type SliceValue, slicesByHarm } from './slicesByHarm.ts';
import { type Kept, overWindows, type WatchedModel } from './watchedModel.ts';

type Measured = Omit<
  ModelPerformance,
  'pipeline' | 'model' | 'version' | 'monitor' | 'windowMs' | 'from' | 'to' | 'isTruncated'
>;

/** Decision thresholds of the sweep, and of curves by group. */
const sweep = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
const groupSweep = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** At which the share of labels is told, ms. */
const ages = [
  ...[minute, 5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour, 12 * hour],
  ...[day, 2 * day, 3 * day, 5 * day, 7 * day, 14 * day, 30 * day, 60 * day, 90 * day],
];

const quantile = normalTwoSided(0.05);
/** Figures of numbers that say how well they were predicted. */
const numberFigures = [
  'meanAbsoluteError',
  'rootMeanSquareError',
  'bias',
  'explained',
  'p50',
  'p90',
];

export interface PerformanceOptions {
  /** Nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
  /** Rows of the smallest group that is shown. */
  readonly least?: number;
}

/**
 * Other work has its turn between two windows: reading one takes milliseconds.
 *
 * @param figure by which slices of probabilities are compared
 */
export async function modelPerformance(
  { windowMs, parts }: WatchedModel,
  figure: SliceFigure,
  { signal, least = groupMinDefault }: PerformanceOptions = {},
): Promise<Measured> {
  const quality = parts.get('quality');
  const isNumber = quality?.statistic.name === 'regression-quality';
  const all = quality === undefined ? undefined : overWindows(quality).get('');
  const figures = all === undefined ? {} : quality!.fold.read(all);
  const scores = isNumber ? undefined : (all as PrequentialState | undefined);
  const expected = parts.get('expected');
  const course =
    expected === undefined
      ? courseOfNumbers(quality, windowMs)
      : await courseOf(expected, quality, windowMs, signal);
  const sliceFigure = isNumber ? 'meanAbsoluteError' : figure;
  return {
    kind: isNumber ? 'number' : 'probability',
    threshold: isNumber ? null : thresholdOf(expected),
    course,
    total: { count: figures['count'] ?? 0, figures: finiteFigures(figures) },
    reliability: scores === undefined ? [] : reliability(scores),
    thresholds: scores === undefined ? [] : thresholdsOf(scores),
    sliceFigure,
    slices: [...parts]
      .filter(([name]) => name.startsWith(slicePrefix))
      .map(([name, kept]) => sliceOf(name.slice(slicePrefix.length), kept, sliceFigure, least)),
    fairness: fairnessOf(parts.get('fairness'), least),
    delay: delayOf(parts.get('delay')),
    labels: labelsOf(parts.get('labels')),
  };
}

const slicePrefix = 'slices_';

function thresholdOf(expected: Kept | undefined): number | null {
  const { threshold = NaN } = (expected?.fold.parameters ?? {}) as { readonly threshold?: number };
  return finite(threshold);
}

export function finiteFigures(figures: Figures): Record<string, number | null> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, finite(value)]));
}

function estimateOf({ estimate, lower, upper }: IntervalEstimate): Estimate {
  return { estimate: finite(estimate), lower: finite(lower), upper: finite(upper) };
}

/** Of a statistic whose figures come with their ends. */
function withEnds(figures: Figures, name: string): IntervalEstimate {
  const [estimate, lower, upper] = ['', 'Lower', 'Upper'].map((end) => figures[`${name}${end}`]!);
  return { estimate: estimate!, lower: lower!, upper: upper! };
}

async function courseOf(
  { fold, states }: Kept,
  quality: Kept | undefined,
  windowMs: number,
  signal: AbortSignal | undefined,
): Promise<PerformanceWindow[]> {
  const course: PerformanceWindow[] = [];
  for (const [start, bySlice] of [...states].sort(([a], [b]) => a - b)) {
    const figures = fold.read(bySlice.get(''));
    const { count, labelled } = figures as { count: number; labelled: number };
    // A window of tomorrow that has its reference already.
    if (count === 0) continue;
    const estimated = performanceNames.map((name) => [name, estimateOf(withEnds(figures, name))]);
    const realised = performanceNames.map((name) => [name, finite(figures[`${name}Realised`]!)]);
    const calibrationError = calibrationErrorOf(quality, start);
    course.push({
      ...{ start, end: start + windowMs, count, labelled, coverage: labelled / count },
      estimated: Object.fromEntries(estimated),
      realised: labelled > 0 ? { ...Object.fromEntries(realised), calibrationError } : null,
      referenceLabels: figures['referenceLabels']!,
      consistencyP: finite(figures['consistencyP']!),
      lossZ: finite(figures['lossZ']!),
      unsupported: finite(figures['unsupported']!),
    });
    await nextTurn(undefined, signal === undefined ? {} : { signal });
  }
  return course;
}

/** Of one window. */
function calibrationErrorOf(quality: Kept | undefined, start: number): number | null {
  const state = quality?.states.get(start)?.get('');
  if (quality === undefined || state === undefined) return null;
  return finite(quality.fold.read(state)['calibrationError'] ?? NaN);
}

function courseOfNumbers(quality: Kept | undefined, windowMs: number): PerformanceWindow[] {
  if (quality === undefined) return [];
  return [...quality.states]
    .sort(([a], [b]) => a - b)
    .map(([start, bySlice]) => {
      const figures = quality.fold.read(bySlice.get(''));
      const count = figures['count']!;
      const shown = Object.keys(figures).filter((name) => numberFigures.includes(name));
      return {
        ...{
          start,
          end: start + windowMs,
          count,
          labelled: count,
          coverage: null,
          estimated: null,
        },
        realised: Object.fromEntries(shown.map((name) => [name, finite(figures[name]!)])),
        ...{ referenceLabels: 0, consistencyP: null, lossZ: null, unsupported: null },
      };
    });
}

function thresholdsOf({ positivesByBin, negativesByBin }: PrequentialState) {
  const scores = { positives: positivesByBin, negatives: negativesByBin };
  return sweep.map((threshold) => ({ threshold, ...confusionAt(scores, threshold) }));
}

function sliceOf(slice: string, kept: Kept, figure: string, least: number): Slice {
  const { fold } = kept;
  const byValue = overWindows(kept);
  const whole = fold.initial();
  const values: SliceValue[] = [];
  for (const [value, state] of byValue) {
    fold.merge!(whole, state);
    const figures = fold.read(state);
    values.push({ value, count: figures['count']!, ...sliceEstimate(figures, figure) });
  }
  const isLoss = ['logLoss', 'brier', 'meanAbsoluteError'].includes(figure);
  const told = slicesByHarm(slice, values, fold.read(whole)[figure]!, isLoss, least);
  return { ...told, suppressed: told.suppressed + (kept.suppressed ?? 0) };
}

function sliceEstimate(figures: Figures, figure: string): IntervalEstimate {
  if (Object.hasOwn(figures, `${figure}Lower`)) return withEnds(figures, figure);
  // Of sizes of errors: their variance is the mean of their squares less the square of their mean.
  const count = figures['count']!;
  const mean = figures['meanAbsoluteError']!;
  const variance = Math.max(0, figures['rootMeanSquareError']! ** 2 - mean * mean);
  const radius = count > 1 ? quantile * Math.sqrt(variance / (count - 1)) : Infinity;
  return { estimate: mean, lower: Math.max(0, mean - radius), upper: mean + radius };
}

/** With one group hidden the other is as well: it could be told from the model's totals. */
function fairnessOf(kept: Kept | undefined, least: number): GroupFairness | null {
  const state = kept?.states.get(0)?.get('') as
    | Readonly<Record<'baseline' | 'compared', LabelledScoresState>>
    | undefined;
  if (kept === undefined || state === undefined) return null;
  const { baseline, compared, floor, alpha } = kept.fold.parameters as {
    readonly [Name in 'baseline' | 'compared']: string;
  } & { readonly floor: number; readonly alpha: number };
  const groups = new Map([
    [baseline, state.baseline],
    [compared, state.compared],
  ]);
  const curves = fairnessCurve(groups, groupSweep, { floor: Math.max(floor, least), alpha });
  const isShown = curves.every(({ isSuppressed }) => !isSuppressed);
  return {
    ...{ baseline, compared, isShown },
    groups: !isShown
      ? []
      : curves.map(({ name, count, points, calibration }) => ({
          ...{ name, count },
          points: points.map(({ threshold, selection, falseNegative, falsePositive }) => ({
            threshold,
            selection: estimateOf(selection),
            falseNegative: estimateOf(falseNegative),
            falsePositive: estimateOf(falsePositive),
          })),
          calibration: [...calibration],
        })),
    figures: isShown ? finiteFigures(kept.fold.read(state)) : {},
  };
}

function delayOf(kept: Kept | undefined): LabelDelayCurve | null {
  const state = kept?.states.get(0)?.get('') as LabelDelayState | undefined;
  if (state === undefined) return null;
  const { count, labelled, within, delayOf: delay } = labelDelay.read(state);
  return {
    ...{ count, labelled },
    points: ages
      .map((ageMs) => ({ ageMs, ...within(ageMs, quantile) }))
      .filter(({ estimate }) => !Number.isNaN(estimate))
      .map(({ ageMs, ...share }) => ({ ageMs, ...estimateOf(share) })),
    p50: finite(delay(0.5)),
    p90: finite(delay(0.9)),
    p99: finite(delay(0.99)),
  };
}

function labelsOf(kept: Kept | undefined): Record<string, number | null> | null {
  const state = kept?.states.get(0)?.get('');
  return kept === undefined || state === undefined ? null : finiteFigures(kept.fold.read(state));
}
