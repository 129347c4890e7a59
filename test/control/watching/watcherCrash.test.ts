/** The watcher ends at any step of its storing, before or behind it, and begins anew: what comes of it is the same. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../contracts/store.ts';
import type { Teller } from '../../../control/watching/alertDesk.ts';
import { readAlerts } from '../../../control/watching/alertRows.ts';
import { readReadings } from '../../../control/watching/readingRows.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import {
  emptyTables,
  limitWatch,
  minute,
  noon,
  steady,
  type Watched,
  watch,
  writeMinutes,
} from '../../support/watched.ts';

let clickhouse: TestClickHouse;
let store: Store;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('watcher');
});
afterAll(() => clickhouse.close());
beforeEach(() => emptyTables(store));

const route = { key: 'staff', name: 'Staff', to: { kind: 'email', to: ['staff@example.org'] } };
const given = {
  watches: [
    limitWatch({ routes: ['staff'], clearMs: 5 * minute }),
    limitWatch({
      ...{ key: 'each', routes: ['staff'] },
      source: { kind: 'metric', metric: 'events', figure: 'count', by: 'segment' },
    }),
  ],
  routes: [route],
};

/** Which step fails, counted from the first, and whether it takes effect before. */
interface Fault {
  readonly step: number;
  readonly isDone: boolean;
}

class Killed extends Error {}

/** Steps of storing: each may be the last. */
function fragile(fault: Fault | undefined) {
  let steps = 0;
  let isDead = false;
  async function step(run: () => Promise<void>): Promise<void> {
    if (isDead) throw new Killed('it is dead');
    const isLast = steps === fault?.step;
    steps += 1;
    if (!isLast) return run();
    if (fault!.isDone) await run();
    isDead = true;
    throw new Killed(`at step ${fault!.step}`);
  }
  const outbox: Teller = {
    tell: (alert, what, routes) =>
      step(async () => {
        const at = `fromUnixTimestamp64Milli(toInt64(${noon}), 'UTC')`;
        for (const each of routes) {
          const tail = `1, ${at}, ${at}, 0, ${at}, 'waiting', '', ''`;
          const row = `('${alert}', '${each}', '${what}', ${tail})`;
          await store.command(`INSERT INTO alert_notices VALUES ${row}`);
        }
      }),
  };
  const failing: Store = {
    ...store,
    query: (sql, parameters, signal) => store.query(sql, parameters, signal),
    insert: (table, rows) => step(() => store.insert(table, rows)),
  };
  return { failing, outbox, count: () => steps };
}

/** What was there before, a rise, and its end. */
const counts = [5, 5, 30, 5, 5];

async function live(fault?: Fault): Promise<{ steps: number; deaths: number }> {
  await emptyTables(store);
  let now = noon;
  let deaths = 0;
  // Before anything was judged there is nothing to go on from: all is past to who begins.
  let place = fragile(undefined);
  const begin = () => watch(place.failing, given, () => now, { teller: place.outbox });
  let at: Watched = begin();
  await at.look();
  for (const [i, count] of counts.entries()) {
    const from = noon + 5 * i * minute;
    await writeMinutes(store, 'events', [
      ...steady(from, from + 5 * minute, count, 'viewed'),
      // The next one has begun.
      { at: from + 5 * minute, count: 0, partition: 1 },
    ]);
    now = from + 6 * minute;
    if (i === 2) {
      place = fragile(fault);
      at = begin();
    }
    try {
      await at.look();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      deaths += 1;
      place = fragile(undefined);
      at = begin();
      await at.look();
    }
  }
  return { steps: place.count(), deaths };
}

async function outcome() {
  const alerts = await readAlerts(store);
  const told = await store.query<{ alert: string; what: string }>(
    'SELECT alert, what FROM alert_notices FINAL ORDER BY alert, what',
  );
  const range = { from: 0, to: noon * 2 };
  const course = await Promise.all([
    readReadings(store, 'many', [], range),
    readReadings(store, 'each', ['viewed'], range),
  ]);
  const plain = alerts.map(({ id, watch: of, key, state, since, firedAt, resolvedAt, ending }) => {
    return { id, of, key, state, since, firedAt, resolvedAt, ending };
  });
  return { alerts: plain, told, course };
}

describe('a watcher that ends', () => {
  test('at any step leads to the same alerts, each told once, and judges everything', async () => {
    const { steps } = await live();
    const undisturbed = await outcome();
    expect(undisturbed.alerts).toHaveLength(2);
    // Of an incident the head alone is told.
    expect(undisturbed.told).toHaveLength(2);
    expect(undisturbed.course.map(({ length }) => length)).toEqual([5, 5]);
    for (let step = 0; step < steps; step += 1) {
      for (const isDone of [false, true]) {
        const { deaths } = await live({ step, isDone });
        expect({ step, isDone, deaths, ...(await outcome()) }).toEqual({
          ...{ step, isDone, deaths: 1 },
          ...undisturbed,
        });
      }
    }
  }, 60_000);
});
