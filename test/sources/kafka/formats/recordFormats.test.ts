/** What a registry's answers make of a record: an event, or a refusal with its bytes. */

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readRefused } from '../../../../sources/decode/refusedRecord.ts';
import type { KafkaRecord } from '../../../../sources/kafka/chunkAssembler.ts';
import type { RecordFormats } from '../../../../sources/kafka/formats/recordFormats.ts';
import { hasOpenssl, makeCertificates } from '../../../support/certificates.ts';
import { eventually } from '../../../support/eventually.ts';
import {
  framed,
  oneText,
  openTestFormats,
  recordOf,
  type TestFormats,
} from '../../../support/framedRecords.ts';
import { whatFormatsLack } from '../../../support/framedValues.ts';
import type { TestRegistry } from '../../../support/schemaRegistry.ts';

/** Code and reason. */
function refusalOf(record: KafkaRecord | undefined): string {
  const { problem } = readRefused(record!.value!, 0, record!.value!.length)!;
  return `${problem.code} ${problem.reason}`;
}

const { schema, bytes: written, json } = oneText;
const avro = { schema };

describe.skipIf(whatFormatsLack() !== '')('framed records', () => {
  const open: TestFormats[] = [];
  let registry: TestRegistry;
  let formats: RecordFormats;
  let problems: readonly string[];

  async function begin(...given: Parameters<typeof openTestFormats>) {
    const opened = await openTestFormats(...given);
    open.push(opened);
    ({ registry, formats, problems } = opened);
  }
  beforeEach(() => begin());
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  test('wait for their schema, and are read in one turn afterwards', async () => {
    const id = registry.register('lessons-value', avro);
    const record = recordOf(framed(id, ...written));
    expect(formats.read(record)).toBeUndefined();
    await Promise.all([formats.ready(record), formats.ready(record)]);
    expect(formats.read(record)).toEqual({
      ...record,
      value: Buffer.from(json),
      bytes: record.value,
    });
    await formats.ready(record);
    expect(registry.requests).toEqual(['GET /schemas/ids/1?subject=lessons-value']);
    expect(formats.problem).toBeUndefined();
  });

  test('without a value, or without a frame, are not touched', () => {
    for (const value of [
      null,
      Buffer.from('{"id":1}'),
      Buffer.from(' [0]'),
      Buffer.from('\u0015EVENT'),
    ]) {
      const record = recordOf(value);
      expect(formats.read(record)).toBe(record);
    }
    expect(registry.requests).toEqual([]);
  });

  test('of a schema that the registry twice does not know are refused, with their bytes', async () => {
    const record = recordOf(framed(12345, ...written));
    const started = performance.now();
    await formats.ready(record);
    const refused = formats.read(record);
    expect(refusalOf(refused)).toBe(
      'EVENT_SCHEMA_UNKNOWN value: expected a schema that the registry has, got the id 12345',
    );
    expect(refused?.bytes).toBe(record.value);
    expect(performance.now() - started).toBeGreaterThan(900);
    expect(registry.requests).toEqual([
      'GET /schemas/ids/12345?subject=lessons-value',
      'GET /schemas/ids/12345?subject=',
    ]);
    expect(problems).toEqual([]);
  });

  test('of a schema that comes a moment late are not', async () => {
    const record = recordOf(framed(1, ...written));
    const ready = formats.ready(record);
    await sleep(300);
    registry.register('other', avro);
    await ready;
    expect(formats.read(record)?.value).toEqual(Buffer.from(json));
  });

  test('of many unknown schemas do not wait for one another', async () => {
    const records = Array.from({ length: 200 }, (_, i) => recordOf(framed(1_000 + i)));
    const started = performance.now();
    await Promise.all(records.map((record) => formats.ready(record)));
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(refusalOf(formats.read(records[199]!))).toMatch(/^EVENT_SCHEMA_UNKNOWN .* 1199$/);
  });

  test('whose bytes are too few, too many or none of a schema are refused, with their bytes', async () => {
    const id = registry.register('lessons-value', avro);
    const cases = [
      [
        framed(id, 4, 0x61),
        /^EVENT_SCHEMA_MISMATCH value: expected bytes of the schema 1, got 2 .* \(.+\)$/,
      ],
      [framed(id, ...written, 9), /^EVENT_SCHEMA_MISMATCH value: .* got 4 that are not/],
      [framed(id), /^EVENT_SCHEMA_MISMATCH value: .* got 0 that are not/],
      [
        Buffer.of(0, 0, 0),
        /^EVENT_SCHEMA_MISMATCH value: expected the id of a schema .*, got 3 bytes$/,
      ],
    ] as const;
    for (const [value, words] of cases) {
      const read = await formats.readSoon(recordOf(value));
      expect(refusalOf(read)).toMatch(words);
      expect(read.bytes).toBe(value);
    }
  });

  test('of a schema that nobody can read are refused: nonsense, foreign, without what it builds on', async () => {
    const references = [{ name: 'X', subject: 'gone', version: 1 }];
    const rule = { name: 'secret', kind: 'TRANSFORM', mode: 'WRITEREAD', type: 'ENCRYPT' };
    const cases = [
      [{ schema: '{"type":"nonsense"}' }, /unknown type/],
      [{ schemaType: 'THRIFT', schema: 'struct A {}' }, /its type is THRIFT$/],
      [{ schema: '"X"', references }, /Subject 'gone' not found/],
      [{ schemaType: 'PROTOBUF', schema: 'AAAA' }, /got \d: /],
      [{ ...avro, ruleSet: { domainRules: [rule] } }, /its rule secret \(ENCRYPT\)$/],
    ] as const;
    for (const [schema, words] of cases) {
      const id = registry.register(`s-${words}`, schema);
      const refusal = refusalOf(await formats.readSoon(recordOf(framed(id, 0))));
      expect(refusal).toMatch(
        /^EVENT_SCHEMA_UNUSABLE value: expected a schema that can be used, got /,
      );
      expect(refusal).toMatch(words);
    }
    expect(problems).toEqual([]);
  });

  test('of a schema whose rules only check, or are off, are read', async () => {
    const rule = { name: 'r', kind: 'CONDITION', mode: 'WRITEREAD', type: 'CEL' };
    const off = { ...rule, kind: 'TRANSFORM', disabled: true };
    const write = { ...rule, kind: 'TRANSFORM', mode: 'WRITE' };
    const id = registry.register('r', { ...avro, ruleSet: { domainRules: [rule, off, write] } });
    const { value } = await formats.readSoon(recordOf(framed(id, ...written)));
    expect(Buffer.from(value!).toString()).toBe(json);
  });

  test.each([
    [{ user: 'reader', password: 'se:cret' }, `Basic ${btoa('reader:se:cret')}`],
    [{ token: 'secret-token' }, 'Bearer secret-token'],
  ])('are read by who may: %o', async (place, authorization) => {
    await begin(place, { authorization });
    const id = registry.register('lessons-value', avro);
    const { value } = await formats.readSoon(recordOf(framed(id, ...written)));
    expect(Buffer.from(value!).toString()).toBe(json);
    await begin(
      {
        ...place,
        ...('token' in place ? { token: 'wrong-secret' } : { password: 'wrong-secret' }),
      },
      { authorization },
    );
    void formats.ready(recordOf(framed(id, ...written)));
    await eventually(() => expect(problems).toHaveLength(1));
    expect(problems[0]).toMatch(/status 401: it does not take this user or token$/);
    expect(problems[0]).not.toMatch(/secret/);
  });

  test.skipIf(!hasOpenssl)(
    'are read from a registry with a certificate of a private authority',
    async () => {
      const made = makeCertificates();
      try {
        const read = (file: string) => readFileSync(file, 'utf8');
        const tls = { cert: read(made.server.certificate), key: read(made.server.key) };
        await begin({ ca: read(made.authority) }, { tls });
        const id = registry.register('lessons-value', avro);
        const { value } = await formats.readSoon(recordOf(framed(id, ...written)));
        expect(Buffer.from(value!).toString()).toBe(json);
        await begin({}, { tls });
        void formats.ready(recordOf(framed(id, ...written)));
        await eventually(() =>
          expect(problems[0]).toMatch(/does not answer \(\w*SIGNATURE\w*|SELF_SIGNED\w*/),
        );
      } finally {
        made.remove();
      }
    },
  );
});
