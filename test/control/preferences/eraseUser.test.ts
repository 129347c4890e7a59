import { expect, test } from 'vitest';
import { bytesOf } from '../../../contracts/bytes.ts';
import { partitionOf } from '../../../contracts/hash.ts';
import { eraseUser } from '../../../control/preferences/eraseUser.ts';
import { createDoor } from '../../../sources/door/door.ts';
import type { Slice } from '../../../sources/door/slices.ts';

test('a user is erased by a record in the own partition, which nobody else may send', async () => {
  const appended: (readonly Slice[])[] = [];
  await eraseUser('ada', 'erase-1', {
    append: async (slices) => appended.push(slices),
    partitions: 8,
    clock: () => 1_700_000_000_000,
  });
  const [slices] = appended;
  const name = new TextEncoder().encode('ada');
  expect(slices!.map(({ partition }) => partition)).toEqual([
    partitionOf(bytesOf(name), 0, name.length, 8),
  ]);
  const record = Buffer.from(slices![0]!.bytes);
  expect(JSON.parse(record.toString())).toEqual({
    id: 'erase-1',
    type: 'millrace.erase',
    time: 1_700_000_000_000,
    user: 'ada',
  });
  const admitted = createDoor({ partitions: 8 }).admit(
    record,
    'application/json',
    1_700_000_000_000,
  );
  expect(admitted).toMatchObject({ accepted: 0 });
  expect(JSON.stringify(admitted)).toMatch(/DELETE \/v1\/users\/:id/);
});
