/** Accounts and keys straight from the store: for who has no account, or has lost the password. */
import { localPrincipal } from '../api/access/principal.ts';
import { unnamedActor } from '../contracts/actor.ts';
import { EngineError } from '../contracts/errors.ts';
import type { Settings } from '../contracts/settings.ts';
import { AccessBook } from '../control/access/accessBook.ts';
import type { KnownAccount } from '../control/access/accountLog.ts';
import type { AccountResult, Giver } from '../control/access/changeAccounts.ts';
import { migrate } from '../sinks/clickhouse/migrate.ts';
import { type ClickHouseStore, createStore } from '../sinks/clickhouse/store.ts';
import { openDatabase } from './database.ts';

/** An engine that runs on the same ClickHouse server sees what is written within about a second. */
const settleMs = 100;

/** @throws EngineError DATA_LOCKED while an engine runs on the embedded ClickHouse */
export async function withAccess<Result>(
  settings: Settings,
  task: (book: AccessBook, store: ClickHouseStore) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(settings, () => undefined);
  const store = createStore(database.access);
  try {
    await migrate(store);
    const book = new AccessBook({ store, settleMs, say: (sentence) => console.error(sentence) });
    try {
      await book.refresh();
      return await task(book, store);
    } finally {
      await book.close();
    }
  } finally {
    await store.close();
    await database.close();
  }
}

/** Whoever may read and write the database may do everything. */
export function giverNamed(actor: string | undefined, reason: string): Giver {
  return { principal: localPrincipal, actor: actor ?? unnamedActor, reason };
}

/** @throws EngineError CONFIGURATION_INVALID when there is none */
export function accountNamed(book: AccessBook, login: string): KnownAccount {
  const found = book.byLogin(login);
  if (found !== undefined) return found;
  throw new EngineError('CONFIGURATION_INVALID', `login: there is no account ${login}`);
}

const uncounted = {
  stale: 'somebody else has changed it at this moment: try again',
  'login taken': 'there is an account of this login already',
  'no right': 'it may not be changed',
  'last administrator': 'it is the last administrator: make another one first',
  'not first': 'somebody else has made an account at this moment: try again',
} as const;

/** @throws EngineError CONFIGURATION_INVALID when it was refused */
export function taken(written: AccountResult): KnownAccount {
  if (written.outcome === 'written') return written.account;
  const words =
    written.outcome === 'uncounted'
      ? uncounted[written.why]
      : written.refusal.why === 'first must be an administrator'
        ? 'the first account is that of an administrator: --role admin'
        : `it was refused: ${written.refusal.why}`;
  throw new EngineError('CONFIGURATION_INVALID', `account: ${words}`);
}
