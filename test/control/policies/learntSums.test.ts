/** What policies have learnt, as it is read again and again: nothing is missed, and what is known is not read anew. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../../contracts/store.ts';
import { LearntSums } from '../../../control/policies/learntSums.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

const row = (policy: string, action: string, partition: number, version: number, sum: number) =>
  `('learning', '${policy}', '${action}', 'd', ${partition}, ${version}, [${sum}])`;

test('the newest of each is held; a row that comes late is found, and the rest is not read again', async () => {
  const store = await clickhouse.database('learnt_sums');
  const put = (...rows: string[]) =>
    store.command(`INSERT INTO policy_sums VALUES ${rows.join(', ')}`);
  let bytes = 0;
  const counted: Pick<Store, 'query' | 'readBinary'> = {
    query: (...of) => store.query(...of),
    async readBinary(...of) {
      const read = await store.readBinary(...of);
      bytes += read.length;
      return read;
    },
  };
  let now = 0;
  const sums = new LearntSums({ store: counted as Store, now: () => now, wholeEveryMs: 1_000 });
  const held = (policy: string, action: string) =>
    sums
      .of(policy, 'd', action)
      .map(({ partition, version, sums: [sum] }) => [partition, version, sum]);
  await put(row('tutor', 'a', 0, 5, 1), row('tutor', 'b', 0, 7, 2), row('tutor', 'a', 1, 3, 3));
  await put(row('tutor', 'a', 0, 6, 1.5));
  expect(await sums.refresh()).toEqual(new Set(['tutor']));
  expect(held('tutor', 'a').toSorted()).toEqual([
    [0, 6, 1.5],
    [1, 3, 3],
  ]);
  expect(sums.learnt('tutor', 'd')).toBe('0:7,1:3');
  bytes = 0;
  expect(await sums.refresh()).toEqual(new Set());
  now += 1_000;
  expect(await sums.refresh()).toEqual(new Set());
  expect(bytes).toBe(0);
  // Below what was seen of its partition: only the look at everything finds it.
  await put(row('other', 'a', 0, 4, 9));
  expect(await sums.refresh()).toEqual(new Set());
  now += 1_000;
  expect(await sums.refresh()).toEqual(new Set(['other']));
  expect(held('other', 'a')).toEqual([[0, 4, 9]]);
  await put(row('tutor', 'b', 0, 9, 4), row('tutor', 'a', 2, 1, 1));
  expect(await sums.refresh()).toEqual(new Set(['tutor']));
  expect(held('tutor', 'b')).toEqual([[0, 9, 4]]);
});
