/** Nobody gives what they do not have. */
import { expect, test } from 'vitest';
import type { Principal, Scope } from '../../../contracts/access.ts';
import { beyondOwn, isWithin } from '../../../control/access/rights.ts';

const law = { institution: 'north', programme: 'law' };

test.each<[Scope, Scope, boolean]>([
  ['everywhere', 'everywhere', true],
  [[law], 'everywhere', true],
  ['everywhere', [law], false],
  ['everywhere', [{}], false],
  [[{ ...law, course: 'torts' }], [law], true],
  [[law], [{ ...law, course: 'torts' }], false],
  [[law], [{ institution: 'south' }, { institution: 'north' }], true],
  [[law, { institution: 'south' }], [{ institution: 'north' }], false],
  [[{ programme: 'law' }], [law], false],
  [[{}], [law], false],
])('%o within %o: %s', (inner, outer, expected) => {
  expect(isWithin(inner, outer)).toBe(expected);
});

test('permissions beyond the own ones are named', () => {
  const giver: Principal = {
    ...{ kind: 'key', id: 'k', name: 'k', scope: 'everywhere' },
    permissions: new Set(['administer', 'read'] as const),
  };
  expect(beyondOwn(giver, ['read', 'operate', 'audit'])).toEqual(['operate', 'audit']);
});
