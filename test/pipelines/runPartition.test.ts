/** The life of a partition against a real ClickHouse: stops, faults and poison change nothing in the end. */
import { map, tap } from 'rxjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../benchmarks/support/tables.ts';
import type { LogReader } from '../../contracts/chunk.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Pipeline } from '../../contracts/pipeline.ts';
import type { Store } from '../../contracts/store.ts';
import { learning } from '../../pipelines/learning.ts';
import { runPartition } from '../../pipelines/runPartition.ts';
import type { PartitionReport } from '../../pipelines/status.ts';
import { lines, receivedAt } from '../support/answers.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { failingOn } from '../support/failingOn.ts';
import { linesLog } from '../support/linesLog.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

interface Run {
  readonly store: Store;
  readonly log: readonly string[];
  readonly chunk?: number;
  readonly epochEvents?: number;
  readonly checkpointMs?: number;
  /** Records before this are gone from the log. */
  readonly start?: number;
  readonly pipeline?: Pipeline;
  /** Stop as soon as this much is committed. */
  readonly until?: number;
  readonly onReport?: (report: PartitionReport) => void;
}

async function runUntil(run: Run): Promise<void> {
  const { store, log, chunk = 13, epochEvents = 40, pipeline = learning, until = log.length } = run;
  const { checkpointMs = 20 } = run;
  const stop = new AbortController();
  await runPartition({
    pipeline,
    partition: 0,
    reader: linesLog(log, { chunk, receivedAt, start: run.start ?? 0 }),
    store,
    limits: { epochMs: 10, epochEvents, checkpointMs },
    signal: stop.signal,
    report(report) {
      run.onReport?.(report);
      if ((report.committedOffset ?? 0) >= until) stop.abort();
    },
  });
}

test('each record ends in exactly one place', async () => {
  const store = await clickhouse.database('places');
  await runUntil({ store, log: lines(200) });
  const count = async (table: string) =>
    (await store.query<{ n: number }>(`SELECT count() AS n FROM ${table} FINAL`))[0]!.n;
  expect(await count('dead_letters')).toBe(2);
  // 200 less two refused and one duplicate.
  expect(await count('events')).toBe(197);
  expect(await count('late_events')).toBe(1);
  const refused = await store.query('SELECT offset, code FROM dead_letters FINAL ORDER BY offset');
  expect(refused).toMatchObject([
    { offset: 50, code: 'EVENT_NOT_JSON' },
    { offset: 51, code: 'EVENT_TIME_OUT_OF_RANGE' },
  ]);
});

test('stops and other cuts leave the same rows, state included', async () => {
  const log = lines(400);
  const whole = await clickhouse.database('whole');
  await runUntil({ store: whole, log, chunk: 400, epochEvents: 1_000 });
  const broken = await clickhouse.database('broken');
  for (const until of [1, 90, 91, 200, 333, 400]) {
    await runUntil({ store: broken, log, chunk: 7, epochEvents: 30, until });
  }
  expect(describeDifferences(await readContents(broken), await readContents(whole))).toEqual([]);
});

test('what is written is told before its checkpoint is complete', async () => {
  const store = await clickhouse.database('told');
  const rows: Promise<number>[] = [];
  const told: [written: number | undefined, committed: number | undefined][] = [];
  await runUntil({
    store,
    log: lines(100),
    onReport({ writtenOffset, committedOffset }) {
      if (writtenOffset === 0) return;
      told.push([writtenOffset, committedOffset]);
      const counted = store.query<{ n: number }>('SELECT count() AS n FROM events FINAL');
      rows.push(counted.then(([row]) => row!.n));
    },
  });
  const [written, committed] = told.slice(-2);
  expect(written).toEqual([100, undefined]);
  expect(committed).toEqual([undefined, 100]);
  // Already then they can be read.
  expect((await Promise.all(rows)).at(-2)).toBeGreaterThanOrEqual(97);
});

test('a backlog is cut by size, except for the first epoch, and its rest by time', async () => {
  const slow: Pipeline = {
    ...learning,
    build: (events, context) =>
      learning.build(
        events.pipe(
          tap(() => {
            for (const until = performance.now() + 3; performance.now() < until; );
          }),
        ),
        context,
      ),
  };
  const sizes: number[] = [];
  let written = 0;
  await runUntil({
    store: await clickhouse.database('backlog'),
    log: lines(400),
    chunk: 5,
    epochEvents: 100,
    checkpointMs: 1_000,
    pipeline: slow,
    onReport({ writtenOffset = written }) {
      if (writtenOffset > written) sizes.push(writtenOffset - written);
      written = writtenOffset;
    },
  });
  const [first, ...others] = sizes;
  expect(first).toBeLessThan(100);
  // Refused records are read but are no events.
  const whole = others.filter((size) => size >= 100);
  expect(whole.length).toBeGreaterThanOrEqual(2);
  expect(others.slice(0, whole.length)).toEqual(whole);
});

test('a sink that fails for a while is waited for and nothing is lost', async () => {
  const log = lines(300);
  const whole = await clickhouse.database('calm');
  await runUntil({ store: whole, log });
  const stormy = await clickhouse.database('stormy');
  let calls = 0;
  const states = new Set<string>();
  const flaky: Store = {
    query: (...given) => stormy.query(...given),
    readBinary: (...given) => stormy.readBinary(...given),
    command: (...given) => stormy.command(...given),
    barrier: () => stormy.barrier(),
    async insert(table, rows) {
      calls += 1;
      if (calls % 5 === 1) throw new EngineError('SINK_UNAVAILABLE', 'no answer');
      await stormy.insert(table, rows);
      // In doubt: written, but the answer is lost.
      if (calls % 5 === 3) throw new EngineError('SINK_UNAVAILABLE', 'the answer was lost');
    },
  };
  await runUntil({ store: flaky, log, onReport: ({ state }) => states.add(state) });
  expect(states).toContain('waiting');
  expect(describeDifferences(await readContents(stormy), await readContents(whole))).toEqual([]);
});

test('a record that breaks the pipeline is refused alone', async () => {
  const store = await clickhouse.database('poison');
  const fragile = failingOn(learning, (batch) => batch.offsets.includes(120));
  await runUntil({ store, log: lines(200), pipeline: fragile });
  const refused = await store.query(
    `SELECT offset, code, reason FROM dead_letters FINAL WHERE code = 'EVENT_POISONOUS'`,
  );
  expect(refused).toMatchObject([
    { offset: 120, reason: expect.stringContaining('cannot digest') },
  ]);
  const [events] = await store.query<{ n: number }>('SELECT count() AS n FROM events FINAL');
  expect(events!.n).toBe(196);
});

test('a log of which every record breaks the pipeline is refused whole, and the marker goes on', async () => {
  const store = await clickhouse.database('venom');
  const markers: number[] = [];
  await runUntil({
    store,
    log: lines(200),
    chunk: 50,
    pipeline: failingOn(learning, (batch) => batch.length > 0),
    onReport({ committedOffset = 0 }) {
      if (committedOffset > (markers.at(-1) ?? 0)) markers.push(committedOffset);
    },
  });
  expect(markers.length).toBeGreaterThanOrEqual(4); // each chunk is done with for good
  expect(markers.at(-1)).toBe(200);
  const refused = await store.query(
    'SELECT code, count() AS n FROM dead_letters FINAL GROUP BY code ORDER BY code',
  );
  expect(refused).toEqual([
    { code: 'EVENT_NOT_JSON', n: 1 },
    { code: 'EVENT_POISONOUS', n: 198 },
    { code: 'EVENT_TIME_OUT_OF_RANGE', n: 1 },
  ]);
});

test('a pipeline that has never committed begins where the log begins', async () => {
  const store = await clickhouse.database('newcomer');
  await runUntil({ store, log: lines(120), start: 100 });
  const [found] = await store.query<{ n: number; first: number }>(
    'SELECT count() AS n, min(offset) AS first FROM events FINAL',
  );
  expect(found).toEqual({ n: 20, first: 100 });
});

/** Runs until the partition has failed so often; returns what it said each time. */
async function failures(
  store: Store,
  pipeline: Pipeline,
  reader: LogReader,
  count = 1,
): Promise<string[]> {
  const stop = new AbortController();
  const details: string[] = [];
  await runPartition({
    pipeline,
    partition: 0,
    reader,
    store,
    limits: { epochMs: 10, epochEvents: 10, checkpointMs: 20 },
    signal: stop.signal,
    report({ state, detail }) {
      if (state !== 'failed') return;
      details.push(detail!);
      if (details.length >= count) stop.abort();
    },
  });
  return details;
}

test('state of another version is refused with a sentence', async () => {
  const store = await clickhouse.database('foreign');
  await runUntil({ store, log: lines(40), until: 40 });
  const next = { ...learning, version: learning.version + 1 };
  const [detail] = await failures(store, next, linesLog(lines(40), { chunk: 10, receivedAt }));
  expect(detail).toMatch(/SNAPSHOT_FOREIGN: pipeline learning: expected state of version/);
});

describe('a log that is not the one of the marker is a failure, never a gap', () => {
  const whole = { chunk: 13, receivedAt };
  test.each([
    ['has lost what follows', linesLog(lines(120), { ...whole, start: 100 }), '100 to 120'],
    ['is an older copy', linesLog(lines(20), whole), '0 to 20'],
    [
      'was made anew and has grown as far',
      linesLog(lines(120), { ...whole, receivedAt: receivedAt + 100 }),
      'the record 39 is not the one',
    ],
    ['was made anew with more partitions', { ...linesLog(lines(120), whole), partitions: 2 }, '2'],
    [
      'did not have the partition before',
      { ...linesLog(lines(120), whole), partitions: 0 },
      'more',
    ],
  ])('%s', async (name, reader, words) => {
    const store = await clickhouse.database(name.replaceAll(' ', '_'));
    await runUntil({ store, log: lines(40) });
    const [detail] = await failures(store, learning, reader);
    expect(detail).toMatch(/^(LOG_UNAVAILABLE|PARTITIONS_CHANGED): /);
    expect(detail).toContain(words);
  });
});

test('a pipeline that fails on any batch says so and waits, instead of trying without a pause', async () => {
  const store = await clickhouse.database('undigesting');
  const broken: Pipeline = {
    ...learning,
    build: (events) =>
      events.pipe(
        map(() => {
          throw new RangeError('no such column');
        }),
      ),
  };
  const started = performance.now();
  const reader = linesLog(lines(40), { chunk: 10, receivedAt });
  const details = await failures(store, broken, reader, 2);
  expect(details[0]).toBe('RangeError: no such column');
  expect(performance.now() - started).toBeGreaterThan(90);
});
