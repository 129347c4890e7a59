/** What is done with accounts: made, changed, given a new password, signed out. Nobody gives what they do not have. */
import { randomUUID } from 'node:crypto';
import {
  type Permission,
  type Principal,
  type RoleName,
  rolePermissions,
  type Scope,
} from '../../contracts/access.ts';
import type { AccessBook, AccessBy, AccountWritten } from './accessBook.ts';
import { type Accounts, firstAccount, isAdministrator, type KnownAccount } from './accountLog.ts';
import type { StoredAccount } from './accountRows.ts';
import { hashPassword } from './passwords.ts';
import { beyondOwn, isWithin } from './rights.ts';
import { newPassword } from './secrets.ts';

/** Who does it. */
export interface Giver {
  readonly principal: Principal;
  readonly actor: string;
  readonly reason: string;
}

export type AccountRefusal =
  | { readonly why: 'unknown' }
  | { readonly why: 'stale'; readonly revision: number }
  | { readonly why: 'first must be an administrator' }
  /** It would give these, or act for somebody who has them. */
  | { readonly why: 'beyond own'; readonly permissions: readonly Permission[] }
  | { readonly why: 'beyond own places' };

export type AccountResult = AccountWritten<AccountRefusal>;

export interface AccountGiven {
  readonly login: string;
  readonly name: string;
  readonly role: RoleName;
  readonly scope: Scope;
}

const byOf = ({ principal, actor, reason }: Giver): AccessBy => {
  return { actor, reason, by: principal.kind === 'person' ? principal.id : '' };
};

/** The first administrator, who may do everything everywhere. @throws EngineError SINK_UNAVAILABLE, OVERLOADED */
export async function makeFirstAccount(
  book: AccessBook,
  { login, name, password }: { login: string; name: string; password: string },
): Promise<AccountWritten<never>> {
  const hashed = await hashPassword(password);
  const account: StoredAccount = {
    ...{ login: login.normalize('NFKC'), name, role: 'admin', scope: 'everywhere' },
    ...{ isActive: true, mustChange: false, password: hashed, generation: 1 },
  };
  const by = { actor: name, by: '', reason: 'The first administrator.' };
  return book.writeAccount(() => ({ id: firstAccount, revision: 1, account }), by);
}

/** @returns the password, which is shown once. @throws EngineError SINK_UNAVAILABLE, OVERLOADED */
export async function makeAccount(
  book: AccessBook,
  { login, name, role, scope }: AccountGiven,
  giver: Giver,
): Promise<{ readonly written: AccountResult; readonly password: string }> {
  const password = newPassword();
  const hashed = await hashPassword(password);
  const account: StoredAccount = {
    ...{ login: login.normalize('NFKC'), name, role, scope },
    ...{ isActive: true, mustChange: true, password: hashed, generation: 1 },
  };
  const written = await book.writeAccount<AccountRefusal>((accounts) => {
    if (accounts.size === 0 && !isAdministrator(account)) {
      return { refused: { why: 'first must be an administrator' } };
    }
    const refused = whyBeyond(giver.principal, account);
    if (refused !== undefined) return { refused };
    return { id: accounts.size === 0 ? firstAccount : randomUUID(), revision: 1, account };
  }, byOf(giver));
  return { written, password };
}

/** Its sessions end when it may do something else than before, or nothing. @throws EngineError SINK_UNAVAILABLE */
export function changeAccount(
  book: AccessBook,
  id: string,
  given: Omit<AccountGiven, 'login'> & { readonly isActive: boolean; readonly revision: number },
  giver: Giver,
): Promise<AccountResult> {
  const { name, role, scope, isActive, revision } = given;
  return book.writeAccount<AccountRefusal>((accounts) => {
    const before = accounts.get(id);
    const refused = whyNot(before, revision, giver) ?? whyBeyond(giver.principal, { role, scope });
    if (refused !== undefined) return { refused };
    const known = before!;
    const isSame =
      role === known.role &&
      isActive === known.isActive &&
      JSON.stringify(scope) === JSON.stringify(known.scope);
    const generation = known.generation + (isSame ? 0 : 1);
    const account = { ...storedOf(known), name, role, scope, isActive, generation };
    return { id, revision: revision + 1, account };
  }, byOf(giver));
}

/** A new one, made here and shown once; its sessions end. @throws EngineError SINK_UNAVAILABLE, OVERLOADED */
export async function resetPassword(
  book: AccessBook,
  id: string,
  giver: Giver,
): Promise<{ readonly written: AccountResult; readonly password: string }> {
  const password = newPassword();
  const hashed = await hashPassword(password);
  const written = await revise(book, id, giver, (known) => ({
    ...{ ...known, password: hashed, mustChange: true },
    generation: known.generation + 1,
  }));
  return { written, password };
}

/** One's own; all sessions of the account end. @throws EngineError SINK_UNAVAILABLE, OVERLOADED */
export async function setOwnPassword(
  book: AccessBook,
  password: string,
  giver: Giver,
): Promise<AccountResult> {
  const hashed = await hashPassword(password);
  return revise(book, giver.principal.id, giver, (known) => ({
    ...{ ...known, password: hashed, mustChange: false },
    generation: known.generation + 1,
  }));
}

/** @throws EngineError SINK_UNAVAILABLE */
export function endSessions(book: AccessBook, id: string, giver: Giver): Promise<AccountResult> {
  return revise(book, id, giver, (known) => ({ ...known, generation: known.generation + 1 }));
}

/** From whatever revision it is at. */
function revise(
  book: AccessBook,
  id: string,
  giver: Giver,
  change: (known: StoredAccount) => StoredAccount,
): Promise<AccountResult> {
  return book.writeAccount<AccountRefusal>((accounts: Accounts) => {
    const before = accounts.get(id);
    const refused = whyNot(before, before?.revision ?? 0, giver);
    if (refused !== undefined) return { refused };
    return { id, revision: before!.revision + 1, account: change(storedOf(before!)) };
  }, byOf(giver));
}

/** Who acts for an account has what it has. */
function whyNot(
  before: KnownAccount | undefined,
  revision: number,
  { principal }: Giver,
): AccountRefusal | undefined {
  if (before === undefined) return { why: 'unknown' };
  if (before.revision !== revision) return { why: 'stale', revision: before.revision };
  return whyNotFor(before, principal);
}

/** Everybody may act for themselves. */
export function whyNotFor(
  account: KnownAccount | undefined,
  principal: Principal,
): AccountRefusal | undefined {
  if (account === undefined) return { why: 'unknown' };
  if (principal.kind === 'person' && principal.id === account.id) return undefined;
  return whyBeyond(principal, account);
}

function whyBeyond(
  principal: Principal,
  { role, scope }: Pick<StoredAccount, 'role' | 'scope'>,
): AccountRefusal | undefined {
  const beyond = beyondOwn(principal, rolePermissions[role]);
  if (beyond.length > 0) return { why: 'beyond own', permissions: beyond };
  return isWithin(scope, principal.scope) ? undefined : { why: 'beyond own places' };
}

function storedOf(known: KnownAccount): StoredAccount {
  const { login, name, role, scope, isActive, mustChange, password, generation } = known;
  return { login, name, role, scope, isActive, mustChange, password, generation };
}
