/**
 * Rows of users that have left memory come back from ClickHouse into the data plane, exactly: over ends of the process at every
 * insert, beside another worker, through records that break the pipeline.
 */
import { map } from 'rxjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Contents,
  describeDifferences,
  readContents,
} from '../../benchmarks/support/tables.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Pipeline } from '../../contracts/pipeline.ts';
import type { Store } from '../../contracts/store.ts';
import { insertingStore } from '../../pipelines/insertingStore.ts';
import { type RecallPlace, recall } from '../../pipelines/recall.ts';
import { runPartition } from '../../pipelines/runPartition.ts';
import { randomState, uniform } from '../../stats/random.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { eraseLine, likingLines, likingStart, ratedLine } from '../support/likingLines.ts';
import { ratingsPipeline } from '../support/likingPipeline.ts';
import { linesLog } from '../support/linesLog.ts';

const receivedAt = likingStart + 30 * 24 * 3_600_000;
const all = likingLines(240, 12, 11);
all.splice(120, 0, eraseLine('u3', 120), eraseLine('u4', 120));
const tight = ratingsPipeline(4);

let clickhouse: TestClickHouse;
/** What a run writes that is never disturbed. */
let expected: Contents;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  const store = await clickhouse.database('undisturbed');
  await live({ store });
  expected = await readContents(store);
});
afterAll(() => clickhouse.close());

interface Life {
  readonly store: Store;
  /** What the log will have: it grows by a chunk when what it has is written. */
  readonly lines?: readonly string[];
  /** What it has. */
  readonly log?: string[];
  readonly pipeline?: Pipeline;
  readonly chunk?: number;
  readonly signal?: AbortSignal;
  onFailure?(detail: string): void;
}

/** Runs until all is committed, or the signal. */
async function live({ store, lines = all, log = [], pipeline = tight, chunk = 9, ...life }: Life) {
  const stop = new AbortController();
  const grow = () => log.push(...lines.slice(log.length, log.length + chunk));
  if (log.length === 0) grow();
  life.signal?.addEventListener('abort', () => stop.abort());
  await runPartition({
    ...{ pipeline, partition: 0, reader: linesLog(log, { chunk, receivedAt }), store },
    limits: { epochMs: 3, epochEvents: 30, checkpointMs: 8 },
    signal: stop.signal,
    report({ state, detail, committedOffset = 0, writtenOffset = 0 }) {
      if (writtenOffset >= log.length) grow();
      if (state === 'failed') life.onFailure?.(detail ?? '');
      if (committedOffset >= lines.length) stop.abort();
    },
  });
}

/** Counts the readings of rows that have left memory. */
function counting(store: Store, reads: { count: number }): Store {
  return {
    ...insertingStore(store, (table, rows) => store.insert(table, rows)),
    readBinary(sql, parameters) {
      if (parameters?.['table'] === 'preference-topic-users/cold') reads.count += 1;
      return store.readBinary(sql, parameters);
    },
  };
}

/** A process that ends at an insert: what is sent afterwards does not arrive. */
async function liveUntilDeath(
  store: Store,
  log: string[],
  inserts: number,
  isApplied: boolean,
): Promise<boolean> {
  const stop = new AbortController();
  let left = inserts;
  const dead = () => new EngineError('SINK_UNAVAILABLE', 'the process has ended');
  const mortal = insertingStore(store, async (table, rows) => {
    if (stop.signal.aborted) throw dead();
    left -= 1;
    if (left > 0) return store.insert(table, rows);
    if (isApplied) await store.insert(table, rows);
    stop.abort();
    throw dead();
  });
  await live({ store: mortal, log, signal: stop.signal });
  return left <= 0;
}

test('a process that ends at any insert leaves what another goes on from, with the same rows', async () => {
  const random = randomState(5);
  const store = await clickhouse.database('dying');
  const reads = { count: 0 };
  const log: string[] = [];
  let deaths = 0;
  for (let life = 0; life < 25; life += 1) {
    const inserts = 1 + Math.floor(uniform(random) * 12);
    const isApplied = uniform(random) < 0.5;
    const isDead = await liveUntilDeath(counting(store, reads), log, inserts, isApplied);
    if (isDead) deaths += 1;
  }
  await live({ store: counting(store, reads), log });
  expect(deaths).toBeGreaterThan(10);
  expect(reads.count).toBeGreaterThan(20);
  expect(describeDifferences(await readContents(store), expected)).toEqual([]);
}, 120_000);

test('a worker that finds the marker of another begins again behind it, and both write the same', async () => {
  const store = await clickhouse.database('two_workers');
  const failures: string[] = [];
  const onFailure = (detail: string) => failures.push(detail);
  // Has stopped for a while, with what it had read.
  let isAway = false;
  let back = () => {};
  const slow: Store = {
    ...insertingStore(store, (table, rows) => store.insert(table, rows)),
    async readBinary(sql, parameters) {
      if (parameters?.['table'] !== undefined && !isAway) {
        isAway = true;
        await new Promise<void>((resolve) => {
          back = resolve;
        });
      }
      return store.readBinary(sql, parameters);
    },
  };
  const log: string[] = [];
  const first = live({ store: slow, log, onFailure });
  await expect.poll(() => isAway, { timeout: 20_000 }).toBe(true);
  await live({ store, log, chunk: 4 });
  back();
  await first;
  expect(failures).toEqual([
    expect.stringMatching(/^OWNERSHIP_LOST: another worker has committed/),
  ]);
  expect(describeDifferences(await readContents(store), expected)).toEqual([]);
}, 120_000);

test('a record that breaks the pipeline is found also where rows have left memory', async () => {
  const breaking = (pipeline: Pipeline): Pipeline => ({
    ...pipeline,
    build: (events, context) =>
      pipeline.build(
        events.pipe(
          map((batch) => {
            const at = [...batch.offsets].indexOf(160);
            if (at >= 0) throw new Error('a record that breaks it');
            return batch;
          }),
        ),
        context,
      ),
  });
  const of = async (name: string, usersMax: number) => {
    const store = await clickhouse.database(name);
    await live({ store, pipeline: breaking(ratingsPipeline(usersMax)) });
    const contents = await readContents(store);
    return ['user_preferences', 'preference_sums'].map((table) => [...contents.get(table)!]);
  };
  expect(await of('poison_tight', 4)).toEqual(await of('poison_roomy', 100));
}, 120_000);

test('what several chunks ask for is read at once', async () => {
  const store = await clickhouse.database('backlog');
  const log = all.slice(0, 60);
  await live({ store, lines: log, log });
  const reads = { count: 0 };
  await live({ store: counting(store, reads), log: [...all], chunk: 2 });
  expect(reads.count).toBeLessThan(5);
  expect(describeDifferences(await readContents(store), expected)).toEqual([]);
}, 120_000);

test('users of any name come back', async () => {
  const users = [
    "o'hara",
    'back\\slash',
    '日本',
    '\ufeffmark',
    'new\nline',
    'a"b',
    'x'.repeat(256),
  ];
  const lines = Array.from({ length: 42 }, (_, i) =>
    ratedLine(`r${i}`, users[i % users.length]!, i, 'art', 1 + (i % 5)),
  );
  const rows = async (name: string, usersMax: number) => {
    const store = await clickhouse.database(name);
    await live({ store, lines, pipeline: ratingsPipeline(usersMax), chunk: 7 });
    return store.query('SELECT * FROM user_preferences FINAL ORDER BY user, since');
  };
  const roomy = await rows('names_roomy', 100);
  expect(roomy).toHaveLength(users.length);
  expect(await rows('names_tight', 2)).toEqual(roomy);
}, 120_000);

describe('what the store shows', () => {
  /** Answers with a marker, and no row. */
  function placeOf(endOffset: number): RecallPlace {
    const writer = new ByteWriter();
    writer.text('');
    writer.text('marker');
    const tables = { t: 1 };
    writer.text(JSON.stringify({ endOffset, pipeline: 'p', version: 1, partitions: 1, tables }));
    const bytes = writer.take();
    const store = { readBinary: async () => bytes } as Partial<Store> as Store;
    return { store, pipeline: 'p', partition: 0, settled: 40, underWay: 50 };
  }
  const asked = async (endOffset: number) => {
    const got: unknown[] = [];
    const rows = {
      name: 't/cold',
      recalled: (key: string, value: unknown) => got.push([key, value]),
    } as Partial<Parameters<typeof recall>[0][number]['rows']> as never;
    await recall([{ rows, keys: ['ada', 'bob'] }], placeOf(endOffset));
    return got;
  };

  test.each([40, 50])('is taken with the marker of this run: %i', async (endOffset) => {
    expect(await asked(endOffset)).toEqual([
      ['ada', undefined],
      ['bob', undefined],
    ]);
  });

  test('is asked for again with an older one, and refused with one of somebody else', async () => {
    await expect(asked(39)).rejects.toMatchObject({ code: 'SINK_UNAVAILABLE' });
    for (const endOffset of [41, 51]) {
      await expect(asked(endOffset)).rejects.toMatchObject({ code: 'OWNERSHIP_LOST' });
    }
  });
});
