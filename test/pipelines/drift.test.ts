/** Drift in the default pipeline: what is planted in a small log is found, what is usual is not, and old databases go on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../benchmarks/support/tables.ts';
import { learning } from '../../pipelines/learning.ts';
import { runPartition } from '../../pipelines/runPartition.ts';
import type { ClickHouseStore } from '../../sinks/clickhouse/store.ts';
import { randomState, uniform } from '../../stats/random.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { linesLog } from '../support/linesLog.ts';

const start = Date.UTC(2026, 2, 2, 6);
const second = 1_000;

interface Plan {
  readonly count: number;
  /** Rows from which on skill-0 is answered wrong, topic-0 is rated two lower, and the course is missing. */
  readonly changesAt: number;
  /** Rows from which on one user answers everything right, three rows of four. */
  readonly programFrom?: number;
}

/** Answers in two skills and ratings of two topics, of sixty users. */
function logOf({ count, changesAt, programFrom = Infinity }: Plan): string[] {
  const random = randomState(3);
  return Array.from({ length: count }, (_, n) => {
    const isProgram = n >= programFrom && n % 4 !== 0;
    const isRated = !isProgram && n % 3 === 0;
    const which = Math.floor(2 * uniform(random));
    const hasChanged = n >= changesAt && which === 0;
    const right = hasChanged ? 0.25 : 0.75;
    const rating = 1 + Math.floor(3 * uniform(random)) + (hasChanged ? 0 : 2);
    const value = isRated ? rating : uniform(random) < right || isProgram ? 1 : 0;
    return JSON.stringify({
      ...{ id: `e-${n}`, type: isRated ? 'rated' : 'answered', time: start + n * 7 * second },
      ...{ user: isProgram ? 'program' : `u-${Math.floor(60 * uniform(random))}`, value },
      item: `i-${Math.floor(20 * uniform(random))}`,
      context: {
        ...{ skill: `skill-${which}`, topic: `topic-${which}`, latency_ms: 100 + (n % 40) },
        ...(n >= changesAt ? {} : { course: 'c' }),
      },
    });
  });
}

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

async function runUntil(
  store: ClickHouseStore,
  log: readonly string[],
  run: { readonly chunk?: number; readonly until?: number; readonly laterFrom?: number } = {},
): Promise<void> {
  const stop = new AbortController();
  await runPartition({
    pipeline: learning,
    partition: 0,
    reader: linesLog(log, {
      chunk: run.chunk ?? 1_000,
      receivedAt: (offset) =>
        start + 10 * 86_400_000 + (offset >= (run.laterFrom ?? Infinity) ? 3_600_000 : 0),
    }),
    store,
    limits: { epochMs: 10, epochEvents: 3_000, checkpointMs: 20 },
    signal: stop.signal,
    report({ state, detail, committedOffset = 0 }) {
      if (state === 'failed') throw new Error(`${detail}`);
      if (committedOffset >= (run.until ?? log.length)) stop.abort();
    },
  });
}

async function alarmsOf(store: ClickHouseStore): Promise<Record<string, number>> {
  const rows = await store.query<{ series: string; alarms: number }>(
    `SELECT concat(name, ' ', key[1]) AS series, figures['alarms'] AS alarms FROM statistics FINAL
     WHERE statistic = 'adwin' AND alarms > 0 ORDER BY series`,
  );
  return Object.fromEntries(rows.map(({ series, alarms }) => [series, alarms]));
}

test('what is planted is found, in its key and nowhere else', async () => {
  const store = await clickhouse.database('planted');
  // What has changed is written when records of another period come.
  await runUntil(store, logOf({ count: 6_200, changesAt: 4_500 }), { laterFrom: 6_000 });
  const alarms = await alarmsOf(store);
  // The model thinks less of the users, and so expects too little of them in the other skill.
  expect(Object.keys(alarms).filter((series) => series !== 'answer_residual skill-1')).toEqual([
    'answer_level skill-0',
    'answer_residual skill-0',
    'rating topic-0',
  ]);
  const profiles = await store.query<{ name: string; missing: number }>(
    `SELECT name, figures['missing'] AS missing FROM statistics FINAL
     WHERE name LIKE 'profile_%' ORDER BY name, window_start`,
  );
  const courses = profiles.filter(({ name }) => name === 'profile_context_course');
  expect(courses[0]!.missing).toBeGreaterThan(0.1);
  expect(
    profiles.filter(({ name }) => name === 'profile_item').every(({ missing }) => missing === 0),
  ).toBe(true);
});

test('nothing is found where nothing changes, even if a program floods a skill', async () => {
  const store = await clickhouse.database('calm');
  const log = logOf({ count: 5_200, changesAt: Infinity, programFrom: 4_200 });
  await runUntil(store, log, { laterFrom: 5_000 });
  expect(await alarmsOf(store)).toEqual({});
});

test('a database of the pipeline before it watched goes on, and rows do not depend on cuts', async () => {
  const log = logOf({ count: 1_500, changesAt: 1_200 });
  const upgraded = await clickhouse.database('upgraded');
  await runUntil(upgraded, log.slice(0, 900));
  // As if it had been written before there were these tables.
  await upgraded.command(
    `ALTER TABLE state DELETE WHERE match(table, '^(behaviour-|drift-|statistic-)') SETTINGS mutations_sync = 1`,
  );
  const [marker] = await upgraded.query<{ value: string; version: number }>(
    `SELECT value, version FROM state FINAL WHERE table = '' AND key = 'marker'`,
  );
  const found = JSON.parse(marker!.value) as { tables: Record<string, number> };
  for (const name of Object.keys(found.tables)) {
    if (/^(behaviour-|drift-|statistic-)/.test(name)) delete found.tables[name];
  }
  await upgraded.command(
    `INSERT INTO state SELECT pipeline, partition, table, key, version, deleted, {value:String} FROM state FINAL
     WHERE table = '' AND key = 'marker'`,
    { value: JSON.stringify(found) },
  );
  await runUntil(upgraded, log);
  const whole = await clickhouse.database('uncut');
  await runUntil(whole, log, { chunk: 2_000 });
  const cut = await clickhouse.database('cut');
  for (const until of [1, 700, 1_500]) await runUntil(cut, log, { chunk: 97, until });
  const [after, contents] = [await readContents(upgraded), await readContents(whole)];
  // What was there before is as if nothing had been added; what watches has begun where it was switched on.
  for (const table of ['events', 'predictions', 'metrics', 'model_quality']) {
    expect(
      describeDifferences(
        new Map([[table, after.get(table)!]]),
        new Map([[table, contents.get(table)!]]),
      ),
    ).toEqual([]);
  }
  const states = (found: typeof contents) =>
    [...found.get('state')!.keys()].filter((key) => key.includes('drift-'));
  expect(states(after).length).toBeGreaterThan(0);
  const own = await readContents(cut);
  for (const table of ['state', 'findings']) {
    expect(
      describeDifferences(
        new Map([[table, own.get(table)!]]),
        new Map([[table, contents.get(table)!]]),
      ),
    ).toEqual([]);
  }
});
