/** A registry that does not answer, or not as one, refuses nothing: records wait for it. */

import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordFormats } from '../../../../sources/kafka/formats/recordFormats.ts';
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

  test('wait while the registry is away, which is told once, and go on when it is back', async () => {
    const id = registry.register('lessons-value', avro);
    await registry.stop();
    const record = recordOf(framed(id, ...written));
    const ready = formats.ready(record);
    await eventually(() => {
      expect(formats.problem).toBe(
        'REGISTRY_UNAVAILABLE: the schema registry does not answer (ECONNREFUSED)',
      );
    });
    await sleep(250);
    expect(formats.read(record)).toBeUndefined();
    expect(problems).toHaveLength(1);
    await registry.start();
    await ready;
    expect(formats.read(record)?.value).toEqual(Buffer.from(json));
    expect(formats.problem).toBeUndefined();
  });

  test.each([
    [500, /answers with status 500$/],
    [404, /answers with status 404$/],
    [403, /answers with status 403: it does not take this user or token$/],
  ])('are not refused because something answers with %d', async (status, words) => {
    const id = registry.register('lessons-value', avro);
    registry.failure = status;
    const record = recordOf(framed(id, ...written));
    void formats.ready(record);
    await eventually(() => expect(formats.problem).toMatch(words));
    expect(formats.read(record)).toBeUndefined();
    registry.failure = undefined;
    await formats.ready(record);
    expect(formats.read(record)?.value).toEqual(Buffer.from(json));
  });

  test('of Protobuf wait for a registry that gives the serialized form', async () => {
    await begin({}, { serialize: () => 'syntax = "proto3";' });
    const id = registry.register('p', { schemaType: 'PROTOBUF', schema: 'AAAA' });
    void formats.ready(recordOf(framed(id, 0)));
    await eventually(() => expect(problems[0]).toMatch(/cannot be used: .*format=serialized$/));
    expect(formats.read(recordOf(framed(id, 0)))).toBeUndefined();
  });

  test('that somebody asks for alone do not make him wait for ever', async () => {
    await registry.stop();
    await expect(formats.readSoon(recordOf(framed(1)))).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      message: 'the schema registry does not answer (ECONNREFUSED)',
    });
  }, 15_000);

  test('are given up when the formats are closed', async () => {
    await registry.stop();
    const ready = formats.ready(recordOf(framed(1)));
    await sleep(50);
    formats.close();
    expect(await ready).toBe(false);
    expect(formats.read(recordOf(framed(1)))).toBeUndefined();
  });
});
