/**
 * Who may do what, as every serving process keeps it in memory and looks it up again each second: accounts, keys and sessions. A
 * request is told from it without a question to the store, so what another process has revoked ends here within about a second.
 *
 * The truth are the tables, to which rows are added and in which nothing changes.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Permission, Principal, Scope } from '../../contracts/access.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Store } from '../../contracts/store.ts';
import { keepLooking } from '../definitions/keepLooking.ts';
import { createTellOnce, tellLooks } from '../definitions/tellOnce.ts';
import {
  type Accounts,
  accountsOf,
  type KnownAccount,
  type Uncounted,
  whyUncounted,
} from './accountLog.ts';
import { type AccountRow, readAccounts, writeAccount } from './accountRows.ts';
import type { Credential, KnownKey, PersonSession } from './credentials.ts';
import { foldLogin } from './foldLogin.ts';
import { readKeys, type StoredKey, writeKey, writeKeyUses } from './keyRows.ts';
import { hashSecret, newKey, newSessionToken } from './secrets.ts';
import {
  readAccessMarks,
  readSessions,
  type SessionOrigin,
  type SessionRow,
  unknownOrigin,
  writeSessions,
} from './sessionRows.ts';

export interface AccessBookOptions {
  readonly store: Store;
  /** Told what goes wrong, a sentence each. */
  readonly say: (sentence: string) => void;
  readonly clock?: () => number;
  /** Between two looks, ms. */
  readonly pollMs?: number;
  /** How long another process may need to write at the same moment, ms. 0 when there is none. */
  readonly settleMs?: number;
  /** How long a session lasts, whatever is done, and without a request, ms. */
  readonly sessionMs?: number;
  readonly idleMs?: number;
}

/** Who writes: as the record has it. */
export interface AccessBy {
  readonly actor: string;
  /** Account of the actor; '': who needs none. */
  readonly by: string;
  readonly reason: string;
}

export type AccountDraft = Pick<AccountRow, 'id' | 'revision' | 'account'>;

/** @returns what is to be written behind these accounts, or why it is not */
export type Drafting<Refusal> = (
  accounts: Accounts,
) => AccountDraft | { readonly refused: Refusal };

export type AccountWritten<Refusal> =
  | { readonly outcome: 'written'; readonly account: KnownAccount }
  | { readonly outcome: 'uncounted'; readonly why: Uncounted }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Knows nothing until it has looked for the first time: see {@link openAccessBook}. */
export class AccessBook {
  readonly #options: Required<AccessBookOptions>;
  readonly #looking: ReturnType<typeof keepLooking>;
  #accounts: Accounts = new Map();
  readonly #byLogin = new Map<string, KnownAccount>();
  #counted: ReadonlySet<string> = new Set();
  readonly #keys = new Map<string, KnownKey>();
  readonly #byHash = new Map<string, KnownKey>();
  readonly #sessions = new Map<string, PersonSession>();
  #marks = new Map<string, string>();
  #lookedAt = 0;
  #wroteAt = 0;
  readonly #seen = new Set<PersonSession>();
  readonly #used = new Set<KnownKey>();

  constructor(options: AccessBookOptions) {
    this.#options = {
      ...{ clock: Date.now, pollMs: 1_000, settleMs: 0 },
      ...{ sessionMs: 12 * hourMs, idleMs: hourMs },
      ...options,
    };
    const told = createTellOnce(options.say);
    this.#looking = keepLooking({
      look: async () => {
        await this.#look();
        await this.#save();
      },
      everyMs: this.#options.pollMs,
      onLooked: tellLooks(told, 'Accounts, keys and sessions'),
    });
  }

  /** Nobody has an account. */
  get isEmpty(): boolean {
    return this.#accounts.size === 0;
  }

  get sessionMs(): number {
    return this.#options.sessionMs;
  }

  account(id: string): KnownAccount | undefined {
    return this.#accounts.get(id);
  }

  byLogin(login: string): KnownAccount | undefined {
    return this.#byLogin.get(foldLogin(login));
  }

  /** By login. */
  accounts(): KnownAccount[] {
    return [...this.#accounts.values()].sort((a, b) => (a.login < b.login ? -1 : 1));
  }

  /** The newest first; not those that a process has made for itself. */
  keys(): KnownKey[] {
    return [...this.#keys.values()]
      .filter(({ isOwn }) => !isOwn)
      .sort((a, b) => b.madeAt - a.madeAt || (a.id < b.id ? -1 : 1));
  }

  key(id: string): KnownKey | undefined {
    return this.#keys.get(id);
  }

  /** @returns also one that is revoked or over: see {@link holds} */
  findKey(secret: string): KnownKey | undefined {
    return this.#byHash.get(hashSecret(secret));
  }

  /** @returns also one that is over: see {@link holds} */
  findSession(token: string): PersonSession | undefined {
    return this.#sessions.get(hashSecret(token));
  }

  /** Whether somebody may act by it now. */
  holds(credential: Credential, now = this.#options.clock()): boolean {
    if (credential.kind === 'key') {
      const { revokedAt, expiresAt } = credential;
      return revokedAt === null && (expiresAt === null || now < expiresAt);
    }
    const { account, generation, endedAt, expiresAt, seenAt } = credential;
    const of = this.#accounts.get(account);
    return (
      endedAt === null &&
      now < expiresAt &&
      now - seenAt < this.#options.idleMs &&
      of?.isActive === true &&
      of.generation === generation
    );
  }

  /** Sessions of an account that are open: the one that was used last first. */
  openSessions(account: string): PersonSession[] {
    return [...this.#sessions.values()]
      .filter((each) => each.account === account && this.holds(each))
      .sort((a, b) => b.seenAt - a.seenAt || (a.id < b.id ? -1 : 1));
  }

  /** Notes that it was used: stored beside the requests, a minute at most later. */
  touch(credential: Credential, now = this.#options.clock()): void {
    if (credential.kind === 'key') {
      if (credential.isOwn || now - (credential.usedAt ?? 0) < minuteMs) return;
      credential.usedAt = now - (now % minuteMs);
      this.#used.add(credential);
      return;
    }
    if (now > credential.seenAt) credential.seenAt = now;
    if (now - credential.savedAt >= minuteMs) this.#seen.add(credential);
  }

  /** Looks for what is newer now. @throws EngineError SINK_UNAVAILABLE */
  refresh(): Promise<void> {
    return this.#looking.alone(() => this.#look());
  }

  /**
   * Adds a revision of an account, and reads back whether it counts.
   *
   * @throws EngineError SINK_UNAVAILABLE when it is not there
   */
  writeAccount<Refusal = never>(
    draft: Drafting<Refusal>,
    by: AccessBy,
  ): Promise<AccountWritten<Refusal>> {
    return this.#looking.alone(async () => {
      await this.#look();
      const drafted = draft(this.#accounts);
      if ('refused' in drafted) return { outcome: 'refused', refusal: drafted.refused };
      const row: AccountRow = { ...drafted, ...by, ...this.#writeId() };
      const why = whyUncounted(this.#accounts, row);
      if (why !== undefined) return { outcome: 'uncounted', why };
      const doubt = await inDoubt(() => writeAccount(this.#options.store, row));
      await this.#settle();
      const rows = await this.#readAccounts();
      if (!rows.some(({ writeId }) => writeId === row.writeId)) throw unread(doubt);
      if (!this.#counted.has(row.writeId)) return { outcome: 'uncounted', why: 'stale' };
      return { outcome: 'written', account: this.#accounts.get(row.id)! };
    });
  }

  /** @returns the key, which is stored nowhere. @throws EngineError SINK_UNAVAILABLE */
  makeKey(
    given: Omit<StoredKey, 'prefix'>,
    { actor, reason }: Pick<AccessBy, 'actor' | 'reason'>,
  ): Promise<{ readonly made: KnownKey; readonly key: string }> {
    return this.#looking.alone(async () => {
      const { id, key, prefix } = newKey();
      const row = {
        ...{ id, revision: 1, actor, reason, hash: hashSecret(key), key: { ...given, prefix } },
        ...this.#writeId(),
      };
      const doubt = await inDoubt(() => writeKey(this.#options.store, row));
      await this.#readKeys();
      const made = this.#keys.get(id);
      if (made === undefined) throw unread(doubt);
      return { made, key };
    });
  }

  /**
   * For good.
   *
   * @returns undefined when there is none
   * @throws EngineError SINK_UNAVAILABLE
   */
  revokeKey(
    id: string,
    { actor, reason }: Pick<AccessBy, 'actor' | 'reason'>,
  ): Promise<KnownKey | undefined> {
    return this.#looking.alone(async () => {
      await this.#readKeys();
      const known = this.#keys.get(id);
      if (known === undefined || known.isOwn || known.revokedAt !== null) return known;
      const { prefix, expiresAt, principal } = known;
      const { name, permissions, scope } = principal;
      const key = { name, prefix, permissions: [...permissions], scope, expiresAt };
      const row = { id, revision: 2, actor, reason, hash: '', key, ...this.#writeId() };
      // At once, also if the store is slow.
      known.revokedAt = row.at;
      const doubt = await inDoubt(() => writeKey(this.#options.store, row));
      if (doubt !== undefined) throw doubt;
      return known;
    });
  }

  /** A key that this process makes for itself: it is stored nowhere, and ends with it. */
  makeOwnKey(name: string, permissions: readonly Permission[]): string {
    const { id, key, prefix } = newKey();
    const scope: Scope = 'everywhere';
    const principal: Principal = {
      ...{ kind: 'key', id, name, scope },
      permissions: new Set(permissions),
    };
    const known: KnownKey = {
      ...{ kind: 'key', id, prefix, madeAt: this.#options.clock(), madeBy: 'engine', principal },
      ...{ isOwn: true, expiresAt: null, usedAt: null, revokedAt: null },
    };
    this.#keys.set(id, known);
    this.#byHash.set(hashSecret(key), known);
    return key;
  }

  /** @returns what its cookie holds. @throws EngineError SINK_UNAVAILABLE */
  async beginSession(
    { id: account, generation }: KnownAccount,
    origin: SessionOrigin = unknownOrigin,
  ): Promise<{
    readonly token: string;
    readonly session: PersonSession;
  }> {
    const now = this.#options.clock();
    const token = newSessionToken();
    const row: SessionRow = {
      ...{ id: hashSecret(token), account, generation, madeAt: now, seenAt: now, ...origin },
      ...{ expiresAt: now + this.#options.sessionMs, endedAt: null },
    };
    await writeSessions(this.#options.store, [row], now);
    const session: PersonSession = { ...row, kind: 'session', savedAt: now };
    this.#sessions.set(row.id, session);
    return { token, session };
  }

  /** @throws EngineError SINK_UNAVAILABLE: then they have ended in this process alone */
  async endSessions(sessions: readonly PersonSession[]): Promise<void> {
    const now = this.#options.clock();
    const open = sessions.filter(({ endedAt }) => endedAt === null);
    for (const each of open) each.endedAt = now;
    if (open.length > 0) await writeSessions(this.#options.store, open, now);
  }

  /** Waits for what is under way, and stores what was used. */
  async close(): Promise<void> {
    await this.#looking.close();
    await this.#save().catch(() => undefined);
  }

  async #look(): Promise<void> {
    const marks = await readAccessMarks(this.#options.store);
    const isNew = (name: string) => !marks.has(name) || marks.get(name) !== this.#marks.get(name);
    if (isNew('accounts')) await this.#readAccounts();
    if (isNew('api_keys')) await this.#readKeys();
    if (isNew('sessions')) await this.#readSessions();
    this.#marks = marks;
    const now = this.#options.clock();
    for (const [id, { expiresAt }] of this.#sessions)
      if (expiresAt <= now) this.#sessions.delete(id);
  }

  async #readAccounts(): Promise<AccountRow[]> {
    const rows = await readAccounts(this.#options.store);
    const { accounts, writeIds } = accountsOf(rows);
    this.#accounts = accounts;
    this.#counted = writeIds;
    this.#byLogin.clear();
    for (const each of accounts.values()) this.#byLogin.set(foldLogin(each.login), each);
    for (const { writeId } of rows) {
      this.#wroteAt = Math.max(this.#wroteAt, Number(writeId.slice(0, timeDigits)) || 0);
    }
    return rows;
  }

  async #readKeys(): Promise<void> {
    for (const { id, revision, at, actor, hash, key } of await readKeys(this.#options.store)) {
      const known = this.#keys.get(id);
      if (revision > 1) {
        if (known !== undefined) known.revokedAt ??= at;
        continue;
      }
      if (known !== undefined) continue;
      const { name, permissions, scope, prefix, expiresAt } = key;
      const made: KnownKey = {
        ...{ kind: 'key', id, prefix, madeAt: at, madeBy: actor, expiresAt },
        principal: { kind: 'key', id, name, permissions: new Set(permissions), scope },
        ...{ isOwn: false, usedAt: null, revokedAt: null },
      };
      this.#keys.set(id, made);
      this.#byHash.set(hash, made);
    }
  }

  async #readSessions(): Promise<void> {
    const { store, clock } = this.#options;
    const now = clock();
    // Clocks of others may be behind by a minute.
    const rows = await readSessions(store, now, this.#lookedAt - minuteMs);
    this.#lookedAt = now;
    for (const row of rows) {
      const known = this.#sessions.get(row.id);
      if (known === undefined) {
        this.#sessions.set(row.id, { ...row, kind: 'session', savedAt: row.seenAt });
        continue;
      }
      known.seenAt = Math.max(known.seenAt, row.seenAt);
      known.endedAt ??= row.endedAt;
    }
  }

  /** What was used goes into the tables, each session and key once a minute at most. */
  async #save(): Promise<void> {
    const { store, clock } = this.#options;
    const seen = [...this.#seen].filter(({ endedAt }) => endedAt === null);
    this.#seen.clear();
    if (seen.length > 0) {
      for (const each of seen) each.savedAt = each.seenAt;
      await writeSessions(store, seen, clock());
    }
    const used = [...this.#used];
    this.#used.clear();
    if (used.length > 0) {
      const uses = used.map(({ id, usedAt }) => ({ id, at: usedAt! }));
      await writeKeyUses(store, uses);
    }
  }

  /** Later than every one that was read: what is written behind something counts behind it, whatever the clocks say. */
  #writeId(): { readonly writeId: string; readonly at: number } {
    const at = this.#options.clock();
    this.#wroteAt = Math.max(at, this.#wroteAt + 1);
    const time = String(this.#wroteAt).padStart(timeDigits, '0');
    return { writeId: `${time}-${randomUUID()}`, at };
  }

  async #settle(): Promise<void> {
    if (this.#options.settleMs > 0) await sleep(this.#options.settleMs);
  }
}

const timeDigits = 15;

/** @throws EngineError SINK_UNAVAILABLE */
export async function openAccessBook(options: AccessBookOptions): Promise<AccessBook> {
  const book = new AccessBook(options);
  try {
    await book.refresh();
    return book;
  } catch (error) {
    await book.close();
    throw error;
  }
}

/** @returns the error after which the row may be there all the same */
async function inDoubt(write: () => Promise<void>): Promise<EngineError | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'SINK_UNAVAILABLE') return error;
    throw error;
  }
}

function unread(doubt: EngineError | undefined): EngineError {
  return doubt ?? new EngineError('SINK_UNAVAILABLE', 'what was written cannot be read back');
}
