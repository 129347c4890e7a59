import { expect, test } from 'vitest';
import { createDedupeTable } from '../../../operators/state/dedupeTable.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';

test('lists the tables in the order of their making and refuses a name twice', () => {
  const tables = createStateTables(new InternDictionary());
  const numbers = tables.numbers('users', { width: 2, version: 3 });
  const vector = tables.vector('weights', 10);
  const objects = tables.objects<{ n: number }>('windows', 2);
  const ids = createDedupeTable(tables, 'ids', { horizonMs: 1, idsMax: 16 });
  expect(tables.all).toEqual([numbers, vector, objects, ids]);
  expect(tables.all.map(({ version }) => version)).toEqual([3, 1, 2, 1]);
  expect(() => tables.vector('users', 1)).toThrow('name: expected a new one, got users again');
  expect(() => tables.objects('')).toThrow(RangeError);
});
