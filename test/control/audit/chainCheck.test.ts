/** What a check finds of a log that was tampered with, each kind of tampering planted; and that it finds nothing in a whole one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredAuditEntry } from '../../../contracts/auditApi.ts';
import { linkEntry } from '../../../control/audit/auditChain.ts';
import { type ChainCheckOptions, createChainCheck } from '../../../control/audit/chainCheck.ts';
import { type HeadsNote, readNote } from '../../../control/audit/headsNote.ts';
import { chainOf } from '../../support/auditEntries.ts';

const never = 1e12;

/** In the order in which the log is read. */
function inOrder(entries: readonly StoredAuditEntry[]): StoredAuditEntry[] {
  const sorted = entries.toSorted(
    (a, b) => (a.chain < b.chain ? -1 : a.chain > b.chain ? 1 : 0) || a.number - b.number,
  );
  return [
    ...sorted.filter(({ number }) => number === 0),
    ...sorted.filter(({ number }) => number > 0),
  ];
}

function check(entries: readonly StoredAuditEntry[], options: Partial<ChainCheckOptions> = {}) {
  const found = createChainCheck({ instant: never, ...options });
  for (const entry of inOrder(entries)) found.take(entry);
  return found.read();
}

function note(entries: readonly StoredAuditEntry[], instant = never): HeadsNote {
  return readNote(check(entries, { instant }).heads)!;
}

const first = chainOf('b', 6);
/** Began when the first had four entries. */
const second = chainOf('a', 5, 4_000, [first[3]!]);
const whole = [...first, ...second];

test('a whole log has nothing broken', () => {
  expect(check(whole)).toMatchObject({
    ...{ entries: 11, chains: 2, broken: [], difference: undefined },
    sentence: '11 entries in 2 chains: each follows from the one before.',
  });
  expect(check([])).toMatchObject({ entries: 0, chains: 0, broken: [] });
});

test('an entry that was sent twice because it was in doubt is one', () => {
  expect(check([...whole, first[4]!, first[0]!])).toMatchObject({ entries: 11, broken: [] });
});

describe('found and told with its chain and number:', () => {
  const without = (number: number) => first.filter((each) => each.number !== number);
  const changed = (number: number, change: Partial<StoredAuditEntry>) =>
    first.map((each) => (each.number === number ? { ...each, ...change } : each));
  const other = (number: number) => ({ ...first[number]!, reason: 'another' });
  const linked = linkEntry(first[2]!.hash, { ...first[3]!, subject: 'another' });
  const swapped = first.map((each) => {
    if (each.number === 2) return { ...first[3]!, number: 2 };
    return each.number === 3 ? { ...first[2]!, number: 3 } : each;
  });
  test.each<[string, StoredAuditEntry[], number, RegExp]>([
    ['a changed reason', changed(2, { reason: 'other' }), 2, /Entry 2 was changed/],
    ['a changed time', changed(0, { at: 999 }), 0, /Entry 0 was changed/],
    ['a changed status', changed(5, { status: 500 }), 5, /Entry 5 was changed/],
    ['an entry out of the middle', without(2), 2, /Entry 2 is missing/],
    ['several out of the middle', first.filter((_, i) => i < 1 || i > 3), 1, /Entries 1 to 3 are/],
    ['the first entry', without(0), 0, /Entry 0 is missing/],
    ['an order that is another', swapped, 2, /Entry 2 does not follow|Entry 2 was changed/],
    ['two entries of a number', [...first, { ...linked }], 3, /two entries of number 3|follow/],
    [
      'one made anew that no chain names',
      changed(1, linkEntry(first[0]!.hash, other(1))),
      2,
      /Entry 2 does not follow from entry 1 as it is now/,
    ],
    [
      'one linked to another place',
      changed(5, linkEntry(first[2]!.hash, other(5))),
      5,
      /Entry 5 does not follow from entry 4/,
    ],
    ['one made anew with its hash', changed(3, linked), 3, /another than the one that chain a/],
    ['all made anew behind one', anew(first, 4), 4, /^$/],
    ['an end cut off that is named', first.slice(0, 3), 3, /Cut off behind entry 2: chain a names/],
    ['a whole chain that is named', [], 0, /The whole chain is gone: chain a names entry 3/],
  ])('%s', (what, entries, number, words) => {
    const { broken, sentence } = check([...entries, ...second]);
    // Without a key nothing in the log itself tells that: the noted heads do, below.
    if (what === 'all made anew behind one') return expect(broken).toEqual([]);
    expect(broken).toEqual([
      { chain: 'b', number, sentence: expect.stringMatching(words) as string },
    ]);
    expect(sentence).toMatch(/1 chain is broken\.$/);
  });

  /** As somebody who knows how it is made would write it. */
  function anew(entries: readonly StoredAuditEntry[], from: number): StoredAuditEntry[] {
    const made = entries.slice(0, from);
    for (const each of entries.slice(from)) {
      made.push(linkEntry(made.at(-1)!.hash, { ...each, reason: 'nothing happened' }));
    }
    return made;
  }

  test.each([
    [
      'an end that nothing names',
      whole.filter((each) => each.chain !== 'b' || each.number < 5),
      /1 entry of the 11 noted are gone/,
    ],
    ['a whole chain that nothing names', first, /5 entries of the 11 noted are gone/],
    ['all made anew behind one', [...anew(first, 4), ...second], /they are others than were noted/],
    [
      'one that was added with an old time',
      [...whole, ...chainOf('z', 1)],
      /1 entry more than noted/,
    ],
  ])('by heads that were noted: %s', (_, entries, words) => {
    const { difference, sentence, broken } = check(entries, { noted: note(whole) });
    expect(broken).toEqual([]);
    expect(difference).toMatch(words);
    expect(sentence).toContain('The noted heads are not as they were');
  });

  test('by the engine itself: the end of its own chain', () => {
    const remembered = [first[5]!];
    expect(check(whole, { remembered })).toMatchObject({ broken: [] });
    expect(check(first.slice(0, 5), { remembered }).broken).toEqual([
      { chain: 'b', number: 5, sentence: 'Cut off behind entry 4: the engine names entry 5.' },
    ]);
  });
});

test('heads that were noted stay right while the chains grow', () => {
  // At 5 000 there are five entries of the first chain and two of the second.
  const noted = note(whole, 5_000);
  expect(noted).toMatchObject({ instant: 5_000, entries: 7 });
  const grown = [...chainOf('b', 60), ...chainOf('a', 50, 4_000, [first[3]!])];
  expect(check([...grown, ...chainOf('c', 4, 9_000)], { noted })).toMatchObject({
    ...{ broken: [], difference: undefined },
    sentence: expect.stringContaining('The noted heads are among them.') as string,
  });
});

test('whichever field of whichever entry is changed, that entry is found', () => {
  const field = fc.constantFrom('act', 'subject', 'reason', 'request', 'kind', 'hash', 'before');
  fc.assert(
    fc.property(fc.nat(5), field, fc.string({ minLength: 1 }), (number, name, text) => {
      const entries = first.map((each) =>
        each.number === number ? { ...each, [name]: `${text}${each.hash}` } : each,
      );
      const [broken] = check([...entries, ...second]).broken;
      expect(broken).toMatchObject({ chain: 'b', number });
    }),
  );
});
