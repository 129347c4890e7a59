/** What the settings read and write, as far as it is not drawn: places, keys, and the example of a key. */
import { expect, test } from 'vitest';
import { Scope } from '../../contracts/access.ts';
import { exampleCommand } from '../../ui/settings/exampleCommand.ts';
import { keyStanding } from '../../ui/settings/keyStanding.ts';
import { emptyPlace, scopeDraft, scopeOf } from '../../ui/settings/scopeDraft.ts';
import { scopeWords } from '../../ui/settings/scopeWords.ts';

const scopes: readonly Scope[] = [
  'everywhere',
  [{ institution: 'North' }],
  [{ institution: 'North', programme: 'Maths', course: 'Algebra' }, { course: 'Drawing' }],
];

test('places are written as they were read', () => {
  for (const scope of scopes) expect(scopeOf(scopeDraft(scope))).toEqual(Scope.parse(scope));
});

test('a row without a name would be everywhere, and is none', () => {
  const draft = scopeDraft([{ institution: 'North' }]);
  expect(
    scopeOf({ ...draft, places: [...draft.places, emptyPlace(draft.places)] }),
  ).toBeUndefined();
  const blank = { ...emptyPlace([]), programme: '   ' };
  expect(scopeOf({ isEverywhere: false, places: [blank] })).toBeUndefined();
});

test('places are told from the whole to its parts', () => {
  expect(scopes.map(scopeWords)).toEqual([
    'everywhere',
    'North',
    'North ▸ Maths ▸ Algebra; all ▸ all ▸ Drawing',
  ]);
  expect(scopeWords([{}])).toBe('everywhere');
});

test('a key is over when it is revoked or its time has come', () => {
  const standing = (revokedAt: number | null, expiresAt: number | null) =>
    keyStanding({ revokedAt, expiresAt }, 10);
  expect([standing(null, null), standing(null, 11), standing(null, 10), standing(3, null)]).toEqual(
    ['inUse', 'inUse', 'expired', 'revoked'],
  );
});

test('the example of a key asks for what it may', () => {
  const command = (may: Parameters<typeof exampleCommand>[2]) =>
    exampleCommand('http://localhost:8080', 'mr_x', may);
  expect(command(['read', 'produce'])).toContain('/v1/health -H ');
  expect(command(['produce'])).toMatch(/\/v1\/events -H 'authorization: Bearer mr_x' \\\n {2}-H /);
  expect(command(['decide'])).toContain('/v1/session -H ');
});
