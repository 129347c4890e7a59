/**
 * What a user did before, as one figure a measure: the mean of the measure over past spans of time, of which an older one
 * weighs less.
 *
 * Spans lie at whole multiples of their length. Two are open, so that an event may come late by one span; the others are closed
 * into two decayed sums, values and their weights. What is read of a moment stops with the span before it: no event of
 * that moment's own span enters, whatever the order of the log.
 *
 * Sums, counts and existence are per span, empty ones included, from the first span with an event on. Means, extremes, first
 * and last values are of the spans, or of the events, that there were.
 */
import { capOf, type ExperimentMetric, type Measure } from '../../contracts/experimentMetric.ts';
import { denominatorAt, metricWidth, readMeasure } from './accumulator.ts';

/** Weight of a span by that of the next: half after 22 spans. A fraction of two, so that one has few digits. */
const kept = 31 / 32;
/** After so many spans without an event a user is unknown again: what was there before would weigh 10⁻²⁸. */
const spansMax = 2_000;
/** At least what an event may be late; at most a day, so that the newest past is not far away. */
const spanMsLeast = 600_000;
const spanMsMost = 86_400_000;

// A row: number of the newest span + 1 and of the first + 1, 0 in a new row; the newest span's numbers; those of the span
// before it; decayed sums of values and weights, of the measure and of the denominator.
const firstAt = 1;
const newestAt = 2;
const olderAt = newestAt + metricWidth;
const closedAt = olderAt + metricWidth;

/** Numbers of one metric of one user. */
export const pastWidth = closedAt + metricWidth;

const scratch = new Float64Array(pastWidth);

/** Figures of a metric's past: 1; of a ratio 3. */
export function pastFigures({ denominator }: Pick<ExperimentMetric, 'denominator'>): 1 | 3 {
  return denominator === undefined ? 1 : 3;
}

/** Length of the spans of a metric, ms: its window within bounds. */
export function pastSpanMs({ windowMs }: Pick<ExperimentMetric, 'windowMs'>): number {
  return Math.min(spanMsMost, Math.max(spanMsLeast, windowMs));
}

/**
 * Where an event's measure is accumulated.
 *
 * @param values rows; this one begins at `row`, all 0 at first
 * @param time   of the event, ms since 1970
 * @returns place of the span's `metricWidth` numbers; −1 when its span is closed
 */
export function pastPlace(
  metric: ExperimentMetric,
  values: Float64Array,
  row: number,
  time: number,
): number {
  const span = Math.floor(time / pastSpanMs(metric));
  if (values[row] === 0 || span - values[row]! + 1 > spansMax) {
    values.fill(0, row, row + pastWidth);
    values[row] = span + 1;
    values[row + firstAt] = span + 1;
  }
  while (values[row]! - 1 < span) closeSpan(metric, values, row);
  if (span === values[row]! - 1) return row + newestAt;
  if (span !== values[row]! - 2) return -1;
  values[row + firstAt] = Math.min(values[row + firstAt]!, span + 1);
  return row + olderAt;
}

/**
 * The figures as they were at a moment: one; of a ratio those of its numerator and its denominator, and the one by the other,
 * because a ratio that stays a user's own is no sum of the two.
 *
 * @param time ms since 1970
 * @param into takes the figures from `at` on; NaN where nothing is known
 */
export function readPast(
  metric: ExperimentMetric,
  values: Float64Array,
  row: number,
  time: number,
  into: Float64Array,
  at: number,
): void {
  const span = Math.floor(time / pastSpanMs(metric));
  const figures = pastFigures(metric);
  const newest = values[row]! - 1;
  if (newest < 0 || newest > span + 1 || span - newest > spansMax) {
    into.fill(NaN, at, at + figures);
    return;
  }
  for (let i = 0; i < pastWidth; i += 1) scratch[i] = values[row + i]!;
  // All spans before that of the moment are closed then, and no other.
  while (scratch[0]! - 1 < span + 1) closeSpan(metric, scratch, 0);
  into[at] = meanOf(closedAt);
  if (figures === 1) return;
  into[at + 1] = meanOf(closedAt + denominatorAt);
  into[at + 2] = into[at]! / into[at + 1]!;
}

function meanOf(sum: number): number {
  const weight = scratch[sum + 1]!;
  return weight > 0 ? scratch[sum]! / weight : NaN;
}

/** Closes the older of the open spans and opens the next. */
function closeSpan(metric: ExperimentMetric, values: Float64Array, row: number): void {
  const older = row + olderAt;
  const closed = row + closedAt;
  for (let i = 0; i < metricWidth; i += 1) values[closed + i]! *= kept;
  if (values[row]! - 1 >= values[row + firstAt]!) {
    const [least, largest] = capOf(metric) ?? [-Infinity, Infinity];
    addSpan(metric.measure, values, older, closed, metric.absent, least, largest);
    if (metric.denominator !== undefined) {
      const { measure } = metric.denominator;
      const below = older + denominatorAt;
      addSpan(measure, values, below, closed + denominatorAt, 0, -Infinity, Infinity);
    }
  }
  values.copyWithin(older, row + newestAt, older);
  values.fill(0, row + newestAt, older);
  values[row]! += 1;
}

/** Adds one span's value and weight to the sums at `sum`. */
function addSpan(
  measure: Measure,
  values: Float64Array,
  at: number,
  sum: number,
  absent: number,
  least: number,
  largest: number,
): void {
  if (measure.of === 'value' && measure.combine === 'mean') {
    values[sum]! += values[at]!;
    values[sum + 1]! += values[at + 1]!;
    return;
  }
  const isTotal = measure.of !== 'value' || measure.combine === 'sum';
  if (!isTotal && values[at + 1] === 0) return;
  values[sum]! += Math.min(largest, Math.max(least, readMeasure(measure, values, at, absent)));
  values[sum + 1]! += 1;
}
