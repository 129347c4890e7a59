/** What a user did before, from rows that go on, against the same from all events at once. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExperimentMetricInput } from '../../../contracts/experimentMetric.ts';
import { accumulate, denominatorAt, metricWidth } from '../../../models/measure/accumulator.ts';
import { pastPlace, pastSpanMs, pastWidth, readPast } from '../../../models/measure/pastFigure.ts';
import { makeMetric } from '../../support/experiments.ts';

const spanMs = 3_600_000;
const weight = 31 / 32;

const metrics: Record<string, Partial<ExperimentMetricInput>> = {
  existence: { kind: 'binary', measure: { of: 'existence' } },
  count: { kind: 'count', measure: { of: 'count' }, cap: [0, 3] },
  sum: { kind: 'continuous', measure: { of: 'value' }, cap: [-5, 5] },
  mean: { kind: 'continuous', measure: { of: 'value', combine: 'mean' }, cap: [-9, 9] },
  least: { kind: 'continuous', measure: { of: 'value', combine: 'least' }, cap: [-5, 5] },
  last: { kind: 'continuous', measure: { of: 'value', combine: 'last' }, cap: [-9, 9] },
  ratio: {
    ...{ kind: 'ratio', measure: { of: 'value' }, cap: [-100, 100] },
    denominator: { filter: { field: 'type', is: 'answered' }, measure: { of: 'count' } },
  },
};

interface Happening {
  readonly time: number;
  readonly value: number;
}

/** Events in the order of the log: at most one span late, from a past of some days. */
const happenings = fc
  .array(
    fc.record({
      step: fc.oneof(fc.integer({ min: 0, max: spanMs }), fc.integer({ min: 0, max: 30 * spanMs })),
      late: fc.integer({ min: 0, max: spanMs }),
      value: fc.integer({ min: -9, max: 9 }),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let clock = 1_000 * spanMs;
    return steps.map(({ step, late, value }): Happening => {
      clock += step;
      return { time: clock - late, value };
    });
  });

/** From all events: spans one by one, as the file's head says. */
function expected(name: string, events: readonly Happening[], time: number): number[] {
  const spanOf = (at: number) => Math.floor(at / spanMs);
  const before = events.filter((each) => spanOf(each.time) < spanOf(time));
  if (before.length === 0) return name === 'ratio' ? [NaN, NaN, NaN] : [NaN];
  const first = Math.min(...events.map((each) => spanOf(each.time)));
  const [least, largest] = metrics[name]!.cap ?? [0, 1];
  const clamp = (value: number) => Math.min(largest, Math.max(least, value));
  const sums = [0, 0, 0, 0];
  for (let span = first; span < spanOf(time); span += 1) {
    const factor = weight ** (spanOf(time) - 1 - span);
    const own = before.filter((each) => spanOf(each.time) === span);
    const values = own.map(({ value }) => value);
    const total = values.reduce((sum, value) => sum + value, 0);
    const add = (at: number, value: number, worth = 1) => {
      sums[at]! += factor * value;
      sums[at + 1]! += factor * worth;
    };
    if (name === 'existence') add(0, Math.min(1, own.length));
    else if (name === 'count') add(0, clamp(own.length));
    else if (name === 'sum' || name === 'ratio') add(0, clamp(total));
    else if (name === 'mean') add(0, total, own.length);
    else if (own.length > 0) {
      const latest = Math.max(...own.map((each) => each.time));
      const last = own.filter((each) => each.time === latest).at(-1)!.value;
      add(0, clamp(name === 'least' ? Math.min(...values) : last));
    }
    if (name === 'ratio') add(2, own.length);
  }
  const [own, below] = [sums[0]! / sums[1]!, sums[2]! / sums[3]!];
  return name === 'ratio' ? [own, below, own / below] : [own];
}

describe.each(Object.keys(metrics))('the past of a metric: %s', (name) => {
  const metric = makeMetric({ ...metrics[name], windowMs: spanMs });

  test('is what all events of the spans before give, however the row was carried on', () => {
    fc.assert(
      fc.property(happenings, fc.integer({ min: -spanMs, max: 40 * spanMs }), (events, later) => {
        const values = new Float64Array(pastWidth + 2);
        for (const { time, value } of events) {
          const at = pastPlace(metric, values, 1, time);
          expect(at).toBeGreaterThanOrEqual(0);
          accumulate(metric.measure, values, at, value, time);
          const { denominator } = metric;
          if (denominator) accumulate(denominator.measure, values, at + denominatorAt, 1, time);
        }
        const now = Math.max(0, ...events.map(({ time }) => time)) + later;
        const found = new Float64Array(4);
        const copy = values.slice();
        readPast(metric, values, 1, now, found, 1);
        expect(values).toEqual(copy);
        const wanted = expected(name, events, now);
        wanted.forEach((figure, i) => {
          if (Number.isNaN(figure)) expect(found[1 + i]).toBeNaN();
          else expect(found[1 + i]).toBeCloseTo(figure, 9);
        });
        expect([found[0], values[0], values[pastWidth + 1]]).toEqual([0, 0, 0]);
      }),
    );
  });

  test('does not know what happens in the span of the moment, or later', () => {
    const at = 5_000 * spanMs + 1_800_000;
    const take = (values: Float64Array, time: number, value: number) => {
      const place = pastPlace(metric, values, 0, time);
      if (place < 0) return;
      accumulate(metric.measure, values, place, value, time);
      if (metric.denominator) {
        accumulate(metric.denominator.measure, values, place + denominatorAt, 1, time);
      }
    };
    const read = (values: Float64Array) => {
      const found = new Float64Array(3);
      readPast(metric, values, 0, at, found, 0);
      return found;
    };
    const known = new Float64Array(pastWidth);
    for (let i = 1; i < 9; i += 1) take(known, at - (10 - i) * spanMs, i % 4);
    const before = read(known);
    expect(before[0]).toBeGreaterThan(0);
    for (const after of [-1_000, 0, 1_000, 1_800_000]) take(known, at + after, 3);
    expect(read(known)).toEqual(before);
    // Two spans ahead, what was known then cannot be told apart any more: rather nothing than too much.
    take(known, at + 2 * spanMs, 3);
    expect(read(known)[0]).toBeNaN();
  });
});

test('spans are as long as the window, between ten minutes and a day', () => {
  expect([1_000, spanMs, 40 * 86_400_000].map((windowMs) => pastSpanMs({ windowMs }))).toEqual([
    600_000,
    spanMs,
    86_400_000,
  ]);
});

test('who was away for two thousand spans is new', () => {
  const metric = makeMetric({ ...metrics['count'], windowMs: spanMs });
  const values = new Float64Array(pastWidth);
  const at = pastPlace(metric, values, 0, 10 * spanMs);
  accumulate(metric.measure, values, at, 1, 10 * spanMs);
  const found = new Float64Array(1);
  readPast(metric, values, 0, 2_000 * spanMs, found, 0);
  expect(found[0]).toBeGreaterThan(0);
  readPast(metric, values, 0, 2_011 * spanMs, found, 0);
  expect(found[0]).toBeNaN();
  expect(pastPlace(metric, values, 0, 2_011 * spanMs)).toBe(2);
  expect([...values].filter((value) => value !== 0)).toEqual([2_012, 2_012]);
  expect(values.length).toBe(2 + 3 * metricWidth);
});
