/** Rows of the table `objections`: who objects to what, the last row of each person. */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import { kindsOf, type ObjectionKind, objectionBits } from '../../contracts/objection.ts';
import type { Objection } from '../../contracts/objectionApi.ts';
import type { Store } from '../../contracts/store.ts';

export interface ObjectionRow {
  readonly user: string;
  readonly to: readonly ObjectionKind[];
  /** ms since 1970. */
  readonly at: number;
  readonly actor: string;
  readonly reason: string;
  /** Id of the record in the log. */
  readonly record: string;
}

/** @throws EngineError SINK_UNAVAILABLE */
export async function writeObjections(store: Store, rows: readonly ObjectionRow[]): Promise<void> {
  const writer = new ByteWriter();
  for (const { user, to, at, actor, reason, record } of rows) {
    writer.text(user);
    writer.int64(at);
    writer.varint(to.length);
    for (const kind of to) writer.text(kind);
    for (const text of [actor, reason, record]) writer.text(text);
  }
  await store.insert('objections', writer.take());
}

interface Stored extends Omit<ObjectionRow, 'to'> {
  readonly kinds: string[];
}

/** Kinds that this version does not know are passed over. */
function kindsAmong(kinds: readonly string[]): ObjectionKind[] {
  return kindsOf(objectionBits(kinds as ObjectionKind[]));
}

const columns = 'user, version AS at, kinds, actor, reason, record';

/** @throws EngineError SINK_UNAVAILABLE */
export async function readObjection(store: Store, user: string): Promise<Objection> {
  const [row] = await store.query<Stored>(
    `SELECT ${columns} FROM objections FINAL WHERE user = {user:String}`,
    { user },
  );
  return row === undefined
    ? { user, to: [], since: null, actor: '', reason: '' }
    : objectionOf(row);
}

function objectionOf({ user, kinds, at, actor, reason }: Stored): Objection {
  return { user, to: kindsAmong(kinds), since: Number(at), actor, reason };
}

export interface ObjectionPage {
  readonly total: number;
  /** By name. */
  readonly objections: Objection[];
}

/**
 * Those who object to something.
 *
 * @param after names at or before it are passed over
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function readObjectionPage(
  store: Store,
  {
    to,
    after = '',
    limit,
  }: { to?: ObjectionKind | undefined; after?: string | undefined; limit: number },
): Promise<ObjectionPage> {
  const parameters = { after, limit, to: to ?? '' };
  const objecting = `notEmpty(kinds) AND ({to:String} = '' OR has(kinds, {to:String}))`;
  const [[counted], rows] = await Promise.all([
    store.query<{ total: number }>(
      `SELECT toUInt32(count()) AS total FROM objections FINAL WHERE ${objecting}`,
      parameters,
    ),
    store.query<Stored>(
      `SELECT ${columns} FROM objections FINAL WHERE user > {after:String} AND ${objecting}
       ORDER BY user LIMIT {limit:UInt32}`,
      parameters,
    ),
  ]);
  return { total: counted?.total ?? 0, objections: rows.map(objectionOf) };
}

export interface ChangedObjection {
  readonly user: string;
  /** ms since 1970: of two the later one holds. */
  readonly at: number;
  /** See `objectionBit`. */
  readonly bits: number;
}

export interface ChangedObjections {
  readonly changed: readonly ChangedObjection[];
  /** By the clock of the database, ms since 1970; 0 while nothing is stored. */
  readonly latest: number;
}

/**
 * What was stored since a time by the clock of the database.
 *
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function readChangedObjections(
  store: Store,
  since: number,
): Promise<ChangedObjections> {
  const rows = await store.query<{ user: string; at: number; kinds: string[]; latest: number }>(
    `SELECT user, version AS at, kinds, toUnixTimestamp64Milli(stored) AS latest FROM objections
     WHERE stored >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')`,
    { since },
  );
  let latest = since;
  const changed = rows.map((row): ChangedObjection => {
    latest = Math.max(latest, Number(row.latest));
    return { user: row.user, at: Number(row.at), bits: objectionBits(kindsAmong(row.kinds)) };
  });
  return { changed, latest };
}

/** As it stands in the log. */
export type StandingObjection = Pick<ObjectionRow, 'user' | 'to' | 'at' | 'record'>;

/**
 * Of all who object to something, and of those who have taken it back since a time, by their clocks. Without those that object to what
 * this version does not know: half of it would be another objection.
 *
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function readStanding(
  store: Store,
  takenBackSince: number,
): Promise<StandingObjection[]> {
  const rows = await store.query<Omit<Stored, 'actor' | 'reason'>>(
    `SELECT user, version AS at, kinds, record FROM objections FINAL
     WHERE notEmpty(kinds) OR version >= {since:UInt64} ORDER BY user`,
    { since: Math.max(0, takenBackSince) },
  );
  return rows.flatMap(({ user, at, kinds, record }) => {
    const to = kindsAmong(kinds);
    return to.length === kinds.length ? [{ user, to, at: Number(at), record }] : [];
  });
}

/** Names of all who object to something. @throws EngineError SINK_UNAVAILABLE */
export async function readObjectors(store: Store, to: ObjectionKind): Promise<Set<string>> {
  const rows = await store.query<{ user: string }>(
    'SELECT user FROM objections FINAL WHERE has(kinds, {to:String})',
    { to },
  );
  return new Set(rows.map(({ user }) => user));
}
