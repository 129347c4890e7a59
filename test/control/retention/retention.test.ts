/** Retention: what is older goes, what is younger and what is state stays, a run that was killed is gone on with. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keptTables, type RetentionDays, retainedTables } from '../../../contracts/retention.ts';
import { RetentionAnswer } from '../../../contracts/retentionApi.ts';
import { fixedOffset, zoneOffset } from '../../../control/alerts/localTime.ts';
import { keepRetention, lastQuietHour } from '../../../control/retention/keepRetention.ts';
import { leaveDisk, removeOld } from '../../../control/retention/removeOld.ts';
import { createRetentionDesk } from '../../../control/retention/retentionDesk.ts';
import { eraseEverything } from '../../../control/users/eraseEverything.ts';
import type { ClickHouseStore } from '../../../sinks/clickhouse/store.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { eventually } from '../../support/eventually.ts';

const dayMs = 86_400_000;
/** Five in the morning. */
const now = Date.UTC(2026, 0, 15, 5);

let clickhouse: TestClickHouse;
let store: ClickHouseStore;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('retained');
});
afterAll(() => clickhouse.close());

/** Columns that must have a value. */
const more: Record<string, string> = {
  events: ", 'learning' AS pipeline, concat('u', toString(number % 2)) AS user, 'answered' AS type",
  policy_decisions: ", 'u0' AS user, 1 AS version",
  examples: ", 'u0' AS user",
  findings: ", ['u0'] AS key",
};

/** A row a day, the newest of now. */
async function fill(days: number, tables: readonly string[] = ['events', 'examples']) {
  for (const { table, time } of retainedTables.filter((each) => tables.includes(each.table))) {
    const place = table === 'findings' ? 'partition' : 'offset';
    await store.command(
      `INSERT INTO ${table} (${time}, ${place}${namesOf(table)})
       SELECT fromUnixTimestamp64Milli(${now} - number * ${dayMs}, 'UTC') AS ${time}, number AS ${place}${more[table] ?? ''}
       FROM numbers(${days})`,
    );
  }
}

function namesOf(table: string): string {
  return [...(more[table] ?? '').matchAll(/ AS (\w+)/g)].map(([, name]) => `, ${name}`).join('');
}

const agedTables = retainedTables.map(({ table }) => table);

async function countOf(table: string): Promise<number> {
  const [found] = await store.query<{ rows: number }>(`SELECT count() AS rows FROM ${table}`);
  return found!.rows;
}

beforeEach(async () => {
  for (const table of [...agedTables, 'retention_runs'])
    await store.command(`TRUNCATE TABLE ${table}`);
});

const short: RetentionDays = {
  ...{ events: 50, late_events: 50, dead_letters: 50, predictions: 50, policy_decisions: 50 },
  ...{ examples: 50, findings: 50 },
};

function openKeeper(options: { days?: RetentionDays; clock?: () => number } = {}) {
  const said: string[] = [];
  const keeper = keepRetention({
    ...{ store, days: short, offset: fixedOffset(0), clock: () => now },
    ...{ say: (sentence: string) => said.push(sentence), everyMs: 3_600_000 },
    remove: { sliceMs: 20 * dayMs, pollMs: 5 },
    ...options,
  });
  return { keeper, said };
}

describe('a run', () => {
  test('removes from each table what is older, and nothing else', async () => {
    await fill(100, agedTables);
    const { keeper, said } = openKeeper();
    // That of 50 days ago, to the ms, stays.
    expect(await keeper.look()).toBe(49 * retainedTables.length);
    for (const { table, time } of retainedTables) {
      const [left] = await store.query(
        `SELECT count() AS rows, toUnixTimestamp64Milli(min(${time})) AS oldest FROM ${table} FINAL`,
      );
      expect([table, left]).toEqual([table, { rows: 51, oldest: now - 50 * dayMs }]);
    }
    expect(said[0]).toBe('Retention: 49 rows of events, older than 50 days, were removed.');
    await keeper.stop();
  });

  test('has the removed rows leave the disk', async () => {
    await fill(100);
    const { keeper } = openKeeper();
    await keeper.look();
    await eventually(async () => {
      const [parts] = await store.query<{ rows: number }>(
        `SELECT sum(rows) AS rows FROM system.parts
         WHERE database = currentDatabase() AND active AND table = 'events'`,
      );
      expect(parts!.rows).toBe(51);
    });
    await keeper.stop();
  });

  test('leaves all that is state, sum or record as it is', async () => {
    const old = `fromUnixTimestamp64Milli(${now - 5_000 * dayMs}, 'UTC')`;
    const rows: Record<string, string> = {
      state: `(key) SELECT toString(number)`,
      user_preferences: `(user, time) SELECT toString(number), ${old}`,
      experiment_exposures: `(experiment, hour, version) SELECT toString(number), ${old}, 1`,
      experiment_outcomes: `(experiment, metric) SELECT toString(number), 'm'`,
      policy_sums: `(policy, action) SELECT toString(number), 'a'`,
      policy_strays: `(policy, hour) SELECT toString(number), ${old}`,
      metrics: `(metric, window_start) SELECT toString(number), ${old}`,
      statistics: `(name, window_start) SELECT toString(number), ${old}`,
      experiment_definitions: `(key, at) SELECT toString(number), ${old}`,
      audit: `(chain, at) SELECT toString(number), ${old}`,
      alerts: `(id, changed_at) SELECT toString(number), ${old}`,
    };
    for (const [table, columns] of Object.entries(rows)) {
      await store.command(`INSERT INTO ${table} ${columns} FROM numbers(10)`);
    }
    const { keeper } = openKeeper();
    expect(await keeper.look()).toBe(0);
    for (const table of Object.keys(rows))
      expect([table, await countOf(table)]).toEqual([table, 10]);
    await keeper.stop();
  });

  test('is not repeated before the next quiet hour, by whichever process', async () => {
    await fill(60);
    const first = openKeeper();
    expect(await first.keeper.look()).toBeGreaterThan(0);
    await store.command(
      `INSERT INTO events (received_at, offset) VALUES (fromUnixTimestamp64Milli(${now - 60 * dayMs}), 7000)`,
    );
    const second = openKeeper({ clock: () => now + 20 * 3_600_000 });
    expect(await second.keeper.look()).toBe(0);
    const nextNight = openKeeper({ clock: () => now + 23 * 3_600_000 });
    // The one that came, and what is a day older by then.
    expect(await nextNight.keeper.look()).toBeGreaterThan(1);
    for (const { keeper } of [first, second, nextNight]) await keeper.stop();
  });

  test('takes nothing from a table that is kept for ever', async () => {
    await fill(100);
    const { keeper } = openKeeper({ days: { ...short, events: null } });
    await keeper.look();
    expect([await countOf('events'), await countOf('examples')]).toEqual([100, 51]);
    await keeper.stop();
  });

  test('that fails at one table goes on with the next, and is repeated', async () => {
    await fill(60);
    let fails = true;
    const said: string[] = [];
    const failing: ClickHouseStore = {
      ...store,
      command(sql, parameters) {
        if (fails && sql.startsWith('DELETE FROM events')) return Promise.reject(new Error('no'));
        return store.command(sql, parameters);
      },
    };
    const keeper = keepRetention({
      ...{ store: failing, days: short, offset: fixedOffset(0), clock: () => now },
      ...{ say: (sentence: string) => said.push(sentence), everyMs: 3_600_000 },
    });
    await keeper.look();
    expect([await countOf('events'), await countOf('examples')]).toEqual([60, 51]);
    expect(said).toContain('Retention: what is too old was not removed from events: Error: no');
    fails = false;
    await keeper.look();
    expect(await countOf('events')).toBe(51);
    await keeper.stop();
  });
});

test('a run that was killed between two statements is gone on with by another process', async () => {
  await fill(200);
  let statements = 0;
  const killed = new Promise<never>(() => {});
  const dying = {
    ...store,
    async command(sql: string, parameters?: Readonly<Record<string, unknown>>) {
      if (sql.startsWith('DELETE')) statements += 1;
      if (statements > 3) return killed;
      return store.command(sql, parameters);
    },
  };
  const lost = keepRetention({
    ...{ store: dying, days: short, offset: fixedOffset(0), clock: () => now },
    ...{ say: () => {}, everyMs: 3_600_000, remove: { sliceMs: 20 * dayMs, pollMs: 5 } },
  });
  void lost.look();
  await eventually(() => expect(statements).toBe(4));
  expect(await countOf('events')).toBe(200 - 60);
  const { keeper } = openKeeper();
  await keeper.look();
  expect(await countOf('events')).toBe(51);
  const answer = await createRetentionDesk({ store, days: short, clock: () => now }).read();
  expect(answer.tables.find(({ table }) => table === 'events')!.lastRun!.removed).toBe(89);
  await keeper.stop();
});

test('one that is stopped ends with its statement, and is not noted as done', async () => {
  await fill(200);
  let statements = 0;
  const counting: ClickHouseStore = {
    ...store,
    command(sql, parameters) {
      if (sql.startsWith('DELETE')) {
        statements += 1;
        void keeper.stop();
      }
      return store.command(sql, parameters);
    },
  };
  const keeper = keepRetention({
    ...{ store: counting, days: short, offset: fixedOffset(0), clock: () => now },
    ...{ say: () => {}, everyMs: 3_600_000, remove: { sliceMs: 20 * dayMs, pollMs: 5 } },
  });
  await keeper.look();
  expect(statements).toBe(1);
  expect([await countOf('events'), await countOf('retention_runs')]).toEqual([180, 0]);
});

test('rows that come while it removes, as old as those, do not keep it from ending', async () => {
  await fill(100);
  let offset = 10_000;
  const importing = {
    query: store.query,
    async command(sql: string, parameters?: Readonly<Record<string, unknown>>) {
      await store.command(sql, parameters);
      offset += 1;
      await store.command(
        `INSERT INTO events (received_at, offset) VALUES (fromUnixTimestamp64Milli(${now - 99 * dayMs}), ${offset})`,
      );
    },
  };
  const events = { table: 'events', time: 'received_at' };
  const options = { store: importing, sliceMs: 10 * dayMs, pollMs: 5 };
  await removeOld(events, now - 50 * dayMs, options);
  // Those of the last statements wait for the next night.
  expect(await countOf('events')).toBeLessThan(100);
});

test('parts are not rewritten for a few rows, unless that is asked for', async () => {
  await fill(100);
  const events = { table: 'events', time: 'received_at' };
  await removeOld(events, now - 98 * dayMs, { store, pollMs: 5 });
  expect(await countOf('events')).toBe(99);
  expect(await leaveDisk(store, 'events')).toBe(false);
  expect(await leaveDisk(store, 'events', true)).toBe(true);
  expect(await leaveDisk(store, 'late_events', true)).toBe(false);
});

test('the receipt of an erasure tells of what was left, and nothing comes back', async () => {
  await fill(100, ['events', 'examples', 'policy_decisions', 'findings']);
  await store.command(
    `INSERT INTO user_preferences (pipeline, user, preference, since, version, erased, time)
     VALUES ('learning', 'u0', 'topic', 1, 1, 0, fromUnixTimestamp64Milli(${now - 300 * dayMs}))`,
  );
  const { keeper } = openKeeper();
  await keeper.look();
  const append = async () => {};
  const receipt = await eraseEverything('u0', { store, append, partitions: 1, patienceMs: 1 });
  const removed = Object.fromEntries(receipt.removed.map(({ table, rows }) => [table, rows]));
  expect(removed).toMatchObject({ events: 26, examples: 51, policy_decisions: 51, findings: 51 });
  expect(removed).toMatchObject({ user_preferences: 1 });
  expect([await countOf('events'), await countOf('examples')]).toEqual([25, 0]);
  expect(await keeper.look()).toBe(0);
  await keeper.stop();
});

test('it is told what is kept how long, how old it is, and what was removed', async () => {
  await fill(60);
  const { keeper } = openKeeper();
  const removed = await keeper.look();
  const desk = createRetentionDesk({ store, days: { ...short, examples: null }, clock: () => now });
  const answer = RetentionAnswer.parse(await desk.read());
  const told = new Map(answer.tables.map(({ table, ...each }) => [table, each]));
  expect(told.get('events')).toMatchObject({
    ...{ keptForDays: 50, daysMin: 30, rows: 51, oldestAt: now - 50 * dayMs },
    lastRun: { beganAt: now, cutAt: now - 50 * dayMs, removed: 9 },
  });
  expect(told.get('examples')).toMatchObject({ keptForDays: null, rows: 51 });
  expect(told.get('audit')).toMatchObject({ keptForDays: null, daysMin: null, oldestAt: null });
  expect([...told.keys()].toSorted()).toEqual(
    [...agedTables, ...Object.keys(keptTables)].toSorted(),
  );
  expect(answer.sentence).toBe(
    `Rows of ${retainedTables.length - 1} tables leave by their age; the last run removed ${removed - 9}.`,
  );
  expect(await desk.read()).toBe(await desk.read());
  await keeper.stop();
});

test('the quiet hour is three in the morning where the institution is', () => {
  const berlin = zoneOffset('Europe/Berlin');
  const at = (text: string) => lastQuietHour(Date.parse(text), berlin);
  expect(at('2026-01-15T05:00:00Z')).toBe(Date.parse('2026-01-15T02:00:00Z'));
  expect(at('2026-01-15T02:00:00Z')).toBe(Date.parse('2026-01-15T02:00:00Z'));
  expect(at('2026-01-15T01:59:59Z')).toBe(Date.parse('2026-01-14T02:00:00Z'));
  expect(at('2026-07-15T00:30:00Z')).toBe(Date.parse('2026-07-14T01:00:00Z'));
});
