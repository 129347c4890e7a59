/** The shape decoder and the reference: one result, whatever the bytes are. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Columns } from '../../../contracts/batch.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { planColumns } from '../../../sources/decode/columnPlan.ts';
import { startDraft } from '../../../sources/decode/draft.ts';
import { knownEvent } from '../../../sources/decode/knownKeys.ts';
import { readShape } from '../../../sources/decode/readShape.ts';
import { createReferenceDecoder } from '../../../sources/decode/referenceDecoder.ts';
import { createDecoder } from '../../../sources/decode/shapeDecoder.ts';
import { chunkOf, plain } from './chunks.ts';

const columns: Columns = {
  strings: [
    'context.skill',
    'context.deep.name',
    'session',
    'decision',
    'id',
    'plan',
    'context',
    'item.x',
  ],
  numbers: [
    'context.attempt',
    'context.deep.size',
    'context.skill',
    'context.deep',
    'score',
    'context',
    'value.size',
  ],
};

function expectEqual(...chunks: (readonly (string | Uint8Array)[])[]): void {
  const shape = createDecoder(columns, new InternDictionary());
  const reference = createReferenceDecoder(columns, new InternDictionary());
  for (const records of chunks) {
    const chunk = chunkOf(records);
    expect(plain(shape.decode(chunk))).toEqual(plain(reference.decode(chunk)));
  }
}

const space = fc.constantFrom('', '', '', '', ' ', '\n', '\t \r', '\u00a0', '\f');
const text = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[ -~]{0,12}$/).map((each) => JSON.stringify(each)) },
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((each) => JSON.stringify(each)),
  fc.string({ unit: 'binary', maxLength: 8 }).map((each) => JSON.stringify(each)),
  fc.constantFrom(
    '"a\\u0000b"',
    '"\\ud800"',
    '"\\udc00x"',
    '"a\\/b"',
    '"\\u00e9"',
    '"\\x"',
    '"\\u12g4"',
  ),
  fc.constantFrom('"tab\tinside"', '"nul\0inside"', '"\u007f"', '"\ufeff"', '""', '"open', '"'),
  fc.constantFrom(127, 255, 256, 257, 300).map((length) => `"${'n'.repeat(length)}"`),
  fc.constantFrom(127, 128, 256, 257).map((length) => `"${'é'.repeat(length)}"`),
  fc.constantFrom(128, 129).map((length) => `"${'😀'.repeat(length)}"`),
);
const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.tuple(fc.bigInt(), fc.integer({ min: -330, max: 330 })).map(([a, b]) => `${a}e${b}`),
  fc.tuple(fc.nat(), fc.bigInt({ min: 0n, max: 10n ** 20n })).map(([a, b]) => `${a}.${b}`),
  fc.constantFrom(
    '-0',
    '0',
    '-0.0',
    '0e5',
    '00',
    '01',
    '-',
    '1.',
    '.5',
    '1e',
    '1e+',
    '+1',
    '1E-07',
  ),
  fc.constantFrom('1e15', '-1000000000000000', '1000000000000000.5', '1e16', '-1e200'),
  fc.constantFrom('1e400', '-1e400', '1e-400', '5e-324', '9007199254740993', '0.1e0000000000001'),
  fc.constantFrom('NaN', 'Infinity', '0x10', '1_000', '1e5.5', '123456789012345678901234567890'),
);
const literal = fc.constantFrom(
  'true',
  'false',
  'null',
  'tru',
  'nul',
  'True',
  'falsey',
  'nullnull',
);
const scalar = fc.oneof({ weight: 3, arbitrary: text }, { weight: 2, arbitrary: number }, literal);

const instant = fc.oneof(
  fc
    .date({ min: new Date('1999-12-30'), max: new Date('2026-03-05'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc
    .tuple(
      fc.constantFrom('2024', '2023', '2000', '2100', '1999', '9999', '0000', '0000', '20 4'),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
      fc.integer({ min: 0, max: 25 }),
      fc.integer({ min: 0, max: 61 }),
      fc.constantFrom('', '.1', '.12', '.123', '.1239999', '.', ',5', '.12x'),
      fc.constantFrom(
        'Z',
        '+01:00',
        '-00:00',
        '+23:59',
        '-24:00',
        '+0100',
        '+05:60',
        '',
        'z',
        'ZZ',
      ),
    )
    .map(([year, month, day, hour, second, fraction, zone]) => {
      const [mm, dd, hh, ss] = [month, day, hour, second].map((n) => String(n).padStart(2, '0'));
      return `${year}-${mm}-${dd}T${hh}:30:${ss}${fraction}${zone}`;
    }),
);
const time = fc.oneof(
  { weight: 6, arbitrary: instant.map((each) => `"${each}"`) },
  fc.constantFrom(
    '1772409600000',
    '1772409600000.5',
    '946684800000',
    '946684799999',
    '"2026"',
    '9e99',
  ),
  scalar,
);

const keyNames = [
  'skill',
  'attempt',
  'deep',
  'name',
  'size',
  'id',
  'user',
  'extra',
  'a.b',
  'Zoë',
  '',
];
const forbidden = ['__proto__', 'constructor', 'prototype', '\\u005f_proto__'];
const key = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...keyNames) },
  fc.constantFrom(...forbidden, '__proto_', 'prototypes', 'sk\\u0069ll', '\\n'),
);

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'nest' },
    { weight: 5, arbitrary: scalar },
    tie('object'),
    tie('array'),
  ),
  object: fc
    .array(fc.tuple(space, key, space, tie('tree'), space), {
      maxLength: 5,
      depthIdentifier: 'nest',
    })
    .map((fields) => {
      const inner = fields.map(([a, name, b, value, c]) => `${a}"${name}"${b}:${b}${value}${c}`);
      return `{${inner.join(',')}}`;
    }),
  array: fc
    .array(fc.tuple(space, tie('tree')), { maxLength: 4, depthIdentifier: 'nest' })
    .map((elements) => `[${elements.map(([a, value]) => `${a}${value}`).join(',')}]`),
}));
const nested = fc
  .integer({ min: 0, max: 18 })
  .chain((depth) =>
    fc.constantFrom(
      `${'['.repeat(depth)}1${']'.repeat(depth)}`,
      `${'{"deep":'.repeat(depth)}1${'}'.repeat(depth)}`,
      `${'{"x":'.repeat(depth)}[]${'}'.repeat(depth)}`,
    ),
  );

/** Mostly what a producer would send, so that most records reach the end of the fast path. */
function often<Value>(usual: fc.Arbitrary<Value>, odd: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 14, arbitrary: usual }, { weight: 1, arbitrary: odd });
}
const name = fc.stringMatching(/^[a-z0-9-]{1,14}$/).map((each) => `"${each}"`);
const usualTime = fc.integer({ min: 0, max: 86_399 }).map((second) => {
  return `"${new Date(Date.UTC(2026, 2, 1) + second * 1000).toISOString()}"`;
});
const usualContext = fc
  .record(
    {
      skill: often(name, tree),
      attempt: often(fc.nat().map(String), tree),
      deep: often(
        fc.tuple(name, number).map(([a, b]) => `{"name":${a},"size":${b}}`),
        tree,
      ),
      extra: tree,
    },
    { requiredKeys: [] },
  )
  .map(
    (fields) =>
      `{${Object.entries(fields)
        .map(([at, value]) => `"${at}":${value}`)
        .join(',')}}`,
  );

const event = fc.record(
  {
    id: often(name, scalar),
    type: often(fc.constantFrom('"viewed"', '"answered"', '"rated"'), scalar),
    time: often(usualTime, time),
    user: often(name, scalar),
    item: often(name, scalar),
    session: often(name, scalar),
    value: often(number, scalar),
    decision: often(name, scalar),
    context: often(usualContext, fc.oneof(tree, nested)),
    plan: tree,
    score: scalar,
  },
  { requiredKeys: ['id', 'type', 'time', 'user'] },
);

/** What happens to a whole record. */
const mishap = fc.oneof(
  { weight: 30, arbitrary: fc.constant({ kind: 'none', at: 0 } as const) },
  fc.record({
    kind: fc.constantFrom(
      'truncate',
      'flip',
      'insert',
      'double',
      'drop',
      'reverse',
      'spread',
      'mark',
      'surround',
      'escape',
    ),
    at: fc.nat(10_000),
  }),
);

const record = fc
  .tuple(event, mishap, time, tree)
  .map(([fields, { kind, at }, otherTime, other]) => {
    let entries = Object.entries(fields);
    const which = at % entries.length;
    if (kind === 'double') {
      entries.push([entries[which]![0], ['null', '{}', '"z"', other, otherTime][at % 5]!]);
    }
    if (kind === 'drop') entries = entries.filter((_, i) => i !== which);
    if (kind === 'reverse') entries.reverse();
    const rendered = entries.map(([name, value], i) => {
      if (kind === 'escape' && i === which)
        return `"\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}":${value}`;
      return kind === 'spread' ? ` "${name}" : ${value} ` : `"${name}":${value}`;
    });
    if (kind === 'surround')
      return Buffer.from(`${' \ufeff\n'.slice(at % 3)}{${rendered.join(',')}}\n `);
    const bytes = Buffer.from(`{${rendered.join(kind === 'mark' ? ', ' : ',')}}`);
    const place = at % bytes.length;
    if (kind === 'truncate') return bytes.subarray(0, place);
    if (kind === 'flip') bytes[place] = at % 256;
    if (kind === 'insert')
      return Buffer.concat([bytes.subarray(0, place), Buffer.of(at % 256), bytes.subarray(place)]);
    return bytes;
  });

test('equals the reference on arbitrary sequences of events', () => {
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 12 }),
      fc.array(record, { maxLength: 4 }),
      (first, second) => {
        expectEqual(first, [...second, ...first]);
      },
    ),
    { numRuns: 1500, seed: 7 },
  );
});

test('equals the reference on arbitrary values at every depth', () => {
  const around = (value: string) =>
    `{"id":"i","type":"t","time":1772409600000,"user":"u","value":1,"context":${value},"plan":${value}}`;
  fc.assert(
    fc.property(
      fc.array(fc.oneof(tree as fc.Arbitrary<string>, nested).map(around), { maxLength: 8 }),
      (records) => {
        expectEqual(records);
      },
    ),
    { numRuns: 1500, seed: 8 },
  );
});

test('equals the reference on arbitrary times and numbers', () => {
  const around = ([at, value]: [string, string]) =>
    `{"id":"i","type":"t","time":${at},"user":"u","value":${value},"score":${value}}`;
  fc.assert(
    fc.property(fc.array(fc.tuple(time, number).map(around), { maxLength: 20 }), (records) => {
      expectEqual(records);
    }),
    { numRuns: 1500, seed: 9 },
  );
});

test('equals the reference on malformed UTF-8', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 5 }), { maxLength: 10 }),
      (odd) => {
        expectEqual(
          odd.map((bytes) =>
            Buffer.concat([
              Buffer.from('{"id":"i","type":"t","time":1772409600000,"user":"u'),
              bytes.map((byte) => byte | 0x80),
              Buffer.from('","context":{"skill":"ok"}}'),
            ]),
          ),
        );
      },
    ),
    { numRuns: 1500, seed: 10 },
  );
});

/** Whether an event is read without the reference, by a decoder that has seen nothing yet. */
function isFast(record: string): boolean {
  const plan = planColumns(columns);
  const chunk = chunkOf([record]);
  const reader = {
    bytes: chunk.bytes,
    view: new DataView(chunk.bytes.buffer),
    draft: startDraft(chunk, plan, new InternDictionary()),
    known: knownEvent(plan),
    end: 0,
    event: 0,
  };
  return readShape(reader, 0, chunk.bytes.length);
}

test.each([
  ['every field of the model', '"item":"i","session":"s","value":0.75,"decision":"d","context":{}'],
  ['nulls', '"item":null,"session":null,"value":null,"decision":null,"context":null'],
  ['unknown fields', '"other":{"a":[1,"\\n",{"b":null}]},"more":-1.5e-7,"context":{"x":"é"}'],
  [
    'columns in the context',
    '"context":{"skill":"algebra","attempt":2,"deep":{"name":"n","size":1}}',
  ],
  ['white space', '"item": "i",\n  "context": {"skill": "algebra"}'],
])('reads %s without the reference', (_, fields) => {
  const start = '{"id":"1","type":"viewed","time":"2026-03-01T10:00:00.5+01:00","user":"Zoë",';
  expect(isFast(`${start}${fields}}`)).toBe(true);
});

test.each([
  ['"item":"a","item":null'],
  ['"value":1,"value":null'],
  ['"session":"s","session":null'],
  ['"context":{"skill":"a"},"context":{"attempt":1}'],
  ['"context":{"skill":"a"},"context":null'],
  ['"context":{"attempt":1,"attempt":"b"}'],
  ['"context":{"deep":{"name":"n"},"deep":5}'],
  ['"context":{"__proto__":1},"context":{}'],
])('of the keys in %s the last counts, as in the reference', (fields) => {
  expectEqual([`{"id":"1","type":"t","time":1772409600000,"user":"u",${fields}}`]);
});

test('forgets nothing that matters when an object has ever new keys', () => {
  const records = Array.from({ length: 200 }, (_, i) => {
    return `{"id":"${i}","type":"t","k${i}":${i},"time":1772409600000,"context":{"c${i}":"x","skill":"s${i % 3}"},"user":"u"}`;
  });
  expectEqual(records, records);
});

test('a truncated record does not borrow the bytes of the next', () => {
  const whole = '{"id":"1","type":"t","time":1772409600000,"user":"u"}';
  for (let cut = 0; cut < whole.length; cut += 1) {
    expectEqual([whole.slice(0, cut), whole.slice(cut), whole]);
  }
});
