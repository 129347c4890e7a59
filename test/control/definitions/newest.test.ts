/** Changes from a revision and from the newest, while others change the same. */
import { expect, test } from 'vitest';
import { atRevision, fromNewest } from '../../../control/definitions/newest.ts';

function bookAt(revision: number) {
  const head = { kind: 'rule', key: 'rule', revision, writeId: '' };
  return { get: (key: string) => (key === 'rule' ? { head } : undefined) };
}

test('a change from another revision than the newest is refused with the newest', () => {
  expect(atRevision(bookAt(3), 'rule', 3)).toMatchObject({ outcome: 'newest' });
  expect(atRevision(bookAt(3), 'rule', 2)).toEqual({ outcome: 'stale', revision: 3 });
  expect(atRevision(bookAt(3), 'rule', 4)).toEqual({ outcome: 'stale', revision: 3 });
  expect(atRevision(bookAt(3), 'other', 1)).toEqual({ outcome: 'unknown' });
});

test.each([
  [0, 'done', 1],
  [3, 'done', 4],
  [9, 'stale', 5],
])('another comes in between %i times: %s after %i attempts', async (others, outcome, attempts) => {
  let book = bookAt(1);
  let looks = 0;
  const seen: number[] = [];
  const written = await fromNewest(
    { get: (key) => book.get(key) },
    async () => {
      looks += 1;
      book = bookAt(looks);
    },
    'rule',
    async ({ head }) => {
      seen.push(head.revision);
      return { outcome: seen.length <= others ? 'stale' : 'done' };
    },
  );
  expect(written).toEqual({ outcome });
  // Each from the newest of its moment.
  expect(seen).toEqual(Array.from({ length: attempts }, (_, i) => i + 1));
});

test('what there is not is not attempted', async () => {
  const attempt = () => Promise.reject(new Error('attempted'));
  expect(await fromNewest(bookAt(1), async () => {}, 'other', attempt)).toEqual({
    outcome: 'unknown',
  });
});
