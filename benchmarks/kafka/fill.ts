/** Topics filled with events, keyed by user as Kafka's own producers do. */
import { bytesOf } from '../../contracts/bytes.ts';
import { kafkaPartitionOf } from '../../sources/kafka/murmur2.ts';
import type { KafkaBroker } from '../../test/support/kafkaBroker.ts';
import { fillTopic } from '../../test/support/kafkaFill.ts';
import { campusRecords } from '../support/campusRecords.ts';
import { answerOf, userOf } from '../support/manyUsers.ts';

/** Of every filled topic: one a process where two are measured. */
export const filledPartitions = 2;
const encoder = new TextEncoder();

export interface FilledTopic {
  readonly topic: string;
  /** Messages in all partitions. */
  readonly total: number;
  /** `partition:offset` of those that were made unreadable. */
  readonly poison: ReadonlySet<string>;
}

interface Keyed {
  readonly key: Uint8Array;
  readonly bytes: Uint8Array;
}

/** @param poisonEvery one record of so many is cut in half, which is no JSON; Infinity for none */
export async function fillWithCampus(
  broker: KafkaBroker,
  topic: string,
  count: number,
  poisonEvery = Number.POSITIVE_INFINITY,
): Promise<FilledTopic> {
  await broker.createTopic(topic, filledPartitions, { 'message.timestamp.type': 'LogAppendTime' });
  return fillFurther(broker, topic, campusRecords(count), poisonEvery);
}

/** Adds to a topic of `filledPartitions`; positions are those of a topic that was empty. */
export async function fillFurther(
  broker: KafkaBroker,
  topic: string,
  records: Iterable<Keyed>,
  poisonEvery = Number.POSITIVE_INFINITY,
): Promise<FilledTopic> {
  const poison = new Set<string>();
  const ends = new Array<number>(filledPartitions).fill(0);
  let total = 0;
  function* messages() {
    for (const { key, bytes } of records) {
      const partition = kafkaPartitionOf(bytesOf(key), 0, key.length, filledPartitions);
      total += 1;
      const isPoison = total % poisonEvery === 0;
      if (isPoison) poison.add(`${partition}:${ends[partition]}`);
      ends[partition]! += 1;
      yield {
        partition,
        value: Buffer.from(isPoison ? bytes.subarray(0, bytes.length >> 1) : bytes),
        key: Buffer.from(key).toString(),
      };
    }
  }
  await fillTopic(broker.address, topic, messages());
  return { topic, total, poison };
}

/**
 * Answers of many users.
 *
 * @param first number of the first answer; the next call begins where this one ends
 * @param startAt time of answer 0, ms since 1970
 */
export function* manyUsers(
  first: number,
  count: number,
  users: number,
  startAt: number,
): Generator<Keyed> {
  for (let n = first; n < first + count; n += 1) {
    yield {
      key: encoder.encode(userOf(n, users)),
      bytes: encoder.encode(answerOf(n, users, startAt)),
    };
  }
}
