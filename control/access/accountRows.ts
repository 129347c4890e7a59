/** The table `accounts`: a row a revision, never changed. Which of them count is told by `accountLog.ts`. */
import { z } from 'zod';
import { RoleName, Scope } from '../../contracts/access.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Store } from '../../contracts/store.ts';

/** As it stands in a row. */
export const StoredAccount = z.object({
  login: z.string(),
  name: z.string(),
  role: RoleName,
  scope: Scope,
  isActive: z.boolean(),
  /** The password was set by somebody else. */
  mustChange: z.boolean(),
  /** argon2id, in PHC form. */
  password: z.string(),
  /** Sessions of an earlier generation have ended. */
  generation: z.number().int(),
});
export type StoredAccount = z.infer<typeof StoredAccount>;

export interface AccountRow {
  readonly id: string;
  /** 1, 2, 3 … */
  readonly revision: number;
  /** Begins with the time: rows count in this order. */
  readonly writeId: string;
  /** ms since 1970. */
  readonly at: number;
  /** Name of who did it. */
  readonly actor: string;
  /** Account of who did it; '': who needs none, on the engine's own machine, or a key. */
  readonly by: string;
  readonly reason: string;
  readonly account: StoredAccount;
}

export async function writeAccount(store: Pick<Store, 'insert'>, row: AccountRow): Promise<void> {
  const writer = new ByteWriter();
  writer.text(row.id);
  writer.uint32(row.revision);
  writer.text(row.writeId);
  writer.int64(row.at);
  writer.text(row.actor);
  writer.text(row.by);
  writer.text(row.reason);
  writer.text(JSON.stringify(row.account));
  await store.insert('accounts', writer.take());
}

/** All rows, in the order in which they count. */
export async function readAccounts(store: Pick<Store, 'query'>): Promise<AccountRow[]> {
  const rows = await store.query<Omit<AccountRow, 'account'> & { account: string }>(
    `SELECT id, revision, write_id AS writeId, toUnixTimestamp64Milli(a.at) AS at, actor, by, reason, account
     FROM accounts AS a ORDER BY write_id, id, revision`,
  );
  return rows.flatMap((row) => {
    const parsed = StoredAccount.safeParse(JSON.parse(row.account));
    return parsed.success ? [{ ...row, account: parsed.data }] : [];
  });
}
