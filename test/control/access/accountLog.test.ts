/** Which rows count: whatever is written at once, in whatever order it is read, somebody administers, and all tell the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RoleName, roleNames } from '../../../contracts/access.ts';
import { accountsOf, firstAccount, isAdministrator } from '../../../control/access/accountLog.ts';
import type { AccountRow, StoredAccount } from '../../../control/access/accountRows.ts';

function row(
  time: number,
  id: string,
  revision: number,
  account: Partial<StoredAccount> = {},
  by = '',
): AccountRow {
  return {
    ...{ id, revision, by, at: time, actor: by, reason: '' },
    writeId: `${String(time).padStart(15, '0')}-x`,
    account: {
      ...{ login: id, name: id, role: 'admin', scope: 'everywhere', isActive: true },
      ...{ mustChange: false, password: '', generation: 1, ...account },
    },
  };
}

const first = row(1, firstAccount, 1);

test('of two first accounts the earlier counts', () => {
  const other = row(2, firstAccount, 1, { login: 'eve' });
  for (const rows of [
    [first, other],
    [other, first],
  ]) {
    const { accounts, writeIds } = accountsOf(rows);
    expect([...accounts.values()].map(({ login }) => login)).toEqual([firstAccount]);
    expect(writeIds).toEqual(new Set([first.writeId]));
  }
});

test('no first account is made behind another account', () => {
  expect(accountsOf([row(1, 'a', 1), row(2, firstAccount, 1)]).accounts.size).toBe(1);
});

test('a login is that of one account, in any case', () => {
  const { accounts } = accountsOf([first, row(2, 'a', 1, { login: 'FIRST' })]);
  expect([...accounts.keys()]).toEqual([firstAccount]);
});

test('of two administrators who take each other’s rights at once the earlier does', () => {
  const rows = [
    first,
    row(2, 'b', 1, {}, firstAccount),
    row(3, 'b', 2, { role: 'viewer' }, firstAccount),
    row(4, firstAccount, 2, { role: 'viewer' }, 'b'),
  ];
  const { accounts } = accountsOf(rows.toReversed());
  expect(accounts.get('b')?.role).toBe('viewer');
  expect(accounts.get(firstAccount)?.role).toBe('admin');
});

test('the last administrator is neither demoted, switched off nor confined to a place', () => {
  for (const change of [
    { role: 'operator' as const },
    { isActive: false },
    { scope: [{ programme: 'law' }] },
  ]) {
    const { accounts } = accountsOf([first, row(2, firstAccount, 2, change)]);
    expect(accounts.get(firstAccount)?.revision).toBe(1);
  }
});

test('who is no administrator changes the own password and nothing else', () => {
  const viewer = row(2, 'v', 1, { role: 'viewer' }, firstAccount);
  const own = row(3, 'v', 2, { role: 'viewer', password: 'new', generation: 2 }, 'v');
  const risen = row(3, 'v', 2, { role: 'admin' }, 'v');
  const others = row(3, firstAccount, 2, { password: 'stolen' }, 'v');
  expect(accountsOf([first, viewer, own]).accounts.get('v')?.password).toBe('new');
  expect(accountsOf([first, viewer, risen]).accounts.get('v')?.role).toBe('viewer');
  expect(accountsOf([first, viewer, others]).accounts.get(firstAccount)?.password).toBe('');
});

test('whatever is written, somebody administers, and the order of reading does not matter', () => {
  const ids = [firstAccount, 'a', 'b'];
  const arbitrary = fc.record({
    id: fc.constantFrom(...ids),
    revision: fc.integer({ min: 1, max: 4 }),
    by: fc.constantFrom('', ...ids),
    role: fc.constantFrom<RoleName>(...roleNames),
    isActive: fc.boolean(),
  });
  let grown = 0;
  fc.assert(
    fc.property(fc.array(arbitrary, { maxLength: 14 }), (given) => {
      const rows = given.map(({ id, revision, by, role, isActive }, i) =>
        row(i + 2, id, revision, { role, isActive }, by),
      );
      const { accounts } = accountsOf([first, ...rows]);
      expect([...accounts.values()].some(isAdministrator)).toBe(true);
      expect(accountsOf([...rows.toReversed(), first]).accounts).toEqual(accounts);
      if (accounts.size > 1) grown += 1;
    }),
  );
  expect(grown).toBeGreaterThan(5); // it is not vacuous
});
