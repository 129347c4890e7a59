/**
 * Which accounts there are, from the rows that were ever written: a function of the rows alone, so that every process tells the same,
 * whoever wrote at the same moment.
 *
 * Rows are taken in the order of their write ids. One counts when it follows what counted before: its revision is the next, its
 * login is free, the one who wrote it was an administrator then (or changes the own password), and an administrator is left. So
 * of two who make the first account at once one wins; of two administrators who take each other's rights the later has none any more.
 */
import { type Principal, rolePermissions, type Scope } from '../../contracts/access.ts';
import type { AccountRow, StoredAccount } from './accountRows.ts';
import { foldLogin } from './foldLogin.ts';

/** Id of the first account: there is one of it. */
export const firstAccount = 'first';

export interface KnownAccount extends StoredAccount {
  readonly id: string;
  readonly revision: number;
  /** Of its newest row that counts. */
  readonly writeId: string;
  readonly madeAt: number;
  /** As whom its sessions act. */
  readonly principal: Principal;
}

export type Accounts = ReadonlyMap<string, KnownAccount>;

/** Whether somebody may give and take every right. */
export function isAdministrator({
  role,
  isActive,
  scope,
}: Pick<StoredAccount, 'role' | 'isActive' | 'scope'>): boolean {
  return role === 'admin' && isActive && scope === 'everywhere';
}

/** Why a row does not count. */
export type Uncounted = 'stale' | 'login taken' | 'no right' | 'last administrator' | 'not first';

/** @returns undefined when the row counts behind these accounts */
export function whyUncounted(accounts: Accounts, row: AccountRow): Uncounted | undefined {
  const before = accounts.get(row.id);
  if (row.revision !== (before?.revision ?? 0) + 1) return 'stale';
  if (row.id === firstAccount && before === undefined && accounts.size > 0) return 'not first';
  if (before === undefined && isLoginTaken(accounts, row.account.login)) return 'login taken';
  if (!mayWrite(accounts, row, before)) return 'no right';
  return leavesAdministrator(accounts, row) ? undefined : 'last administrator';
}

export interface Counted {
  readonly accounts: Map<string, KnownAccount>;
  /** Write ids of the rows that count. */
  readonly writeIds: ReadonlySet<string>;
}

/** @param rows in any order */
export function accountsOf(rows: readonly AccountRow[]): Counted {
  const accounts = new Map<string, KnownAccount>();
  const writeIds = new Set<string>();
  for (const row of [...rows].sort(inOrder)) {
    if (whyUncounted(accounts, row) !== undefined) continue;
    accounts.set(row.id, accountOf(row, accounts.get(row.id)?.madeAt ?? row.at));
    writeIds.add(row.writeId);
  }
  return { accounts, writeIds };
}

function accountOf({ id, revision, writeId, account }: AccountRow, madeAt: number): KnownAccount {
  const { name, role, scope } = account;
  const permissions = new Set(rolePermissions[role]);
  const principal: Principal = { kind: 'person', id, name, permissions, scope: scope as Scope };
  return { ...account, id, revision, writeId, madeAt, principal };
}

function isLoginTaken(accounts: Accounts, login: string): boolean {
  const folded = foldLogin(login);
  for (const each of accounts.values()) if (foldLogin(each.login) === folded) return true;
  return false;
}

function mayWrite(accounts: Accounts, row: AccountRow, before: KnownAccount | undefined): boolean {
  if (row.by === '') return true;
  const writer = accounts.get(row.by);
  if (writer === undefined || !writer.isActive) return false;
  if (isAdministrator(writer)) return true;
  if (row.by !== row.id || before === undefined) return false;
  const { name, role, scope, login, isActive } = before;
  const { account } = row;
  return (
    JSON.stringify([name, role, scope, login, isActive]) ===
    JSON.stringify([account.name, account.role, account.scope, account.login, account.isActive])
  );
}

function leavesAdministrator(accounts: Accounts, row: AccountRow): boolean {
  if (isAdministrator(row.account)) return true;
  for (const each of accounts.values()) {
    if (each.id !== row.id && isAdministrator(each)) return true;
  }
  return false;
}

function inOrder(a: AccountRow, b: AccountRow): number {
  if (a.writeId !== b.writeId) return a.writeId < b.writeId ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
