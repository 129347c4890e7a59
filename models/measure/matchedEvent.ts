/** One event against a metric: whether its filters take it, and what it adds. */
import { holds } from '../../contracts/conditionTruth.ts';
import type { ExperimentMetric, Measure } from '../../contracts/experimentMetric.ts';
import { accumulate, denominatorAt } from './accumulator.ts';
import type { EventReader } from './eventReader.ts';

/** Bits: the measure takes the event, the denominator does. */
export const ofMeasure = 1;
export const ofDenominator = 2;

/** @returns 0 when the event counts for nothing, else what {@link addMatched} is given */
export function matchesOf(
  { filter, denominator }: ExperimentMetric,
  reader: Pick<EventReader, 'read'>,
): number {
  const own = holds(filter, reader.read) ? ofMeasure : 0;
  if (denominator === undefined) return own;
  return holds(denominator.filter, reader.read) ? own | ofDenominator : own;
}

/**
 * @param values row of the unit; the metric's `metricWidth` numbers begin at `at`
 * @param time   of the event, ms
 */
export function addMatched(
  { measure, denominator }: ExperimentMetric,
  matches: number,
  reader: EventReader,
  values: Float64Array,
  at: number,
  time: number,
): void {
  if ((matches & ofMeasure) !== 0) {
    accumulate(measure, values, at, figureOf(measure, reader), time);
  }
  if ((matches & ofDenominator) !== 0) {
    const below = denominator!.measure;
    accumulate(below, values, at + denominatorAt, figureOf(below, reader), time);
  }
}

function figureOf(measure: Measure, reader: EventReader): number {
  return measure.of === 'value' ? reader.number(measure.field) : 1;
}
