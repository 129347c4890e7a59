/** One event in all four formats is one event; and what JSON has no form for becomes what docs/formats.md says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Event } from '../../../../contracts/event.ts';
import type { KafkaRecord } from '../../../../sources/kafka/chunkAssembler.ts';
import { loadRegistry } from '../../../../sources/kafka/formats/loadRegistry.ts';
import {
  openRecordFormats,
  type RecordFormats,
} from '../../../../sources/kafka/formats/recordFormats.ts';
import {
  type Field,
  type File,
  type Serializers,
  serializersOf,
  whatFormatsLack,
} from '../../../support/framedValues.ts';
import { startTestRegistry, type TestRegistry } from '../../../support/schemaRegistry.ts';

const optional = (oneofIndex: number) => ({ oneofIndex, proto3Optional: true });
const eventFields: readonly Field[] = [
  ['id', 1, 'STRING'],
  ['type', 2, 'STRING'],
  ['time', 3, '.google.protobuf.Timestamp'],
  ['user', 4, 'STRING'],
  ['item', 5, 'STRING', optional(0)],
  ['value', 6, 'DOUBLE', optional(1)],
  ['context', 7, '.campus.Context'],
];
const eventFile: File = {
  messages: {
    Event: eventFields,
    Context: [
      ['skill', 1, 'STRING'],
      ['attempt', 2, 'INT64'],
      ['hint_count', 3, 'INT32'],
      ['first', 4, 'BOOL'],
    ],
  },
};
const eventRecord = {
  type: 'record',
  name: 'Event',
  namespace: 'campus',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'type', type: { type: 'enum', name: 'Type', symbols: ['viewed', 'answered'] } },
    { name: 'time', type: { type: 'long', logicalType: 'timestamp-millis' } },
    { name: 'user', type: 'string' },
    { name: 'item', type: ['null', 'string'], default: null },
    { name: 'value', type: ['null', 'double'], default: null },
    {
      name: 'context',
      type: {
        type: 'record',
        name: 'Context',
        fields: [
          { name: 'skill', type: 'string' },
          { name: 'attempt', type: 'long' },
          { name: 'hintCount', type: 'int' },
          { name: 'first', type: 'boolean' },
        ],
      },
    },
  ],
};

const time = Date.parse('2026-03-01T08:30:00.250Z');
const events = [
  {
    id: 'e-1',
    type: 'answered',
    time,
    user: 'ada',
    item: 'item-9',
    value: 0,
    context: { skill: 'fractions', attempt: 2, hintCount: 0, first: false },
  },
  {
    id: 'e-2',
    type: 'viewed',
    time: time + 1_000,
    user: 'żółć 数',
    item: null,
    value: null,
    context: { skill: 'x', attempt: 2 ** 40, hintCount: 3, first: true },
  },
];

/** As the engine knows it: an optional field may be null or absent. */
function eventOf(json: unknown): unknown {
  const event = Event.parse(json);
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null));
}

describe.skipIf(whatFormatsLack() !== '')('a value', () => {
  let registry: TestRegistry;
  let serializers: Serializers;
  let formats: RecordFormats;

  beforeAll(async () => {
    registry = await startTestRegistry({
      serialize: (schema) => serializers.messages.serialize(schema),
    });
    serializers = serializersOf(registry.url, (subject, schema) =>
      registry.register(subject, schema as never),
    );
    formats = openRecordFormats({
      library: loadRegistry(),
      place: { urls: [registry.url] },
      topic: 'lessons',
      onProblem: (problem) => expect.fail(problem),
    });
  });
  afterAll(async () => {
    formats?.close();
    await registry?.stop();
  });

  async function read(value: Buffer | null, headers: KafkaRecord['headers'] = []) {
    const record = { offset: 0, timestamp: 0, value, key: null, headers };
    return formats.readSoon(record);
  }

  async function jsonOf(value: Buffer, headers: KafkaRecord['headers'] = []): Promise<unknown> {
    const read_ = await read(value, headers);
    expect(read_.bytes).toBe(value);
    const text = Buffer.from(read_.value!).toString();
    expect(text.charCodeAt(0), text).not.toBe(0x15);
    return JSON.parse(text);
  }

  /** A message of a file that has no other. */
  async function protobufJson(fields: readonly Field[], message: object, file: Partial<File> = {}) {
    topics += 1;
    const name = `one${topics}.proto`;
    const messages = { One: fields, ...file.messages };
    const description = serializers.messages.describe({ name, ...file, messages }, 'One');
    const value = serializers.messages.create(description, message);
    return jsonOf(await serializers.protobuf(description).serialize(`topic-${topics}`, value));
  }

  /** A record of one field. */
  async function avroJson(type: unknown, value: unknown, options: object = {}) {
    topics += 1;
    const schema = { type: 'record', name: 'One', fields: [{ name: 'it', type }] };
    const serializer = serializers.avro(schema, options);
    const json = await jsonOf(await serializer.serialize(`topic-${topics}`, { it: value }));
    return (json as { it: unknown }).it;
  }
  let topics = 0;

  test.each(events)('is the same event in all formats: %o', async (event) => {
    const { messages } = serializers;
    const description = messages.describe(eventFile, 'Event');
    const seconds = BigInt(Math.floor(event.time / 1_000));
    const message = messages.create(description, {
      ...event,
      item: event.item ?? undefined,
      value: event.value ?? undefined,
      time: { seconds, nanos: (event.time % 1_000) * 1e6 },
      context: { ...event.context, attempt: BigInt(event.context.attempt) },
    });
    const topic = 'lessons';
    const framed = [
      await serializers.avro(eventRecord).serialize(`${topic}-avro`, event),
      await serializers.protobuf(description).serialize(`${topic}-protobuf`, message),
      await serializers.json({ type: 'object' }).serialize(`${topic}-json`, event),
    ];
    for (const value of framed) {
      expect(value[0]).toBe(0);
      expect(eventOf(await jsonOf(value))).toEqual(eventOf(event));
    }
    const plain = Buffer.from(JSON.stringify(event));
    const passed = await read(plain);
    expect(passed).toMatchObject({ value: plain });
    expect(passed.bytes).toBeUndefined();
  });

  test('is read by a schema whose id stands in a header', async () => {
    const library = loadRegistry();
    expect(library.SchemaId).toBeDefined();
    const schemaIdSerializer = (
      _topic: string,
      _kind: string,
      payload: Buffer,
      id: { guid: string; messageIndexes?: number[]; guidToBytes(): Buffer },
      headers: Record<string, Buffer>,
    ) => {
      headers['__value_schema_id'] = id.guidToBytes();
      return payload;
    };
    const description = serializers.messages.describe(
      {
        name: 'guid.proto',
        messages: { Other: [], Event: eventFields, Context: eventFile.messages['Context']! },
      },
      'Event',
    );
    const message = serializers.messages.create(description, { id: 'e', user: 'ada' });
    const cases = [
      [serializers.avro(eventRecord, { schemaIdSerializer }), events[0]!, { id: 'e-1' }],
      [serializers.json({ type: 'object' }, { schemaIdSerializer }), events[0]!, { id: 'e-1' }],
      [
        serializers.protobuf(description, { schemaIdSerializer }),
        message,
        { id: 'e', user: 'ada' },
      ],
    ] as const;
    for (const [i, [serializer, content, expected]] of cases.entries()) {
      const headers: Record<string, Buffer> = {};
      const value = await serializer.serialize(`guid-${i}`, content, headers);
      const pairs = Object.entries(headers);
      expect(pairs).toHaveLength(1);
      expect(await jsonOf(value, [['trace', Buffer.of(9)], ...pairs])).toMatchObject(expected);
    }
  });

  test.each([
    [
      { type: 'long', logicalType: 'timestamp-millis' },
      1_772_353_800_250,
      '2026-03-01T08:30:00.250Z',
    ],
    [{ type: 'long', logicalType: 'timestamp-millis' }, -1, '1969-12-31T23:59:59.999Z'],
    [
      { type: 'long', logicalType: 'timestamp-micros' },
      1_772_353_800_250_001,
      '2026-03-01T08:30:00.250001Z',
    ],
    [
      { type: 'long', logicalType: 'timestamp-nanos' },
      1_772_353_800,
      '1970-01-01T00:00:01.772353800Z',
    ],
    [
      { type: 'long', logicalType: 'local-timestamp-millis' },
      1_772_353_800_000,
      '2026-03-01T08:30:00',
    ],
    [{ type: 'int', logicalType: 'date' }, 20_513, '2026-03-01'],
    [{ type: 'int', logicalType: 'time-millis' }, 30_600_000, 30_600_000],
    [{ type: 'string', logicalType: 'uuid' }, '1e1f', '1e1f'],
    [
      { type: 'fixed', name: 'U', size: 16, logicalType: 'uuid' },
      Buffer.alloc(16, 0xab),
      'abababab-abab-abab-abab-abababababab',
    ],
    [
      { type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 },
      Buffer.of(0xfb, 0x2e),
      -12.34,
    ],
    [
      { type: 'fixed', name: 'D', size: 3, logicalType: 'decimal', precision: 6, scale: 0 },
      Buffer.of(0, 4, 0xd2),
      1234,
    ],
    [{ type: 'bytes', logicalType: 'decimal', precision: 0 }, Buffer.of(7), 7],
    ['bytes', Buffer.from('\u0000ÿ'), 'AMO/'],
    [{ type: 'bytes' }, Buffer.of(255), '/w=='],
    [{ type: 'fixed', name: 'F', size: 2 }, Buffer.of(1, 2), 'AQI='],
    [{ type: 'enum', name: 'E', symbols: ['A', 'B'] }, 'B', 'B'],
    [['null', 'string'], null, null],
    [['null', 'string'], 'x', 'x'],
    [['null', 'bytes'], Buffer.of(255), '/w=='],
    [['null', { type: 'long', logicalType: 'timestamp-millis' }], 0, '1970-01-01T00:00:00Z'],
    [['int', 'double', 'string'], { double: 1.5 }, 1.5],
    [
      ['string', { type: 'record', name: 'R', fields: [{ name: 'unwrap', type: 'int' }] }],
      { unwrap: 3 },
      { unwrap: 3 },
    ],
    [{ type: 'array', items: ['null', 'long'] }, [null, 5], [null, 5]],
    [{ type: 'map', values: 'bytes' }, { a: Buffer.of(0) }, { a: 'AA==' }],
    ['double', Number.NaN, null],
    ['float', 0.5, 0.5],
    ['long', -(2 ** 52), -(2 ** 52)],
  ])('of Avro: %o %o', async (type, value, expected) => {
    expect(await avroJson(type, value)).toEqual(expected);
  });

  test('of Avro that is a long beyond 2^53 is told by its digits', async () => {
    const { avro } = loadRegistry();
    const long = avro.types.LongType.__with({
      fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
      toBuffer(value: bigint) {
        const bytes = Buffer.alloc(8);
        bytes.writeBigInt64LE(value);
        return bytes;
      },
      fromJSON: BigInt,
      toJSON: Number,
      isValid: (value: unknown) => typeof value === 'bigint',
      compare: () => 0,
    });
    const options = { typeHook: (schema: unknown) => (schema === 'long' ? long : undefined) };
    expect(await avroJson('long', 2n ** 53n, options)).toBe('9007199254740992');
    expect(await avroJson('long', -(2n ** 63n), options)).toBe('-9223372036854775808');
    expect(await avroJson('long', -5n, options)).toBe(-5);
  });

  test('of Avro whose named types are used again', async () => {
    const key = { type: 'fixed', name: 'Key', size: 1 };
    const pair = {
      type: 'record',
      name: 'Pair',
      fields: [
        { name: 'a', type: key },
        { name: 'b', type: 'Key' },
        { name: 'next', type: ['null', 'Pair'], default: null },
      ],
    };
    const last = { a: Buffer.of(1), b: Buffer.of(2), next: null };
    expect(await avroJson(pair, { ...last, next: last })).toEqual({
      a: 'AQ==',
      b: 'Ag==',
      next: { a: 'AQ==', b: 'Ag==', next: null },
    });
  });

  test('of Avro whose schema builds on others, through several', async () => {
    const register = (subject: string, name: string, type: unknown, references: object[] = []) => {
      const schema = { type: 'record', name, fields: [{ name: 'it', type }] };
      registry.register(subject, { schema: JSON.stringify(schema), references });
      return { name, subject, version: 1 };
    };
    const inner = register('inner', 'Inner', { type: 'long', logicalType: 'timestamp-millis' });
    const middle = register('middle', 'Middle', 'Inner', [inner]);
    register('outer-value', 'Outer', 'Middle', [middle]);
    const id = registry.register('outer-value', {
      schema: JSON.stringify({
        type: 'record',
        name: 'Outer',
        fields: [{ name: 'it', type: 'Middle' }],
      }),
      references: [middle],
    });
    const frame = Buffer.alloc(5);
    frame.writeInt32BE(id, 1);
    // One long, zigzag: 2000 ms.
    expect(await jsonOf(Buffer.concat([frame, Buffer.of(0xa0, 0x1f)]))).toEqual({
      it: { it: { it: '1970-01-01T00:00:02Z' } },
    });
  });

  test('of Protobuf: scalars, and what was not said', async () => {
    const fields: readonly Field[] = [
      ['an_int', 1, 'INT32'],
      ['a_long', 2, 'INT64'],
      ['large', 3, 'UINT64'],
      ['flag', 4, 'BOOL'],
      ['text', 5, 'STRING'],
      ['raw', 6, 'BYTES'],
      ['kind', 7, 'ENUM', { typeName: '.campus.Kind' }],
      ['maybe', 8, 'INT32', optional(0)],
      ['maybe_text', 9, 'STRING', optional(1)],
      ['named', 10, 'STRING', { jsonName: 'other_name' }],
      ['numbers', 11, 'SINT64', { label: 'LABEL_REPEATED' }],
    ];
    const enums = { Kind: ['KIND_VIEWED', 'KIND_ANSWERED'] };
    expect(await protobufJson(fields, {}, { enums })).toEqual({
      anInt: 0,
      aLong: 0,
      large: 0,
      flag: false,
      kind: 'KIND_VIEWED',
    });
    const message = {
      anInt: -1,
      aLong: 2n ** 53n - 1n,
      large: 2n ** 64n - 1n,
      flag: true,
      text: 'x',
      raw: Buffer.of(255),
      kind: 1,
      maybe: 0,
      maybeText: '',
      named: 'n',
      numbers: [1n, -(2n ** 60n)],
    };
    expect(await protobufJson(fields, message, { enums })).toEqual({
      ...message,
      aLong: 2 ** 53 - 1,
      large: '18446744073709551615',
      raw: '/w==',
      kind: 'KIND_ANSWERED',
      named: undefined,
      other_name: 'n',
      numbers: [1, '-1152921504606846976'],
    });
    expect(await protobufJson(fields, { kind: 7 }, { enums })).toMatchObject({ kind: 7 });
  });

  test('of Protobuf: messages with a form of their own', async () => {
    const fields: readonly Field[] = [
      ['at', 1, '.google.protobuf.Timestamp'],
      ['took', 2, '.google.protobuf.Duration'],
      ['count', 3, '.google.protobuf.Int64Value'],
      ['label', 4, '.google.protobuf.StringValue'],
      ['free', 5, '.google.protobuf.Struct'],
      ['any', 6, '.google.protobuf.Any'],
      ['counts', 7, '.google.protobuf.Int64Value', { label: 'LABEL_REPEATED' }],
    ];
    const message = {
      at: { seconds: 1_772_353_800n, nanos: 5_000 },
      took: { seconds: 1n, nanos: 500_000_000 },
      count: 7n,
      label: '',
      free: { a: [1, null, { b: 'c' }] },
      any: { typeUrl: 'type.googleapis.com/x.Y', value: Buffer.of(8, 1) },
      counts: [{ value: 1n }, { value: 2n ** 60n }],
    };
    expect(await protobufJson(fields, message)).toEqual({
      at: '2026-03-01T08:30:00.000005Z',
      took: '1.500s',
      count: 7,
      label: '',
      free: { a: [1, null, { b: 'c' }] },
      any: { '@type': 'type.googleapis.com/x.Y', value: 'CAE=' },
      counts: [1, '1152921504606846976'],
    });
    expect(await protobufJson(fields, {})).toEqual({});
  });

  test('of Protobuf: choices, lists and a message within itself', async () => {
    const messages = {
      Node: [
        ['name', 1, 'STRING'],
        ['children', 2, '.campus.Node', { label: 'LABEL_REPEATED' }],
      ] as Field[],
    };
    const fields: readonly Field[] = [
      ['root', 1, '.campus.Node'],
      ['left', 2, 'INT32', { oneofIndex: 0 }],
      ['right', 3, 'STRING', { oneofIndex: 0 }],
    ];
    const root = {
      name: 'a',
      children: [
        { name: 'b', children: [] },
        { name: '', children: [] },
      ],
    };
    expect(
      await protobufJson(fields, { root, choice0: { case: 'left', value: 0 } }, { messages }),
    ).toEqual({
      root: { name: 'a', children: [{ name: 'b' }, {}] },
      left: 0,
    });
    expect(await protobufJson(fields, {}, { messages })).toEqual({});
  });

  test('of Protobuf whose file imports others, through several', async () => {
    const inner: File = { name: 'inner.proto', messages: { Inner: [['x', 1, 'INT64']] } };
    const middle: File = {
      name: 'middle.proto',
      imports: [inner],
      messages: { Middle: [['inner', 1, '.campus.Inner']] },
    };
    const file = { imports: [middle] };
    const fields: readonly Field[] = [['middle', 1, '.campus.Middle']];
    expect(await protobufJson(fields, { middle: { inner: { x: 5n } } }, file)).toEqual({
      middle: { inner: { x: 5 } },
    });
  });

  test('of two versions of a schema is read by the one that it was written with', async () => {
    const { fields } = eventRecord;
    const topic = 'evolving';
    const old = { ...eventRecord, fields: fields.slice(0, 4) };
    const later = {
      ...eventRecord,
      fields: [{ name: 'device', type: 'string' }, ...fields.slice(0, 4)],
    };
    const short = { id: 'e', type: 'viewed', time, user: 'ada' };
    const first = await serializers.avro(old).serialize(topic, short);
    const second = await serializers.avro(later).serialize(topic, { ...short, device: 'phone' });
    for (const [value, device] of [
      [first, undefined],
      [second, 'phone'],
      [first, undefined],
    ] as const) {
      expect(await jsonOf(value)).toEqual({
        ...short,
        time: '2026-03-01T08:30:00.250Z',
        ...(device && { device }),
      });
    }
    const describeVersion = (more: readonly Field[]) =>
      serializers.messages.describe(
        { messages: { Event: [['id', 1, 'STRING'], ...more] } },
        'Event',
      );
    const one = describeVersion([['count', 2, 'INT32']]);
    const two = describeVersion([
      ['counter', 2, 'INT32'],
      ['device', 3, 'STRING'],
    ]);
    const write = (description: typeof one, content: object) =>
      serializers
        .protobuf(description)
        .serialize(`${topic}-protobuf`, serializers.messages.create(description, content));
    const early = await write(one, { id: 'e', count: 1 });
    const late = await write(two, { id: 'f', counter: 2, device: 'phone' });
    expect(await jsonOf(early)).toEqual({ id: 'e', count: 1 });
    expect(await jsonOf(late)).toEqual({ id: 'f', counter: 2, device: 'phone' });
    expect(await jsonOf(early)).toEqual({ id: 'e', count: 1 });
  });
});
