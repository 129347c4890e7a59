/**
 * The figures of the API against a real ClickHouse: replaced versions count once, partitions add up, steps add up.
 *
 * Expected figures are computed here from the same values without bins, windows or SQL.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createQueries, openQueries, type Queries } from '../../api/queries/queries.ts';
import { startEmbeddedClickHouse } from '../../sinks/clickhouse/embedded/startEmbeddedClickHouse.ts';
import { migrate } from '../../sinks/clickhouse/migrate.ts';
import { type ClickHouseStore, createStore } from '../../sinks/clickhouse/store.ts';
import { type PrequentialState, prequential } from '../../stats/prequential.ts';
import { randomState, uniform } from '../../stats/random.ts';
import { rankAuc } from '../../stats/rankAuc.ts';
import { type SummaryState, summary } from '../../stats/summary.ts';
import { serverOf } from './fakes.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A replay of old data: nothing depends on the present. */
const start = Date.UTC(2017, 0, 1);
const minutes = 30;

let server: Awaited<ReturnType<typeof startEmbeddedClickHouse>>;
let store: ClickHouseStore;
let queries: Queries;
const directory = mkdtempSync(join(tmpdir(), 'millrace-queries-'));

const instant = (ms: number): string => `fromUnixTimestamp64Milli(${ms}, 'UTC')`;
/** Of 32 users or more, and of a day that is over. */
const many = [32, '[]', instant(start + 86_400_000)];
const list = (values: Iterable<number>): string => `[${[...values].join(',')}]`;

function insert(table: string, rows: readonly (readonly (string | number)[])[]): Promise<void> {
  return store.command(
    `INSERT INTO ${table} VALUES ${rows.map((row) => `(${row.join(',')})`).join(',')}`,
  );
}

function metricRow(
  metric: string,
  segment: string,
  window: number,
  partition: number,
  version: number,
  state: SummaryState,
): (string | number)[] {
  const { count, sum, squares, minimum, maximum } = summary.read(state);
  const { bins, counts } = state.sketch;
  return [
    `'learn'`,
    `'${metric}'`,
    `'${segment}'`,
    instant(start + window * minute),
    minute,
    partition,
    version,
    count,
    sum,
    squares,
    minimum,
    maximum,
    list(bins),
    list(counts),
    ...many,
  ];
}

function qualityRow(window: number, partition: number, version: number, state: PrequentialState) {
  return [
    `'learn'`,
    `'answer'`,
    `'1'`,
    instant(start + window * minute),
    minute,
    partition,
    version,
    state.count,
    state.positives,
    state.hits,
    state.logLoss,
    state.brier,
    list(state.positivesByBin),
    list(state.negativesByBin),
    list(state.predictedByBin),
    ...many,
  ];
}

/** Values of each minute, whatever partition and segment they are of. */
const valuesByMinute: number[][] = [];
const scoresByMinute: { probability: number; label: number }[][] = [];

async function fill(): Promise<void> {
  const random = randomState(7);
  const early: (string | number)[][] = [];
  const late: (string | number)[][] = [];
  const qualityEarly: (string | number)[][] = [];
  const qualityLate: (string | number)[][] = [];
  for (let window = 0; window < minutes; window += 1) {
    const values: number[] = [];
    const scores: { probability: number; label: number }[] = [];
    for (const partition of [0, 1]) {
      const quality = prequential.initial();
      for (const segment of ['algebra', 'reading']) {
        const state = summary.initial();
        for (let i = 0; i < 40; i += 1) {
          const value = Math.exp(3 * uniform(random));
          summary.step(state, value);
          values.push(value);
          // What an earlier epoch wrote of this window: replaced by what the later one writes.
          if (i === 20) early.push(metricRow('latency', segment, window, partition, 20, state));
          const probability = uniform(random);
          const label = uniform(random) < probability ? 1 : 0;
          prequential.step(quality, { probability, label });
          scores.push({ probability, label });
        }
        late.push(metricRow('latency', segment, window, partition, 40, state));
        if (segment === 'algebra') qualityEarly.push(qualityRow(window, partition, 40, quality));
      }
      qualityLate.push(qualityRow(window, partition, 80, quality));
    }
    valuesByMinute.push(values);
    scoresByMinute.push(scores);
  }
  await insert('metrics', early);
  await insert('metrics', late);
  await insert('metrics', late); // a replay
  await insert('model_quality', qualityEarly);
  await insert('model_quality', qualityLate);
}

beforeAll(async () => {
  server = await startEmbeddedClickHouse({ directory });
  store = createStore({ ...server, database: 'millrace' });
  await migrate(store);
  queries = createQueries(store);
  await fill();
});

afterAll(async () => {
  await store?.close();
  await server?.close();
  rmSync(directory, { recursive: true, force: true });
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const rank = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))]!;

describe('metrics', () => {
  test('the catalogue names segments and extent', async () => {
    expect(await queries.metrics()).toEqual({
      metrics: [
        {
          pipeline: 'learn',
          metric: 'latency',
          windowMs: minute,
          segments: ['algebra', 'reading'],
          firstAt: start,
          lastAt: start + minutes * minute - 1,
        },
      ],
    });
  });

  test('without bounds the series covers the data, one point a window', async () => {
    const series = (await queries.metricSeries('latency', {}))!;
    expect(series).toMatchObject({ metric: 'latency', segment: null, stepMs: minute });
    expect(series.points).toHaveLength(minutes);
    series.points.forEach((point, index) => {
      const values = valuesByMinute[index]!;
      expect(point.time).toBe(start + index * minute);
      expect(point.count).toBe(values.length);
      expect(point.mean).toBeCloseTo(mean(values), 9);
      const squares = values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
      expect(point.deviation).toBeCloseTo(Math.sqrt(squares / (values.length - 1)), 9);
      for (const [q, quantile] of [
        [0.5, point.p50],
        [0.9, point.p90],
      ] as const) {
        expect(Math.abs(quantile! / rank(values, q) - 1)).toBeLessThan(0.0101);
      }
      // Somebody's, and of 160 values the largest two.
      expect(point).toMatchObject({ minimum: null, maximum: null, p99: null, withheld: false });
    });
  });

  test('steps merge windows, sketches included', async () => {
    const series = (await queries.metricSeries('latency', { stepMs: 7 * minute }))!;
    expect(series.stepMs).toBe(7 * minute);
    const origin = series.points[0]!.time;
    expect(origin % (7 * minute)).toBe(0);
    for (const point of series.points) {
      const values = valuesByMinute.flatMap((some, index) => {
        const time = start + index * minute;
        return time >= point.time && time < point.time + 7 * minute ? some : [];
      });
      expect(point.count).toBe(values.length);
      expect(point.mean).toBeCloseTo(mean(values), 9);
      expect(Math.abs(point.p50! / rank(values, 0.5) - 1)).toBeLessThan(0.0101);
    }
    expect(series.points.reduce((sum, point) => sum + point.count!, 0)).toBe(minutes * 160);
  });

  test('bounds are half-open, a gap is seen, and a segment is told by whole days', async () => {
    const asked = { from: start - 2 * minute, to: start + 2 * minute, stepMs: minute };
    const series = (await queries.metricSeries('latency', asked))!;
    expect(series.points.map((point) => point.count)).toEqual([0, 0, 160, 160]);
    expect(series.points[0]).toMatchObject({ sum: 0, mean: null, deviation: null, p50: null });
    const part = (await queries.metricSeries('latency', { ...asked, segment: 'algebra' }))!;
    expect(part).toMatchObject({
      segment: 'algebra',
      stepMs: 86_400_000,
      groupMin: 10,
      withheld: 0,
    });
    expect(part.points.map((point) => point.count)).toEqual([0, minutes * 80]);
  });

  test('rows without a segment are a part like any other', async () => {
    const state = summary.initial();
    for (const value of [1, 2, 3]) summary.step(state, value);
    await insert('metrics', [
      metricRow('mixed', '', 0, 0, 1, state),
      metricRow('mixed', 'a', 0, 0, 1, state),
    ]);
    const countOf = async (query: { segment?: string }) =>
      (await queries.metricSeries('mixed', query))?.points[0]?.count;
    expect(await countOf({})).toBe(6);
    expect(await countOf({ segment: 'a' })).toBe(3);
    expect(await countOf({ segment: '' })).toBe(3);
    const { metrics } = await queries.metrics();
    expect(metrics.find(({ metric }) => metric === 'mixed')?.segments).toEqual(['a']);
  });

  test('windows of two lengths are not added', async () => {
    const state = summary.initial();
    for (const value of [-5, 0, 5]) summary.step(state, value);
    const short = metricRow('twice', '', 0, 0, 1, state);
    const long = short.with(4, 60 * minute);
    await insert('metrics', [short, long]);
    const series = (await queries.metricSeries('twice', {}))!;
    expect(series.points.map((point) => point.count)).toEqual([3]);
  });

  test('of days that are over are read once, whoever asks and whatever the step', async () => {
    const asked: unknown[] = [];
    const counting = {
      query: (sql: string, parameters?: Readonly<Record<string, unknown>>) => {
        // Statements about what there is have no FINAL.
        if (sql.includes('FINAL')) asked.push(parameters);
        return store.query(sql, parameters);
      },
    } as typeof store;
    const { ofGroups, ofPeople } = openQueries(counting);
    const day = { from: start, to: start + 24 * hour };
    const first = await ofGroups.metricSeries('latency', { ...day, stepMs: hour });
    const model = await ofGroups.model('answer', { ...day, stepMs: hour });
    expect(asked.length).toBeGreaterThan(0);
    asked.length = 0;
    expect(await ofPeople.metricSeries('latency', { ...day, stepMs: hour })).toEqual(first);
    expect(await ofPeople.model('answer', { ...day, stepMs: hour })).toEqual(model);
    const whole = (await ofGroups.metricSeries('latency', { ...day, stepMs: 24 * hour }))!;
    expect(asked).toEqual([]);
    const fresh = await createQueries(store).metricSeries('latency', { ...day, stepMs: 24 * hour });
    expect(whole).toEqual(fresh);
    expect(whole.points).toHaveLength(1);
    expect(whole.points[0]!.count).toBe(valuesByMinute.flat().length);
  });

  test('an unknown one is none, a name is never SQL', async () => {
    expect(await queries.metricSeries("x' OR '1'='1", {})).toBeUndefined();
    expect(await queries.metricSeries('latency', { pipeline: 'other' })).toBeUndefined();
  });
});

describe('models', () => {
  const scores = () => scoresByMinute.flat();
  const exact = (some: readonly { probability: number; label: number }[]): number =>
    rankAuc(
      Float64Array.from(some, (score) => score.probability),
      some.map((score) => score.label),
    );

  test('overall and recent quality are those of the predictions themselves', async () => {
    const { models } = await queries.models();
    expect(models).toHaveLength(1);
    const [model] = models;
    expect(model).toMatchObject({
      name: 'answer',
      version: '1',
      pipeline: 'learn',
      firstAt: start,
      lastAt: start + minutes * minute - 1,
    });
    const all = scores();
    expect(model!.overall.count).toBe(all.length);
    expect(Math.abs(model!.overall.auc! - exact(all))).toBeLessThan(5e-4);
    expect(model!.overall.baseRate).toBeCloseTo(mean(all.map(({ label }) => label)), 12);
    expect(model!.overall.brier).toBeCloseTo(
      mean(all.map(({ probability, label }) => (probability - label) ** 2)),
      6,
    );
    // A tenth of thirty windows of equal size.
    const recent = scoresByMinute.slice(-3).flat();
    expect(model!.recent.count).toBe(recent.length);
    expect(Math.abs(model!.recent.auc! - exact(recent))).toBeLessThan(2e-3);
  });

  test('the detail has a point a step and the reliability of its range', async () => {
    const detail = (await queries.model('answer', { stepMs: 10 * minute }))!;
    expect(detail.points.map((point) => point.count)).toEqual([1_600, 1_600, 1_600]);
    const middle = scoresByMinute.slice(10, 20).flat();
    expect(Math.abs(detail.points[1]!.auc! - exact(middle))).toBeLessThan(1e-3);
    expect(detail.calibration.reduce((sum, bin) => sum + bin.count, 0)).toBe(4_800);
    for (const bin of detail.calibration) {
      expect(bin.lower).toBeLessThanOrEqual(bin.observed);
      expect(bin.upper).toBeGreaterThanOrEqual(bin.observed);
    }
    const part = (await queries.model('answer', { from: start, to: start + minute }))!;
    expect(part.calibration.reduce((sum, bin) => sum + bin.count, 0)).toBe(160);
    expect(part.overall.count).toBe(4_800);
  });

  test('an unknown name or version is none', async () => {
    expect(await queries.model('nobody', {})).toBeUndefined();
    expect(await queries.model('answer', { version: '2' })).toBeUndefined();
  });
});

describe('epochs', () => {
  // Recent, because ClickHouse itself forgets epochs after 30 days.
  const committed = Math.floor(Date.now() / minute - 2_880) * minute;
  const epoch = (partition: number, end: number, at: number, refused: number, lag: number) => [
    `'learn'`,
    partition,
    end - 100,
    end,
    instant(at),
    100 - refused,
    refused,
    1,
    2,
    5.5,
    at % 10,
    lag,
    `map('users', 3)`,
  ];

  test('add up by step, each once, with the lag of all partitions', async () => {
    const rows = [
      epoch(0, 100, committed + 1, 0, 50),
      epoch(0, 200, committed + 402, 4, 10),
      epoch(1, 100, committed + 3, 0, 7),
      epoch(0, 300, committed + 2_500, 0, 0),
    ];
    await insert('epochs', rows);
    await insert('epochs', rows.slice(0, 1)); // noted twice
    const series = (await queries.epochs('learn', {}))!;
    expect(series).toMatchObject({ pipeline: 'learn', stepMs: 1_000 });
    expect(series.points).toHaveLength(3);
    expect(series.points[0]).toEqual({
      time: committed,
      epochs: 3,
      events: 296,
      eventsPerSecond: 296,
      refused: 4,
      late: 3,
      duplicates: 6,
      commitMsMedian: 2,
      commitMsP99: 3,
      lagEvents: 57,
    });
    // Both partitions noted waiting events before they fell silent for a second.
    expect(series.points[1]).toMatchObject({
      epochs: 0,
      events: 0,
      eventsPerSecond: 0,
      commitMsMedian: null,
      lagEvents: 17,
    });
    expect(series.points[2]).toMatchObject({ events: 100, lagEvents: 7 });
    expect(await queries.epochs('nobody', {})).toBeUndefined();
    // Of a month in which there is nothing before.
    const month = { from: committed - 30 * 24 * hour, to: committed + 3_000 };
    const coarse = (await queries.epochs('learn', month))!;
    expect(coarse.stepMs).toBeGreaterThan(hour);
    const fitted = (await queries.epochs('learn', { ...month, fit: true }))!;
    expect(fitted.points).toEqual(series.points);
    const later = { from: committed + 2_000, to: committed + 3_000 };
    expect(await queries.epochs('learn', { ...later, fit: true })).toEqual(
      await queries.epochs('learn', later),
    );
  });

  test('a pipeline that stands still keeps its last lag until now, and one that never noted any has none', async () => {
    const until = committed + 10_000;
    const at = createQueries(store, () => committed + 6_000);
    const stalled = (await at.epochs('learn', { from: committed + 2_000, to: until }))!;
    expect(stalled.points.map(({ lagEvents }) => lagEvents)).toEqual([
      0,
      ...Array.from({ length: 7 }, () => null),
    ]);
    const rows = [epoch(0, 100, committed + 2_100, 0, 900), epoch(1, 100, committed + 2_200, 0, 0)];
    await insert(
      'epochs',
      rows.map((row) => row.with(0, `'still'`)),
    );
    const still = (await at.epochs('still', { from: committed, to: until }))!;
    expect(still.points.map(({ lagEvents }) => lagEvents)).toEqual([
      ...[null, null, 900, 900, 900, 900],
      ...[null, null, null, null],
    ]);
  });

  test('health knows the share of refusals lately and before', async () => {
    await insert('epochs', [
      epoch(0, 400, committed - 3_600_000, 10, 0),
      epoch(0, 500, committed - 2 * 86_400_000, 50, 0),
    ]);
    const facts = await queries.health.refusalFacts(committed + 60_000);
    expect(facts.refusals.recent.refused).toBe(4);
    expect(facts.refusals.before).toEqual({ events: 90, refused: 10 });
  });
});

describe('refusals', () => {
  const at = Date.UTC(2026, 0, 15, 9);
  const letter = (offset: number, code: string, reason: string, bytes: string) => [
    `'learn'`,
    1,
    offset,
    instant(at + offset),
    `'${code}'`,
    `'${reason}'`,
    bytes,
    `''`,
    '[]',
  ];

  test('are counted once each, with the latest of each kind', async () => {
    const rows = [
      letter(1, 'EVENT_FIELD_MISSING', 'user is absent', `'{}'`),
      letter(5, 'EVENT_FIELD_MISSING', 'id is absent', `'{"user":1}'`),
      letter(7, 'EVENT_NOT_JSON', 'not JSON', `unhex('ff00${'41'.repeat(300)}')`),
    ];
    await insert('dead_letters', rows);
    await insert('dead_letters', rows.slice(0, 2)); // a replay
    await insert('late_events', [
      [`'learn'`, 0, 3, instant(at), instant(at), instant(at), `'viewed'`, `'u'`, `'{}'`],
    ]);
    const refusals = await queries.refusals();
    expect(refusals.total).toBe(3);
    expect(refusals.reasons[0]).toEqual({
      code: 'EVENT_FIELD_MISSING',
      means: 'a required field is absent',
      count: 2,
      lastReason: 'id is absent',
      lastAt: at + 5,
    });
    expect(refusals.latest.map(({ offset }) => offset)).toEqual([7, 5, 1]);
    expect(refusals.latest[0]!.preview).toHaveLength(200);
    expect(refusals.latest[0]!.preview.startsWith('\ufffd\0AAA')).toBe(true);
    expect((await queries.totals()).get('learn')).toMatchObject({ refused: 3, late: 1 });
  });
});

describe('a statement that nobody waits for any more', () => {
  /** Rows that each such statement has read so far. */
  const running = async (mark: string): Promise<number[]> => {
    const rows = await store.query<{ read: number }>(
      `SELECT read_rows AS read FROM system.processes
       WHERE query LIKE {mark:String} AND query NOT LIKE '%system.processes%'`,
      { mark: `%${mark}%` },
    );
    return rows.map(({ read }) => read);
  };

  test.each([
    ['before its answer begins', 'SELECT max(sipHash64(number)) AS hash FROM numbers(1e13)'],
    [
      'while its answer comes',
      'SELECT number AS row, sleepEachRow(0.01) FROM numbers(1e6) SETTINGS max_block_size = 10',
    ],
  ])('ends in ClickHouse too, %s', async (_when, sql) => {
    const mark = sql.slice(0, 20);
    const departure = new AbortController();
    const asked = store.query(sql, {}, departure.signal);
    const failed = expect(asked).rejects.toMatchObject({ code: 'SINK_UNAVAILABLE' });
    await expect.poll(async () => (await running(mark))[0]).toBeGreaterThan(50);
    departure.abort();
    await failed;
    await expect.poll(() => running(mark)).toEqual([]);
  });

  test('that was given up before is not sent', async () => {
    await expect(store.query('SELECT 1', {}, AbortSignal.abort())).rejects.toMatchObject({
      code: 'SINK_UNAVAILABLE',
    });
  });
});

test('what the queries answer satisfies the schemas of the routes', async () => {
  const app = serverOf({ queries });
  const paths = [
    '/v1/metrics',
    '/v1/metrics/latency?stepMs=60000',
    '/v1/models',
    '/v1/models/answer',
    '/v1/pipelines',
    '/v1/pipelines/learn/epochs',
    '/v1/refusals',
    '/v1/health',
  ];
  for (const path of paths) {
    const answer = await app.inject(path);
    expect([path, answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([
      path,
      200,
      '',
    ]);
  }
  await app.close();
});
