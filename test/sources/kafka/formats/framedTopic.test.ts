/** A framed topic on a real broker: every record in its place, whatever its format, and whatever the registry does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readRefused } from '../../../../sources/decode/refusedRecord.ts';
import { type KafkaLog, openKafkaLog } from '../../../../sources/kafka/kafkaLog.ts';
import { loadKafka } from '../../../../sources/kafka/loadKafka.ts';
import { eventually } from '../../../support/eventually.ts';
import {
  framed,
  oneText,
  openTestFormats,
  type TestFormats,
} from '../../../support/framedRecords.ts';
import { serializersOf, whatFormatsLack } from '../../../support/framedValues.ts';
import { type KafkaBroker, startKafkaBroker } from '../../../support/kafkaBroker.ts';
import { type Filled, fillTopic } from '../../../support/kafkaFill.ts';
import { whatKafkaLacks } from '../../../support/kafkaJars.ts';

interface Read {
  readonly offset: number;
  /** JSON, or the code of its refusal. */
  readonly told: string;
  /** As it came, where it was translated. */
  readonly original: string | undefined;
}

async function readFrom(log: KafkaLog, partition: number, offset: number, count: number) {
  const found: Read[] = [];
  for (let position = offset; found.length < count; ) {
    const chunk = log.read(partition, position);
    if (chunk === undefined) {
      await sleep(2);
      continue;
    }
    for (let i = 0; i < chunk.length; i += 1) {
      const start = i === 0 ? 0 : chunk.ends[i - 1]!;
      const bytes = chunk.bytes.subarray(start, chunk.ends[i]!);
      const original = chunk.origins![i]!.bytes;
      found.push({
        offset: chunk.firstOffset + i,
        told: readRefused(bytes, 0, bytes.length)?.problem.code ?? Buffer.from(bytes).toString(),
        original: original && Buffer.from(original).toString('hex'),
      });
    }
    position = chunk.firstOffset + chunk.length;
  }
  return found;
}

const lacks = whatKafkaLacks() || whatFormatsLack();

describe.skipIf(lacks !== '')('a framed topic', () => {
  let broker: KafkaBroker;
  const open: { close(): Promise<unknown> }[] = [];

  beforeAll(async () => {
    broker = await startKafkaBroker({ name: 'formats' });
  }, 60_000);
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
  }, 60_000);
  afterAll(() => broker?.close(), 60_000);

  async function begin(topic: string, partitions: number): Promise<TestFormats> {
    await broker.createTopic(topic, partitions);
    const opened = await openTestFormats();
    open.push(opened);
    return opened;
  }

  async function join(topic: string, { formats }: TestFormats, partitions: number) {
    const owned = new Set<number>();
    const log = await openKafkaLog({
      library: loadKafka(),
      settings: { 'bootstrap.servers': broker.address },
      topic,
      group: `${topic}-group`,
      formats,
      onAssigned: (partition) => owned.add(partition),
      async onRevoked() {},
      onProblem: () => {},
    });
    open.push(log);
    await eventually(() => expect(owned.size).toBe(partitions));
    return log;
  }

  test('gives plain and framed values in their order, refusals and tombstones among them', async () => {
    const { registry, ...at } = await begin('mixed', 1);
    const serializers = serializersOf(registry.url, (subject, schema) =>
      registry.register(subject, schema as never),
    );
    const old = { type: 'record', name: 'Event', fields: [{ name: 'id', type: 'string' }] };
    const later = { ...old, fields: [...old.fields, { name: 'user', type: 'string' }] };
    const file = { messages: { Event: [['id', 1, 'STRING']] } } as const;
    const description = serializers.messages.describe(file, 'Event');
    const protobuf = serializers.protobuf(description);
    const writers: ((id: string) => Promise<readonly [Buffer | null, string, boolean]>)[] = [
      async (id) => [Buffer.from(`{"id":"${id}"}`), `{"id":"${id}"}`, false],
      async (id) => [await serializers.avro(old).serialize('a', { id }), `{"id":"${id}"}`, true],
      async () => [null, '', false],
      async (id) => [
        await protobuf.serialize('p', serializers.messages.create(description, { id })),
        `{"id":"${id}"}`,
        true,
      ],
      async (id) => [
        await serializers.avro(later).serialize('a', { id, user: 'ada' }),
        `{"id":"${id}","user":"ada"}`,
        true,
      ],
      async () => [framed(999, 1, 2, 3), 'EVENT_SCHEMA_UNKNOWN', true],
      async (id) => [
        await serializers.json({ type: 'object' }).serialize('j', { id }),
        `{"id":"${id}"}`,
        true,
      ],
      async (id) => [
        (await serializers.avro(old).serialize('a', { id })).subarray(0, -1),
        'EVENT_SCHEMA_MISMATCH',
        true,
      ],
    ];
    const messages: Filled[] = [];
    const expected: Read[] = [];
    for (let offset = 0; offset < 400; offset += 1) {
      const [value, told, isFramed] = await writers[offset % writers.length]!(`e-${offset}`);
      messages.push({ partition: 0, value });
      expected.push({ offset, told, original: isFramed ? value!.toString('hex') : undefined });
    }
    await fillTopic(broker.address, 'mixed', messages);
    const log = await join('mixed', { registry, ...at }, 1);
    expect(await readFrom(log, 0, 0, 400)).toEqual(expected);
    // Again, as a recovery reads: now that all schemas are known.
    expect(await readFrom(log, 0, 100, 300)).toEqual(expected.slice(100));
    expect(at.problems).toEqual([]);
  }, 60_000);

  test('loses nothing and moves nothing while the registry is away', async () => {
    const { registry, ...at } = await begin('patient', 2);
    const id = registry.register('patient-value', { schema: oneText.schema });
    const plain = (i: number) => Buffer.from(`{"plain":${i}}`);
    const message = (partition: number, i: number): Filled => ({
      partition,
      value: partition === 1 || i % 2 === 0 ? plain(i) : framed(id, ...oneText.bytes),
    });
    const expected = (partition: number, offset: number) => ({
      offset,
      told: partition === 1 || offset % 2 === 0 ? plain(offset).toString() : oneText.json,
    });
    const count = 5_000;
    const all = Array.from({ length: count }, (_, i) => [message(0, i), message(1, i)]).flat();
    await fillTopic(broker.address, 'patient', all);
    await registry.stop();
    const log = await join('patient', { registry, ...at }, 2);
    // The other partition asks for no schema, and is not held up.
    const others = await readFrom(log, 1, 0, count);
    expect(others).toMatchObject(Array.from({ length: count }, (_, i) => expected(1, i)));
    expect(await readFrom(log, 0, 0, 1)).toMatchObject([expected(0, 0)]);
    await eventually(() => expect(log.stalled(0)).toMatch(/^REGISTRY_UNAVAILABLE: .*ECONNREFUSED/));
    expect(log.stalled(1)).toBeUndefined();
    await sleep(300);
    expect(log.read(0, 1)).toBeUndefined();
    // Elsewhere and back meanwhile, as when the pipeline recovers.
    expect(await readFrom(log, 0, 2_000, 1)).toMatchObject([expected(0, 2_000)]);
    expect(await readFrom(log, 0, 0, 1)).toMatchObject([expected(0, 0)]);
    await registry.start();
    const rest = await readFrom(log, 0, 1, count - 1);
    expect(rest).toMatchObject(Array.from({ length: count - 1 }, (_, i) => expected(0, i + 1)));
    expect(rest).toHaveLength(count - 1);
    expect(log.stalled(0)).toBeUndefined();
    expect(at.problems).toHaveLength(1);
  }, 60_000);
});
