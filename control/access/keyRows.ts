/** The tables `api_keys` and `api_key_uses`: revision 1 makes a key, any other revokes it, for good. */
import { z } from 'zod';
import { Permission, Scope } from '../../contracts/access.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Store } from '../../contracts/store.ts';

/** As it stands in a row. */
export const StoredKey = z.object({
  name: z.string(),
  prefix: z.string(),
  permissions: z.array(Permission),
  scope: Scope,
  /** ms since 1970; null: never. */
  expiresAt: z.number().nullable(),
});
export type StoredKey = z.infer<typeof StoredKey>;

export interface KeyRow {
  readonly id: string;
  readonly revision: number;
  readonly writeId: string;
  /** ms since 1970. */
  readonly at: number;
  readonly actor: string;
  readonly reason: string;
  /** SHA-256 of the whole key, hexadecimal. */
  readonly hash: string;
  readonly key: StoredKey;
}

export async function writeKey(store: Pick<Store, 'insert'>, row: KeyRow): Promise<void> {
  const writer = new ByteWriter();
  writer.text(row.id);
  writer.uint32(row.revision);
  writer.text(row.writeId);
  writer.int64(row.at);
  writer.text(row.actor);
  writer.text(row.reason);
  writer.text(row.hash);
  writer.text(JSON.stringify(row.key));
  await store.insert('api_keys', writer.take());
}

/** All rows, those of a key in the order of its revisions. */
export async function readKeys(store: Pick<Store, 'query'>): Promise<KeyRow[]> {
  const rows = await store.query<Omit<KeyRow, 'key'> & { key: string }>(
    `SELECT id, revision, write_id AS writeId, toUnixTimestamp64Milli(k.at) AS at, actor, reason, hash, key
     FROM api_keys AS k ORDER BY id, revision, write_id`,
  );
  return rows.flatMap((row) => {
    const parsed = StoredKey.safeParse(JSON.parse(row.key));
    return parsed.success ? [{ ...row, key: parsed.data }] : [];
  });
}

export async function writeKeyUses(
  store: Pick<Store, 'insert'>,
  uses: readonly { readonly id: string; readonly at: number }[],
): Promise<void> {
  const writer = new ByteWriter();
  for (const { id, at } of uses) {
    writer.text(id);
    writer.int64(at);
  }
  await store.insert('api_key_uses', writer.take());
}

/** When each key was used last. */
export async function readKeyUses(store: Pick<Store, 'query'>): Promise<Map<string, number>> {
  const rows = await store.query<{ id: string; at: number }>(
    `SELECT id, toUnixTimestamp64Milli(max(used_at)) AS at FROM api_key_uses GROUP BY id`,
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}
