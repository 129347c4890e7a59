import { expect, test } from 'vitest';
import { NewerRows } from '../../../control/preferences/newerRows.ts';

test('asks for what is beyond the largest version seen, by partition, and for partitions never seen', () => {
  const newer = new NewerRows(10_000, () => 0);
  expect(newer.where().sql).toBe('true');
  newer.see(0, 7);
  newer.see(2, 3);
  newer.see(0, 5);
  expect(newer.where().sql).toBe(
    '(partition = 0 AND version > 7) OR (partition = 2 AND version > 3) OR partition NOT IN (0, 2)',
  );
});

test('asks again for the newest of twice the overlap, every overlap', () => {
  let now = 0;
  const newer = new NewerRows(100, () => now);
  const floors: string[] = [];
  for (let version = 1; version <= 5; version += 1) {
    newer.see(0, version * 10);
    floors.push(/> (\d+)/.exec(newer.where().sql)![1]!);
    now += 100;
  }
  // The third to remember is the first to be asked for again: what was seen 200 ms before.
  expect(floors).toEqual(['10', '20', '30', '20', '30']);
});
