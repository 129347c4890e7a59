import { expect, test } from 'vitest';
import { bytesOf } from '../../../contracts/bytes.ts';
import { kafkaPartitionOf, murmur2 } from '../../../sources/kafka/murmur2.ts';

// Golden: Apache Kafka, clients/src/test/java/org/apache/kafka/common/utils/UtilsTest.java, testMurmur2.
test.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
])('the hash of %s is the one that Kafka has', (text, hash) => {
  const bytes = Buffer.from(`-${text}-`);
  const at = bytesOf(new Uint8Array(bytes));
  expect(murmur2(at, 1, bytes.length - 1)).toBe(hash);
  expect(kafkaPartitionOf(at, 1, bytes.length - 1, 7)).toBe((hash & 0x7fffffff) % 7);
});
