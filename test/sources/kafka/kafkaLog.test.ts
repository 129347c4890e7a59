/** A consumer group as an event log, on a real broker: positions, sharing, backpressure and what retention removed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chunk, LogReader } from '../../../contracts/chunk.ts';
import { type KafkaLog, openKafkaLog } from '../../../sources/kafka/kafkaLog.ts';
import { loadKafka } from '../../../sources/kafka/loadKafka.ts';
import { eventually } from '../../support/eventually.ts';
import { type KafkaBroker, startKafkaBroker } from '../../support/kafkaBroker.ts';
import { fillTopic } from '../../support/kafkaFill.ts';
import { whatKafkaLacks } from '../../support/kafkaJars.ts';

interface Member {
  readonly log: KafkaLog;
  /** Ours at present. */
  readonly owned: Set<number>;
  readonly revoked: { partitions: readonly number[]; lost: boolean }[];
}

/** Everything from the position on, until there are so many records. */
async function readFrom(
  log: LogReader,
  partition: number,
  offset: number,
  count: number,
): Promise<{ offset: number; text: string }[]> {
  const found: { offset: number; text: string }[] = [];
  for (let position = offset; found.length < count; ) {
    const chunk: Chunk | undefined = log.read(partition, position);
    if (chunk === undefined) {
      await sleep(2);
      continue;
    }
    let start = 0;
    for (let i = 0; i < chunk.length; i += 1) {
      const text = Buffer.from(chunk.bytes.subarray(start, chunk.ends[i]!)).toString();
      found.push({ offset: chunk.firstOffset + i, text });
      start = chunk.ends[i]!;
    }
    position = chunk.firstOffset + chunk.length;
  }
  return found;
}

function expected(partition: number, from: number, to: number) {
  return Array.from({ length: to - from }, (_, i) => ({
    offset: from + i,
    text: `p${partition} ${from + i}`,
  }));
}

function* numbered(partitions: number, from: number, to: number) {
  for (let i = from; i < to; i += 1) {
    for (let partition = 0; partition < partitions; partition += 1) {
      yield { partition, value: Buffer.from(`p${partition} ${i}`), key: `k${i}` };
    }
  }
}

describe.skipIf(whatKafkaLacks() !== '')('a Kafka log', () => {
  let broker: KafkaBroker;
  const open: Member[] = [];

  beforeAll(async () => {
    broker = await startKafkaBroker({ name: 'kafkaLog' });
  }, 60_000);
  afterAll(async () => {
    for (const { log } of open) await log.close();
    await broker?.close();
  }, 60_000);

  async function join(topic: string): Promise<Member> {
    const owned = new Set<number>();
    const revoked: Member['revoked'] = [];
    const log = await openKafkaLog({
      library: loadKafka(),
      settings: { 'bootstrap.servers': broker.address, 'session.timeout.ms': 6_000 },
      topic,
      group: `${topic}-group`,
      onAssigned: (partition) => owned.add(partition),
      async onRevoked(partitions, lost) {
        revoked.push({ partitions, lost });
        for (const partition of partitions) owned.delete(partition);
      },
      onProblem: () => {},
    });
    const member = { log, owned, revoked };
    open.push(member);
    return member;
  }

  test('gives every record in order, from whatever position is asked for', async () => {
    await broker.createTopic('ordered', 3);
    await fillTopic(broker.address, 'ordered', numbered(3, 0, 2_500));
    const { log, owned } = await join('ordered');
    await eventually(() => expect(owned.size).toBe(3));
    expect([log.partitions, log.start(1), log.end(1)]).toEqual([3, 0, 2_500]);
    expect(log.read(0, 0)).toBeUndefined(); // sought, and on its way
    expect(await readFrom(log, 0, 0, 2_500)).toEqual(expected(0, 0, 2_500));
    expect((await readFrom(log, 1, 2_000, 500)).slice(0, 500)).toEqual(expected(1, 2_000, 2_500));
    // Back, as a recovery does, and on at once while messages of the other position are still coming.
    for (const from of [10, 2_400, 0, 1_234]) {
      log.read(1, from);
      await sleep(from % 7);
      expect((await readFrom(log, 1, from, 50)).slice(0, 50)).toEqual(expected(1, from, from + 50));
    }
    await fillTopic(broker.address, 'ordered', numbered(3, 2_500, 2_600));
    expect(await readFrom(log, 2, 2_500, 100)).toEqual(expected(2, 2_500, 2_600));
    await eventually(() => expect(log.end(2)).toBe(2_600));
  }, 60_000);

  test('shares the partitions with a second member, and gets them back when that leaves', async () => {
    await broker.createTopic('shared', 4);
    await fillTopic(broker.address, 'shared', numbered(4, 0, 100));
    const first = await join('shared');
    await eventually(() => expect(first.owned.size).toBe(4));
    const second = await join('shared');
    await eventually(() => expect([first.owned.size, second.owned.size]).toEqual([2, 2]));
    expect([...first.owned, ...second.owned].sort()).toEqual([0, 1, 2, 3]);
    expect(first.revoked.flatMap(({ partitions }) => partitions).length).toBe(2);
    expect(first.revoked.every(({ lost }) => !lost)).toBe(true);
    const [theirs] = second.owned;
    expect(first.log.read(theirs!, 0)).toBeUndefined();
    expect(await readFrom(second.log, theirs!, 40, 60)).toEqual(expected(theirs!, 40, 100));
    await second.log.close();
    await eventually(() => expect(first.owned.size).toBe(4));
    expect(await readFrom(first.log, theirs!, 0, 100)).toEqual(expected(theirs!, 0, 100));
  }, 60_000);

  test('does not fetch further than somebody reads', async () => {
    await broker.createTopic('large', 1);
    const value = Buffer.alloc(50_000, 'x');
    await fillTopic(
      broker.address,
      'large',
      Array.from({ length: 2_000 }, () => ({ partition: 0, value })),
    );
    const before = process.memoryUsage().arrayBuffers;
    const { log, owned } = await join('large');
    await eventually(() => expect(owned.size).toBe(1));
    log.read(0, 0);
    await sleep(1_500);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(80e6); // of 100 MB
    let read = 0;
    await eventually(() => {
      for (let chunk = log.read(0, read); chunk !== undefined; chunk = log.read(0, read)) {
        read += chunk.length;
      }
      expect(read).toBe(2_000);
    });
  }, 60_000);

  test('never skips what retention has removed', async () => {
    await broker.createTopic('expired', 1);
    await fillTopic(broker.address, 'expired', numbered(1, 0, 500));
    const { log, owned } = await join('expired');
    await eventually(() => expect(owned.size).toBe(1));
    await readFrom(log, 0, 0, 100);
    await broker.deleteBefore('expired', 0, 400);
    await eventually(() => expect(log.start(0)).toBe(400));
    expect(() => log.read(0, 100)).toThrow(/topic begins at 400.*read up to 100/);
    expect((await readFrom(log, 0, 400, 100)).length).toBe(100);
  }, 60_000);
});
