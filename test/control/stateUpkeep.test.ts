/** Deleted keys leave the state when they outnumber the others, and nothing else does. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepStateSmall } from '../../control/stateUpkeep.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

test('the state is merged only when it is worth it, and keeps every key that is not deleted', async () => {
  const store = await clickhouse.database('upkeep');
  const insert = (keys: number, version: number, deleted: number) =>
    store.command(
      `INSERT INTO state SELECT 'learning', 0, 'views', toString(number), ${version}, ${deleted}, ''
       FROM numbers(${keys})`,
    );
  const rows = async () => {
    const [found] = await store.query<{ stored: number; live: number }>(
      'SELECT (SELECT count() FROM state) AS stored, (SELECT count() FROM state FINAL) AS live',
    );
    return found;
  };
  const upkeep = keepStateSmall(store, () => {}, { everyMs: 3_600_000, deletedMin: 50 });
  await insert(100, 1, 0);
  await insert(40, 2, 1);
  expect(await upkeep.tidy()).toBe(0); // few
  expect(await rows()).toEqual({ stored: 140, live: 60 });
  await insert(90, 3, 1);
  expect(await upkeep.tidy()).toBe(130);
  expect(await rows()).toEqual({ stored: 10, live: 10 });
  upkeep.stop();
});
