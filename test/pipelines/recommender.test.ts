/** Recommenders of a pipeline from lines of text to ClickHouse: stops and cuts change nothing, and what is no outcome is left out. */
import { merge, share } from 'rxjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../benchmarks/support/tables.ts';
import type { Pipeline } from '../../contracts/pipeline.ts';
import { recommenders } from '../../models/recommenders/registry.ts';
import { watermark } from '../../operators/watermark.ts';
import { type PlacedRecommender, recommender } from '../../pipelines/recommender.ts';
import { runPartition } from '../../pipelines/runPartition.ts';
import type { ClickHouseStore } from '../../sinks/clickhouse/store.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { linesLog } from '../support/linesLog.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

const start = Date.parse('2026-03-02T08:00:00Z');
const receivedAt = start + 3_600_000;

/** A pipeline of recommenders: [name in the registry, options]. */
function pipelineOf(...parts: readonly (readonly [string, PlacedRecommender])[]): Pipeline {
  return {
    name: 'taken',
    version: 1,
    summary: 'Recommenders of what is taken.',
    columns: { strings: ['context.topic'], numbers: ['context.stars'] },
    build(events, context) {
      const clock = watermark({ latenessMs: 60_000, table: context.tables.objects('clock') });
      const timely = events.pipe(clock, share());
      return merge(
        ...parts.map(([name, options]) =>
          timely.pipe(recommender(context, 'taken', recommenders.get(name)!, options)),
        ),
      );
    },
  };
}

const all = pipelineOf(
  ['matrix-factorization', { name: 'factors', parameters: { usersMax: 4, factors: 2 } }],
  [
    'factorization-machine',
    { name: 'machine', columns: { attribute: 'context.topic' }, parameters: { bits: 10 } },
  ],
  ['similar-items', { name: 'similar', parameters: { neighboursMax: 2, itemsMax: 5 } }],
  ['popularity', { name: 'stars', outcome: 'context.stars', takenFrom: 4 }],
);

function line(n: number, more: object = {}): string {
  return JSON.stringify({
    ...{ id: `e${n}`, type: 'offered', user: `u${n % 7}`, item: `i${n % 11}` },
    ...{ time: start + n * 1_000, value: (n * 7) % 5 < 2 ? 1 : 0 },
    context: { topic: `t${n % 3}`, stars: 1 + (n % 5) },
    ...more,
  });
}

interface Run {
  readonly chunk?: number;
  readonly epochEvents?: number;
  readonly until?: number;
  readonly pipeline?: Pipeline;
}

/** @returns why the partition failed, if it did */
async function runUntil(
  store: ClickHouseStore,
  log: readonly string[],
  { chunk = 400, epochEvents = 1_000, until = log.length, pipeline = all }: Run = {},
): Promise<string | null> {
  const stop = new AbortController();
  let failure: string | null = null;
  await runPartition({
    ...{ pipeline, partition: 0, reader: linesLog(log, { chunk, receivedAt }), store },
    limits: { epochMs: 10, epochEvents, checkpointMs: 20 },
    signal: stop.signal,
    report({ state, detail, committedOffset = 0 }) {
      if (state === 'failed') failure = detail;
      if (failure !== null || committedOffset >= until) stop.abort();
    },
  });
  return failure;
}

test('stops and other cuts leave the same rows, state included', async () => {
  const log = Array.from({ length: 300 }, (_, n) => line(n));
  const whole = await clickhouse.database('taken_whole');
  await runUntil(whole, log);
  const broken = await clickhouse.database('taken_broken');
  for (const until of [1, 90, 91, 200, 300]) {
    await runUntil(broken, log, { chunk: 7, epochEvents: 30, until });
  }
  const contents = await readContents(whole);
  expect(contents.get('predictions')!.size).toBe(4 * 300);
  expect(contents.get('state')!.size).toBeGreaterThan(40);
  expect(describeDifferences(await readContents(broken), contents)).toEqual([]);
}, 60_000);

test('rows that are late, lack user or item, or have no outcome are neither predicted nor learnt', async () => {
  const good = [line(0), line(200)];
  const bad = [
    line(201, { item: undefined }),
    line(202, { value: 0.5, context: {} }),
    line(203, { value: undefined, context: { topic: 't1' } }),
    line(100, { id: 'late' }),
    line(204, { value: 2, context: { stars: 'four' } }),
  ];
  const store = await clickhouse.database('taken_bad');
  await runUntil(store, [...good, ...bad]);
  const rows = await store.query<{ model: string; offset: number; label: number }>(
    'SELECT model, toUInt32(offset) AS offset, label FROM predictions FINAL ORDER BY model, offset',
  );
  const of = (model: string, labels: readonly number[]) =>
    labels.map((label, offset) => ({ model, offset, label }));
  expect(rows).toEqual([
    ...of('factors', [1, 1]),
    ...of('machine', [1, 1]),
    ...of('similar', [1, 1]),
    ...of('stars', [0, 0]),
  ]);
  const [quality] = await store.query<{ count: number }>(
    `SELECT toUInt32(sum(count)) AS count FROM model_quality FINAL WHERE model = 'machine'`,
  );
  expect(quality).toEqual({ count: 2 });
}, 60_000);

test('state of other parameters or columns is refused', async () => {
  const log = [line(0), line(1)];
  const store = await clickhouse.database('taken_other');
  const usual = pipelineOf(['popularity', { name: 'popular' }]);
  expect(await runUntil(store, log, { pipeline: usual, until: 1 })).toBeNull();
  for (const options of [{ columns: { item: 'context.topic' } }, { parameters: { rate: 0.2 } }]) {
    const other = pipelineOf(['popularity', { name: 'popular', ...options }]);
    expect(await runUntil(store, log, { pipeline: other })).toMatch(/^SNAPSHOT_FOREIGN/);
  }
  expect(await runUntil(store, log, { pipeline: usual })).toBeNull();
}, 60_000);

test('what makes no sense is refused when the pipeline is built', async () => {
  const store = await clickhouse.database('taken_wrong');
  for (const [options, reason] of [
    [{ takenFrom: Number.NaN }, /takenFrom: expected a finite number/],
    [{ parameters: { factors: 0 } }, /factors: expected an integer in \[1, 64\]/],
    [{ columns: { teacher: 'user' } }, /expected roles of matrix-factorization/],
  ] as const) {
    const pipeline = pipelineOf(['matrix-factorization', { name: 'wrong', ...options }]);
    expect(await runUntil(store, [line(0)], { pipeline })).toMatch(reason);
  }
});
