/**
 * What is remembered of a unit's events between its exposure and its score: two numbers a measure.
 *
 * Numbers lie in a row of a typed array, so that a unit's whole state is one array and a checkpoint is a copy.
 */
import type { ExperimentMetric, Measure } from '../../contracts/experimentMetric.ts';

/** Numbers of one metric: two of its measure, two of its denominator. */
export const metricWidth = 4;
/** Where the denominator's begin. */
export const denominatorAt = 2;

/**
 * Takes one event that satisfies the filter.
 *
 * @param values row of the unit; `values[at]` and `values[at + 1]` belong to the measure, 0 at first
 * @param value  of the measured field; NaN where the event has none, which then counts for nothing
 * @param time   of the event, ms; an event as early as another and later in the log is the later one
 */
export function accumulate(
  measure: Measure,
  values: Float64Array,
  at: number,
  value: number,
  time: number,
): void {
  if (measure.of === 'existence') {
    values[at] = 1;
    values[at + 1] = 1;
    return;
  }
  if (measure.of === 'count') {
    values[at]! += 1;
    values[at + 1]! += 1;
    return;
  }
  if (Number.isNaN(value)) return;
  const before = values[at + 1]!;
  switch (measure.combine) {
    case 'sum':
    case 'mean':
      values[at]! += value;
      values[at + 1]! += 1;
      return;
    case 'least':
      if (before === 0 || value < values[at]!) values[at] = value;
      values[at + 1] = 1;
      return;
    case 'largest':
      if (before === 0 || value > values[at]!) values[at] = value;
      values[at + 1] = 1;
      return;
    case 'first':
      if (before === 0 || time < before) {
        values[at] = value;
        values[at + 1] = time;
      }
      return;
    case 'last':
      if (time >= before) {
        values[at] = value;
        values[at + 1] = time;
      }
  }
}

/** The measure of the events taken, `absent` when there was none. */
export function readMeasure(
  measure: Measure,
  values: Float64Array,
  at: number,
  absent: number,
): number {
  const taken = values[at + 1]!;
  if (taken === 0) return absent;
  const isMean = measure.of === 'value' && measure.combine === 'mean';
  return isMean ? values[at]! / taken : values[at]!;
}

/** A unit's numerator and denominator; the denominator is 1 where the metric has none, 0 where nothing was divided by. */
export interface Measured {
  numerator: number;
  denominator: number;
}

/** @param at where the metric's numbers begin */
export function readMetric(
  { measure, denominator, absent }: ExperimentMetric,
  values: Float64Array,
  at: number,
): Measured {
  return {
    numerator: readMeasure(measure, values, at, absent),
    denominator:
      denominator === undefined
        ? 1
        : readMeasure(denominator.measure, values, at + denominatorAt, 0),
  };
}
