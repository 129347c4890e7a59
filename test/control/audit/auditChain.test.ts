/** The chain: what is hashed, byte by byte, and that no change of an entry leaves its hash. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditEntry } from '../../../contracts/auditApi.ts';
import {
  beginEntry,
  chainStart,
  hashOf,
  headsNamedBy,
  linkEntry,
} from '../../../control/audit/auditChain.ts';
import { hashOfHeads, noteText, readNote } from '../../../control/audit/headsNote.ts';

const entry: AuditEntry = {
  ...{ chain: 'c', number: 1, at: 1_764_226_700_000, kind: 'action' },
  principal: { kind: 'person', id: 'p1', name: 'Ada Größe' },
  ...{ act: 'POST /v1/experiments/:key/start', subject: 'hints', reason: 'it is "time"' },
  ...{ status: 200, request: 'r-1' },
};

// Golden: Python 3, hashlib.sha256 of json.dumps(entry, sort_keys=True, separators=(',', ':'), ensure_ascii=False).
test('an entry has the hash that another program computes of it', () => {
  expect(hashOf(chainStart, entry)).toBe(
    '1fc176b1fbd7ef82a78dd2d2699a53ece4ef0aa7a3596461bd6b63a92ae78e35',
  );
  expect(linkEntry(chainStart, entry)).toEqual({
    ...entry,
    before: chainStart,
    hash: hashOf(chainStart, entry),
  });
  // What is stored beside it is not part of it.
  expect(hashOf(chainStart, linkEntry(chainStart, entry))).toBe(hashOf(chainStart, entry));
});

// Golden: as above, of the sorted lines ["a",10,"0e"] and ["b",3,"ff"].
test('heads have one hash in any order', () => {
  const heads = [
    { chain: 'b', number: 3, hash: 'ff' },
    { chain: 'a', number: 10, hash: '0e' },
  ];
  expect(hashOfHeads(heads)).toBe(
    'e7072ec4a07b3753b8dd227a57e3c39eb9709c8963180669a2f03b757043ed93',
  );
  expect(hashOfHeads(heads.toReversed())).toBe(hashOfHeads(heads));
});

test('every field of an entry is hashed, and what it follows', () => {
  const changes: Partial<AuditEntry>[] = [
    ...[{ chain: 'd' }, { number: 2 }, { at: 1 }, { kind: 'view' as const }, { act: 'x' }],
    ...[{ subject: 'x' }, { reason: '' }, { status: 0 }, { request: '' }],
    ...[{ principal: { ...entry.principal, kind: 'key' as const } }],
    ...[
      { principal: { ...entry.principal, id: '' } },
      { principal: { ...entry.principal, name: '' } },
    ],
  ];
  const hashes = changes.map((change) => hashOf(chainStart, { ...entry, ...change }));
  const all = new Set([hashOf(chainStart, entry), hashOf('f'.repeat(64), entry), ...hashes]);
  expect(all.size).toBe(changes.length + 2);
});

test('a first entry names heads so that they can be read again', () => {
  const head = fc.record({ chain: fc.string(), number: fc.nat(), hash: fc.string() });
  fc.assert(
    fc.property(fc.array(head), (heads) => {
      expect(headsNamedBy(beginEntry('c', 1, heads))).toEqual(heads);
    }),
  );
  expect(headsNamedBy({ ...beginEntry('c', 1, []), reason: 'not a list' })).toEqual([]);
  expect(headsNamedBy(entry)).toEqual([]);
});

test('a note of heads is read as it was written, and nothing else is', () => {
  const note = { instant: 1_764_226_700_000, entries: 12, hash: 'ab'.repeat(32) };
  expect(readNote(noteText(note))).toEqual(note);
  for (const text of ['', 'ab'.repeat(32), `1-2-${'g'.repeat(64)}`, `${noteText(note)} `]) {
    expect(readNote(text)).toBeUndefined();
  }
});
