import { expect, test } from 'vitest';
import type { EpochSeries, PipelineStatus } from '../../contracts/api.ts';
import { type ChartTable, describeRow, toCsv } from '../../ui/charts/chartTable.ts';
import { sparkline } from '../../ui/charts/sparkline.ts';
import { ApiProblem, getJson, pathWith } from '../../ui/data/client.ts';
import { courseOf } from '../../ui/overview/course.ts';
import { pipelinesSentence } from '../../ui/pipelines/sentence.ts';
import { epochPoints } from './support/samples.ts';

const table: ChartTable = {
  columns: [
    { label: 'Time', kind: 'time' },
    { label: 'AUC, "all"', kind: 'ratio' },
    { label: 'Width', kind: 'ratio', silent: true },
  ],
  rows: [
    [Date.UTC(2026, 0, 1), 0.7412, 0.1],
    [Date.UTC(2026, 0, 2), null, null],
  ],
};

test('CSV quotes names and leaves absent figures empty', () => {
  expect(toCsv(table)).toBe(
    'Time,"AUC, ""all""",Width\r\n2026-01-01T00:00:00.000Z,0.7412,0.1\r\n2026-01-02T00:00:00.000Z,,\r\n',
  );
});

test('a point is announced with its figures, without what only draws', () => {
  expect(describeRow(table, 0, 'UTC')).toBe('1 Jan 2026, 00:00:00. AUC, "all" 0.741');
  expect(describeRow(table, 7, 'UTC')).toBe('');
});

test('a sparkline breaks where values are absent and is flat where they are equal', () => {
  expect(sparkline([0, null, 1], 106, 26).line).toBe('M3 23M103 3');
  expect(sparkline([5, 5], 106, 26).line).toBe('M3 13L103 13');
  expect(sparkline([null], 106, 26)).toEqual({ line: '', end: undefined });
});

test('the pipeline that took most speaks for the engine', () => {
  const points = epochPoints(10);
  const small: EpochSeries = { pipeline: 'b', stepMs: 60_000, points: points.slice(0, 1) };
  const course = courseOf([small, { pipeline: 'a', stepMs: 60_000, points }]);
  const events = points.reduce((sum, point) => sum + point.events, 0);
  expect(course.events).toBe(events);
  const rates = points.map((point) => point.eventsPerSecond).sort((a, b) => a - b);
  expect(course.eventsPerSecond).toBeCloseTo(((rates[4] ?? 0) + (rates[5] ?? 0)) / 2, 9);
  expect(courseOf([]).eventsPerSecond).toBeNull();
});

function pipeline(...states: ['running' | 'failed' | 'waiting', number][]): PipelineStatus {
  return {
    name: 'campus',
    version: 1,
    summary: '',
    tables: [],
    totals: { events: 981, refused: 19, late: 0, duplicates: 0 },
    partitions: states.map(([state, lagEvents], partition) => ({
      partition,
      state,
      detail: state === 'running' ? null : 'ClickHouse is away.',
      committedOffset: 0,
      endOffset: 0,
      lagEvents,
      eventsPerSecond: 106,
      commitMs: 1,
      committedAt: 0,
    })),
  };
}

test('the pipelines’ sentence says the worst first', () => {
  expect(pipelinesSentence([])).toMatchObject({ tone: 'none' });
  expect(pipelinesSentence([pipeline(['running', 0], ['running', 9])]).word).toBe(
    'All 2 partitions run: 212 events/s, with nothing waiting. 1.9\u00a0% of all events were refused.',
  );
  expect(pipelinesSentence([{ ...pipeline(['running', 0]), totals: null }]).word).toBe(
    'The one partition runs: 106 events/s, with nothing waiting.',
  );
  expect(pipelinesSentence([pipeline(['failed', 9], ['waiting', 9])])).toEqual({
    tone: 'bad',
    word: '1 partition has failed: ClickHouse is away.',
  });
  expect(pipelinesSentence([pipeline(['running', 0], ['waiting', 9])]).tone).toBe('attention');
  expect(pipelinesSentence([pipeline(['running', 0], ['waiting', 0])]).tone).toBe('good');
});

test('a query string leaves out what is not given', () => {
  expect(pathWith('/v1/x', { from: 1, segment: undefined })).toBe('/v1/x?from=1');
  expect(pathWith('/v1/x')).toBe('/v1/x');
});

test('a refusal is told in the engine’s own words, and silence as such', async () => {
  const { signal } = new AbortController();
  const answered = globalThis.fetch;
  try {
    globalThis.fetch = async () =>
      new Response(
        JSON.stringify({ title: 'x', detail: 'ClickHouse is away.', code: 'SINK_UNAVAILABLE' }),
        { status: 503 },
      );
    await expect(getJson('/v1/x', {}, signal)).rejects.toMatchObject({
      status: 503,
      message: 'ClickHouse is away.',
      code: 'SINK_UNAVAILABLE',
    });
    globalThis.fetch = async () => new Response('<html>', { status: 200 });
    await expect(getJson('/v1/x', {}, signal)).rejects.toBeInstanceOf(ApiProblem);
    globalThis.fetch = async () => {
      throw new TypeError('fetch failed');
    };
    await expect(getJson('/v1/x', {}, signal)).rejects.toMatchObject({ status: 0 });
  } finally {
    globalThis.fetch = answered;
  }
});
