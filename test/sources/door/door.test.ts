/** The door: what it takes, what it refuses and why, and that the data plane judges the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../contracts/batch.ts';
import { bytesOf } from '../../../contracts/bytes.ts';
import { errors } from '../../../contracts/errors.ts';
import { bodyEventsMax } from '../../../contracts/event.ts';
import { partitionOf } from '../../../contracts/hash.ts';
import { ownTypes } from '../../../contracts/ownTypes.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createReferenceDecoder } from '../../../sources/decode/referenceDecoder.ts';
import { createDecoder } from '../../../sources/decode/shapeDecoder.ts';
import { type Admission, createDoor } from '../../../sources/door/door.ts';

const receivedAt = Date.UTC(2026, 2, 2);
const json = 'application/json';
const lines = 'application/x-ndjson';
const cloudEvents = 'application/cloudevents-batch+json';
const xapi = 'application/vnd.xapi+json';

function event(fields: object = {}): Record<string, unknown> {
  return { id: '1', type: 'viewed', time: '2026-03-01T10:00:00Z', user: 'ada', ...fields };
}

function admit(body: string | Uint8Array, contentType = json, partitions = 4): Admission {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return createDoor({ partitions }).admit(bytes, contentType, receivedAt);
}

/** What the data plane makes of it, a partition each. */
function decode(admission: Admission, later = receivedAt): Batch[] {
  return admission.slices.map((slice) => {
    const decoder = createDecoder(
      { strings: ['id', 'session', 'context.xapi.verb.id'], numbers: [] },
      new InternDictionary(),
    );
    return decoder.decode({ firstOffset: 0, receivedAt: later, ...slice });
  });
}

function rowsOf(batches: readonly Batch[]) {
  return batches.flatMap((batch) =>
    Array.from({ length: batch.length }, (_, row) => {
      const text = (column: string) => {
        const code = batch.codes.get(column)![row]!;
        return code < 0 ? null : batch.dictionary.text(code);
      };
      const { bytes, starts, ends } = batch.raw;
      return {
        id: text('id'),
        type: text('type'),
        user: text('user'),
        item: text('item'),
        session: text('session'),
        time: batch.numbers.get('time')![row],
        value: batch.numbers.get('value')![row],
        json: JSON.parse(Buffer.from(bytes.subarray(starts[row], ends[row])).toString()),
      };
    }),
  );
}

function refusedOf(batches: readonly Batch[]) {
  return batches.flatMap((batch) =>
    batch.refusals.map(({ code, reason, bytes }) => ({
      code,
      reason,
      text: Buffer.from(bytes).toString(),
    })),
  );
}

describe('plain events', () => {
  test('an object, an array and lines are taken alike', () => {
    const one = JSON.stringify(event());
    expect(admit(` ${one}\n`).accepted).toBe(1);
    expect(admit(`\ufeff[ ${one} ,\n${one}]`).accepted).toBe(2);
    expect(admit(`${one}\r\n\n${one}`, lines).accepted).toBe(2);
    expect(admit('[]').slices).toEqual([]);
  });

  test('each refused event is named with its position, the others go on', () => {
    const body = `[${JSON.stringify(event())},{"id":"2"},7,${JSON.stringify(event({ id: '3' }))}]`;
    const admission = admit(body);
    expect(admission.accepted).toBe(2);
    expect(admission.refusals).toEqual([
      {
        index: 1,
        code: 'EVENT_FIELD_MISSING',
        reason: 'type: expected text of 1 to 256 characters without U+0000, got nothing',
      },
      {
        index: 2,
        code: 'EVENT_NOT_OBJECT',
        reason: 'event: expected a JSON object, got the number 7',
      },
    ]);
    expect(
      refusedOf(decode(admission))
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['7', '{"id":"2"}']);
  });

  test('events of one user stay in order, in the partition of the user', () => {
    const events = Array.from({ length: 60 }, (_, i) => event({ id: `${i}`, user: `ü${i % 7}` }));
    const admission = admit(JSON.stringify(events), json, 5);
    const seen = new Map<string, number>();
    for (const batch of decode(admission)) {
      for (const row of rowsOf([batch])) {
        const user = Buffer.from(row.user!);
        expect(partitionOf(bytesOf(user), 0, user.length, 5)).toBe(batch.partition);
        expect(Number(row.id)).toBeGreaterThan(seen.get(row.user!) ?? -1);
        seen.set(row.user!, Number(row.id));
      }
    }
    expect(seen.size).toBe(7);
  });

  test('a truncated body loses its last event only', () => {
    const body = JSON.stringify([event({ id: 'a' }), event({ id: 'b' }), event({ id: 'c' })]);
    const whole = JSON.stringify(event()).length;
    for (let cut = whole + 2; cut < body.length; cut += 1) {
      const { accepted, refusals } = admit(body.slice(0, cut));
      expect(accepted).toBe(
        Math.floor((cut - 1) / (whole + 1)) + ((cut - 1) % (whole + 1) === whole ? 1 : 0),
      );
      expect(refusals.map(({ code }) => code)).toEqual(['EVENT_NOT_JSON']);
      expect(refusals[0]!.index).toBe(accepted);
    }
  });

  test.each([
    ['', json, 'body: expected events, got nothing'],
    ['  ', lines, 'body: expected events, got nothing'],
    ['hello', json, 'body: expected a JSON object or an array of objects'],
    ['{}', 'text/html', 'content type: expected one of'],
    ['{}', '', 'got nothing'],
    ['{}', 'application/json; charset=latin1', 'charset: expected utf-8, got latin1'],
  ])('%j as %s cannot be split', (body, contentType, reason) => {
    expect(() => admit(body, contentType)).toThrow(
      expect.objectContaining({ code: 'BODY_INVALID', message: expect.stringContaining(reason) }),
    );
  });

  test.each([
    ['[]', json, (count: number) => `[${','.repeat(count - 1)}]`],
    ['cut off', json, (count: number) => `[${','.repeat(count - 1)}`],
    ['lines', lines, (count: number) => 'x\n'.repeat(count)],
    ['statements', xapi, (count: number) => `[${'{},'.repeat(count - 1)}{}]`],
  ])('a body of too many events is refused as a whole: %s', (_, contentType, bodyOf) => {
    const admission = admit(bodyOf(bodyEventsMax), contentType);
    expect(admission.refusals.length).toBe(bodyEventsMax);
    expect(() => admit(bodyOf(bodyEventsMax + 1), contentType)).toThrow(
      expect.objectContaining({
        code: 'BODY_TOO_LARGE',
        message: 'body: expected at most 100,000 events, got more',
      }),
    );
  });

  test('what the door refuses stays refused, whenever it is decoded', () => {
    const soon = event({ time: new Date(receivedAt + 90_000_000).toISOString() });
    const large = event({ context: { text: 'x'.repeat(70_000) } });
    const admission = admit(JSON.stringify([soon, large]));
    const codes = ['EVENT_TIME_OUT_OF_RANGE', 'EVENT_TOO_LARGE'];
    expect(admission.refusals.map(({ code }) => code)).toEqual(codes);
    const again = refusedOf(decode(admission, receivedAt + 1e9));
    expect(again.map(({ code }) => code).sort()).toEqual(codes);
    expect(again.map(({ reason }) => reason).sort()).toEqual(
      admission.refusals.map(({ reason }) => reason).sort(),
    );
    expect(Math.max(...again.map(({ text }) => text.length))).toBe(65_536);
  });

  test('refuses a number of partitions that is none', () => {
    expect(() => createDoor({ partitions: 0 })).toThrow(RangeError);
  });
});

describe('the kinds of the engine', () => {
  const said = { experiment: 'hints', variant: 'with', probability: 0.5, stage: 1 };
  const exposure = (context?: unknown) => event({ type: 'exposure', context });

  test('definitions are refused, whoever sends them and however the type is written', () => {
    const plain = JSON.stringify(event({ type: 'millrace.experiment', user: 'millrace' }));
    const escaped = plain.replace('millrace.experiment', 'millrace\\u002eexperiment');
    for (const body of [plain, escaped]) {
      const admission = admit(`[${body},${JSON.stringify(event({ id: '2' }))}]`);
      expect(admission.accepted).toBe(1);
      expect(admission.refusals).toEqual([
        {
          index: 0,
          code: 'EVENT_FIELD_INVALID',
          reason:
            "type: millrace.experiment is the engine's own; define experiments in the dashboard or by POST /v1/experiments",
        },
      ]);
      expect(refusedOf(decode(admission))).toMatchObject([
        { code: 'EVENT_FIELD_INVALID', text: body },
      ]);
    }
  });

  test.each(Object.entries(ownTypes))('%s is refused with what to do instead', (type, instead) => {
    const { accepted, refusals } = admit(JSON.stringify(event({ type, user: 'millrace' })));
    const reason = `type: ${type} is the engine's own; ${instead}`;
    expect([accepted, refusals]).toEqual([0, [{ index: 0, code: 'EVENT_FIELD_INVALID', reason }]]);
  });

  test('an exposure says what its analysis needs, also as a CloudEvent', () => {
    expect(admit(JSON.stringify(exposure(said))).refusals).toEqual([]);
    const cloud = {
      specversion: '1.0',
      id: '1',
      source: '/app',
      type: 'exposure',
      subject: 'ada',
      time: '2026-03-01T10:00:00Z',
      data: { context: said },
    };
    const type = 'application/cloudevents+json';
    expect(admit(JSON.stringify(cloud), type).refusals).toEqual([]);
    const { probability, ...without } = said;
    const bare = { ...cloud, data: { context: without } };
    expect(admit(JSON.stringify(bare), type).refusals).toMatchObject([
      { code: 'EXPOSURE_INVALID' },
    ]);
  });

  test.each<[unknown, string]>([
    [undefined, 'context.experiment: expected text of 1 to 256 characters, got none'],
    [null, 'context.experiment: expected text'],
    [{ ...said, experiment: 7 }, 'context.experiment: expected text of 1 to 256 characters, got 7'],
    [{ ...said, variant: '' }, 'context.variant: expected text of 1 to 256 characters, got ""'],
    [{ ...said, probability: undefined }, 'context.probability: expected the probability of the'],
    [{ ...said, probability: 0 }, 'in (0, 1], got 0: without it no effect can be computed'],
    [{ ...said, probability: 1.5 }, 'in (0, 1], got 1.5'],
    [{ ...said, probability: '0.5' }, 'in (0, 1], got "0.5"'],
    [{ ...said, stage: 'full' }, 'context.stage: expected the number of the stage'],
    [{ ...said, stage: 0 }, 'got 0'],
    [{ ...said, stage: 1.5 }, 'got 1.5'],
  ])(
    'an exposure with the context %j is refused, now and whenever it is decoded',
    (context, reason) => {
      const admission = admit(JSON.stringify(exposure(context)));
      const [refusal] = admission.refusals;
      expect(refusal).toMatchObject({ index: 0, code: 'EXPOSURE_INVALID' });
      expect(refusal!.reason).toContain(reason);
      expect(refusedOf(decode(admission))).toMatchObject([
        { code: 'EXPOSURE_INVALID', reason: refusal!.reason },
      ]);
    },
  );
});

describe('CloudEvents', () => {
  const cloudEvent = (fields: object = {}) => ({
    specversion: '1.0',
    id: '7',
    source: '/campus/lms',
    type: 'answered',
    time: '2026-03-01T10:00:00+01:00',
    subject: 'ada',
    ...fields,
  });

  test('become events that keep what has no place of its own', () => {
    const data = { item: 'q1', session: 's', value: true, context: { skill: 'algebra' }, more: 1 };
    const body = JSON.stringify([cloudEvent({ data, traceparent: '00-ab' })]);
    expect(rowsOf(decode(admit(body, cloudEvents)))).toEqual([
      {
        id: '/campus/lms#7',
        type: 'answered',
        user: 'ada',
        item: 'q1',
        session: 's',
        time: Date.UTC(2026, 2, 1, 9),
        value: 1,
        json: expect.objectContaining({
          context: {
            skill: 'algebra',
            cloudevents: { source: '/campus/lms', traceparent: '00-ab', data: { more: 1 } },
          },
        }),
      },
    ]);
  });

  test('a user in the data leaves the subject in the context; an absent time is the reception', () => {
    const body = JSON.stringify(cloudEvent({ time: undefined, data: { user: 'grace' } }));
    const [row] = rowsOf(decode(admit(body, 'application/cloudevents+json; charset=UTF-8')));
    expect(row).toMatchObject({ user: 'grace', time: receivedAt });
    expect(row!.json.context.cloudevents).toEqual({ source: '/campus/lms', subject: 'ada' });
  });

  test.each([
    [{ specversion: '0.3' }, 'EVENT_FIELD_INVALID', 'specversion: expected "1.0", got "0.3"'],
    [{ source: undefined }, 'EVENT_FIELD_MISSING', 'source: expected text, got nothing'],
    [{ subject: undefined }, 'EVENT_FIELD_MISSING', 'subject: expected the user'],
    [{ data: { item: 4 } }, 'EVENT_FIELD_INVALID', 'data.item: expected text'],
    [{ data: { value: 1e200 } }, 'EVENT_FIELD_INVALID', 'data.value: expected a number from'],
    [{ data: { context: [] } }, 'EVENT_FIELD_INVALID', 'data.context: expected an object'],
    [{ time: 'noon' }, 'EVENT_FIELD_INVALID', 'time: expected an ISO 8601'],
    [{ time: '1999-12-31T23:59:59Z' }, 'EVENT_TIME_OUT_OF_RANGE', 'time: expected between'],
    [{ id: 'x'.repeat(250) }, 'EVENT_FIELD_INVALID', 'id: expected at most 255'],
    [{ constructor: 1 }, 'EVENT_KEY_FORBIDDEN', 'constructor: expected another key'],
  ])('with %j is refused alone, under the name of its attribute', (fields, code, reason) => {
    const foreign = cloudEvent({ user: 'ada', ...fields });
    const admission = admit(JSON.stringify([foreign, cloudEvent()]), cloudEvents);
    expect(admission).toMatchObject({
      accepted: 1,
      refusals: [{ index: 0, code, reason: expect.stringContaining(reason) }],
    });
    const [again] = refusedOf(decode(admission));
    expect(again).toMatchObject({ code, text: JSON.stringify(foreign) });
  });
});

describe('xAPI statements', () => {
  const statement = (fields: object = {}) => ({
    id: '12345678-1234-5678-1234-567812345678',
    actor: { mbox: 'mailto:ada@example.org', name: 'Ada' },
    verb: { id: 'http://adlnet.gov/expapi/verbs/Answered', display: { en: 'answered' } },
    object: { id: 'https://example.org/q/1', definition: { type: 'question' } },
    result: { success: false, score: { scaled: 0.25 } },
    context: { registration: 'r-1', platform: 'web' },
    timestamp: '2026-03-01T10:00:00.123Z',
    ...fields,
  });

  test('become events without the personal data of the actor', () => {
    const [row] = rowsOf(decode(admit(JSON.stringify(statement()), xapi)));
    expect(row).toEqual({
      id: '12345678-1234-5678-1234-567812345678',
      type: 'answered',
      user: 'ada@example.org',
      item: 'https://example.org/q/1',
      session: 'r-1',
      time: Date.UTC(2026, 2, 1, 10, 0, 0, 123),
      value: 0,
      json: expect.anything(),
    });
    expect(row!.json.context.xapi).toEqual({
      verb: statement().verb,
      object: { definition: { type: 'question' } },
      result: statement().result,
      context: { platform: 'web' },
    });
  });

  test.each([
    [{ account: { homePage: 'https://lms.example', name: '42' } }, 'https://lms.example#42'],
    [{ openid: 'https://ada.example' }, 'https://ada.example'],
    [{ mbox_sha1sum: 'ab12' }, 'ab12'],
  ])('actor %j is user %s', (actor, user) => {
    const [row] = rowsOf(decode(admit(JSON.stringify(statement({ actor })), xapi)));
    expect(row!.user).toBe(user);
  });

  test('the value is the scaled score when success is unknown, the time when it was stored', () => {
    const fields = { result: { score: { scaled: 0.25 } }, timestamp: undefined };
    const stored = '2026-03-01T11:00:00Z';
    const body = JSON.stringify(statement({ ...fields, stored }));
    expect(rowsOf(decode(admit(body, xapi)))[0]).toMatchObject({
      value: 0.25,
      time: Date.UTC(2026, 2, 1, 11),
    });
  });

  /** Ids made for the statements when they come at a later time. */
  function madeIds(statements: object[], laterMs: number): unknown[] {
    const bytes = new TextEncoder().encode(JSON.stringify(statements));
    const admission = createDoor({ partitions: 1 }).admit(bytes, xapi, receivedAt + laterMs);
    return rowsOf(decode(admission, receivedAt + laterMs)).map(({ id }) => id);
  }

  test.each([
    { id: undefined },
    { id: undefined, timestamp: undefined, stored: '2026-03-01T11:00:00Z' },
  ])('a statement with a time and without an id gets the same one whenever it comes', (fields) => {
    const statements = [statement(fields), statement({ ...fields, a: 1 })];
    expect(madeIds(statements, 5_000)).toEqual(madeIds(statements, 0));
    expect(new Set(madeIds(statements, 0)).size).toBe(2);
  });

  test('a statement without id and time is another one when it comes at another time', () => {
    const statements = [statement({ id: undefined, timestamp: undefined })];
    expect(madeIds(statements, 0)).toEqual(madeIds(statements, 0));
    expect(madeIds(statements, 5_000)).not.toEqual(madeIds(statements, 0));
  });

  test.each([
    [{ actor: undefined }, 'EVENT_FIELD_MISSING', 'actor: expected an object, got nothing'],
    [{ actor: { name: 'Ada' } }, 'EVENT_FIELD_MISSING', 'actor: expected an mbox'],
    [{ verb: { id: '///' } }, 'EVENT_FIELD_INVALID', 'verb.id: expected an IRI'],
    [{ object: { id: 'o'.repeat(300) } }, 'EVENT_FIELD_INVALID', 'object.id: expected text'],
    [{ result: { success: 'yes' } }, 'EVENT_FIELD_INVALID', 'result.success: expected true'],
    [{ result: { score: { scaled: 2 } } }, 'EVENT_FIELD_INVALID', 'result.score.scaled: expected'],
    [{ timestamp: '2026-03-09T00:00:00Z' }, 'EVENT_TIME_OUT_OF_RANGE', 'timestamp: expected'],
  ])('with %j is refused under the name of its property', (fields, code, reason) => {
    const admission = admit(JSON.stringify([statement(), statement(fields)]), xapi);
    expect(admission).toMatchObject({
      accepted: 1,
      refusals: [{ index: 1, code, reason: expect.stringContaining(reason) }],
    });
    expect(refusedOf(decode(admission))[0]).toMatchObject({ code });
  });
});

test('whatever is sent, the data plane accepts and refuses what the door did', () => {
  const anything = fc.oneof(
    fc.constant(event()),
    fc.constant({ ...event(), user: 'grace' }),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const texts = fc.array(
    fc.tuple(anything, fc.nat(200)).map(([value, cut]) => {
      const text = JSON.stringify(value);
      return cut < text.length / 4 ? text.slice(0, cut) : text;
    }),
    { maxLength: 8 },
  );
  const contentType = fc.constantFrom(json, lines, cloudEvents, xapi);
  fc.assert(
    fc.property(texts, contentType, (records, type) => {
      const body = type === lines ? `{}\n${records.join('\n')}` : `[${records.join(',')}]`;
      const admission = admit(body, type);
      const batches = decode(admission);
      const total = admission.slices.reduce((sum, { length }) => sum + length, 0);
      expect(total).toBe(admission.accepted + admission.refusals.length);
      expect(batches.reduce((sum, { length }) => sum + length, 0)).toBe(admission.accepted);
      const reasons = (refusals: readonly { code: string; reason: string }[]) =>
        refusals.map(({ code, reason }) => `${code} ${reason}`).sort();
      expect(reasons(refusedOf(batches))).toEqual(reasons(admission.refusals));
      for (const { code, reason } of admission.refusals) {
        expect(errors).toHaveProperty(code);
        expect(reason.length).toBeLessThanOrEqual(300);
      }
    }),
    { numRuns: 500, seed: 3 },
  );
});

test('a mark of refusal with an unknown code is only text that is not JSON', () => {
  const forged = '\u0015OVERLOADED never mind\n{}';
  const chunk = {
    partition: 0,
    firstOffset: 0,
    length: 1,
    receivedAt,
    bytes: new TextEncoder().encode(forged),
    ends: Int32Array.of(forged.length),
  };
  const decoder = createReferenceDecoder({ strings: [], numbers: [] }, new InternDictionary());
  expect(decoder.decode(chunk).refusals).toMatchObject([{ code: 'EVENT_NOT_JSON' }]);
});
