/** The table `sessions`: of the rows of a session the one of the highest revision is how it is; an end is above every other. */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Store } from '../../contracts/store.ts';

/** From where somebody signed in; each '' where it is not known. */
export interface SessionOrigin {
  /** Of IPv4, or the first half of one of IPv6. */
  readonly address: string;
  readonly browser: string;
  readonly system: string;
}

export const unknownOrigin: SessionOrigin = { address: '', browser: '', system: '' };

/** Times are ms since 1970. */
export interface SessionRow extends SessionOrigin {
  /** SHA-256 of what its cookie holds, hexadecimal. */
  readonly id: string;
  readonly account: string;
  /** Of the account when it began. */
  readonly generation: number;
  readonly madeAt: number;
  /** It ends then, whatever is done. */
  readonly expiresAt: number;
  readonly seenAt: number;
  readonly endedAt: number | null;
}

/** Above the time in ms that is the revision of every other row. */
const ended = 2 ** 52;

/** @param at ms since 1970, by the clock of who writes */
export async function writeSessions(
  store: Pick<Store, 'insert'>,
  rows: readonly SessionRow[],
  at: number,
): Promise<void> {
  const writer = new ByteWriter();
  for (const row of rows) {
    writer.text(row.id);
    writer.int64(row.endedAt === null ? row.seenAt : ended + row.endedAt);
    writer.text(row.account);
    writer.uint32(row.generation);
    writer.int64(row.madeAt);
    writer.int64(row.expiresAt);
    writer.int64(row.seenAt);
    writer.uint8(row.endedAt === null ? 1 : 0);
    if (row.endedAt !== null) writer.int64(row.endedAt);
    writer.int64(at);
    for (const text of [row.address, row.browser, row.system]) writer.text(text);
  }
  await store.insert('sessions', writer.take());
}

/** Those that are not over by themselves, as far as they were changed since a time. */
export function readSessions(
  store: Pick<Store, 'query'>,
  now: number,
  since: number,
): Promise<SessionRow[]> {
  return store.query<SessionRow>(
    `SELECT id, account, generation, toUnixTimestamp64Milli(s.made_at) AS madeAt,
       toUnixTimestamp64Milli(s.expires_at) AS expiresAt, toUnixTimestamp64Milli(s.seen_at) AS seenAt,
       toUnixTimestamp64Milli(s.ended_at) AS endedAt, address, browser, system
     FROM sessions AS s
     WHERE s.expires_at > fromUnixTimestamp64Milli({now:Int64}, 'UTC')
       AND s.changed_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
     ORDER BY id, revision DESC LIMIT 1 BY id`,
    { now, since: Math.max(0, since) },
  );
}

/** When somebody signed in last, by account. */
export async function readSignIns(store: Pick<Store, 'query'>): Promise<Map<string, number>> {
  const rows = await store.query<{ account: string; at: number }>(
    `SELECT account, toUnixTimestamp64Milli(max(made_at)) AS at FROM sessions GROUP BY account`,
  );
  return new Map(rows.map(({ account, at }) => [account, at]));
}

/** Tells whether anything was written since: other numbers mean so. */
export async function readAccessMarks(store: Pick<Store, 'query'>): Promise<Map<string, string>> {
  const rows = await store.query<{ name: string; mark: string | number }>(
    `SELECT 'accounts' AS name, toString(sum(cityHash64(write_id))) AS mark FROM accounts
     UNION ALL SELECT 'api_keys' AS name, toString(sum(cityHash64(write_id))) AS mark FROM api_keys
     UNION ALL SELECT 'sessions' AS name, toString(sum(cityHash64(id, revision))) AS mark FROM sessions`,
  );
  return new Map(rows.map(({ name, mark }) => [name, String(mark)]));
}
