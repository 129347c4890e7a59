import { expect, test } from 'vitest';
import { bytesOf } from '../../../contracts/bytes.ts';
import { partitionOf } from '../../../contracts/hash.ts';
import { eraseUser } from '../../../control/preferences/eraseUser.ts';
import { createDoor } from '../../../sources/door/door.ts';
import type { Slice } from '../../../sources/door/slices.ts';
import { kafkaPartitionOf } from '../../../sources/kafka/murmur2.ts';

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

test('on a topic it is the partition in which the topic has the user', async () => {
  const users = Array.from({ length: 40 }, (_, i) => `user-${i}`);
  let differ = 0;
  for (const user of users) {
    const appended: Slice[] = [];
    await eraseUser(user, 'erase-1', {
      append: async (slices) => appended.push(...slices),
      ...{ partitions: 12, choosePartition: kafkaPartitionOf, withKeys: true },
    });
    const name = new TextEncoder().encode(user);
    const [slice] = appended;
    expect(slice!.partition).toBe(kafkaPartitionOf(bytesOf(name), 0, name.length, 12));
    expect(slice!.keys).toEqual([name]);
    if (slice!.partition !== partitionOf(bytesOf(name), 0, name.length, 12)) differ += 1;
  }
  expect(differ).toBeGreaterThan(20);
});
