/** Erases a person: what was learnt of them, what they did, what was decided for them; and says what was removed and what stays. */
import { randomUUID } from 'node:crypto';
import { objectionType } from '../../contracts/objection.ts';
import { nameOf } from '../../contracts/pseudonyms.ts';
import type { Store } from '../../contracts/store.ts';
import type { ErasureReceipt } from '../../contracts/userApi.ts';
import { readObjection } from '../objections/objectionRows.ts';
import { type ErasureOptions, eraseUser, removeErased } from '../preferences/eraseUser.ts';
import type { KnownModel } from '../registry/modelRegistry.ts';
import { latestErasures, untilCommitted, untilHeard } from './awaitErasure.ts';
import { readLearntFrom } from './learntFrom.ts';

/** Tables whose rows name a user. */
const tables = [
  'events',
  'late_events',
  'policy_decisions',
  'examples',
  'user_preferences',
  'findings',
  'objections',
] as const;
type UserTable = (typeof tables)[number];

/**
 * Which rows of a table are a user's, and go.
 *
 * @param objects whether the user objects to something: as long as that is so the records that say so stay, for a replay of the archive
 */
function theirs(table: UserTable, objects: boolean): string {
  const own = 'user = {user:String}';
  if (table === 'findings') return 'has(key, {user:String})';
  if (!objects) return own;
  if (table === 'objections') return 'false';
  return table === 'events' ? `${own} AND type != '${objectionType}'` : own;
}

/** How long the data plane may take to come to the record, and then to pass it by a checkpoint, ms in all. */
const patienceMsDefault = 25_000;

const kept = [
  'Counts and sums of experiments, metrics, policies and preferences stay: they are of all users together, and no single one can be told from them.',
  'The event log keeps its records until its retention ends (MILLRACE_RETENTION_HOURS, or that of the Kafka topic); nothing is shown from it.',
  'Weights of the answer model stay; what it remembers of single users goes when they are the least recently active.',
  'Versions that were trained before stay as they are; the next one is trained without their examples.',
  'An objection stays in force, under the name, with the records that say so: it is honoured should they come again. Take it back by DELETE /v1/users/:id/objection.',
  'Events that were refused stay in the dead letters, as bytes, until those are removed.',
] as const;

export interface EraseOptions extends ErasureOptions {
  readonly store: Store;
  /** The pipeline that learns. */
  readonly pipeline?: string;
  /** With their versions: the receipt says which had learnt from the person. */
  readonly models?: () => readonly KnownModel[];
  /** ms; for tests. */
  readonly patienceMs?: number;
}

/**
 * Rows are removed when the data plane has passed the record of the erasure by a checkpoint, so that it cannot write them again;
 * or when it has not done so in time, which the receipt says.
 *
 * @param asked id or pseudonym of the user
 * @throws EngineError OVERLOADED, LOG_FULL, LOG_UNAVAILABLE, SINK_UNAVAILABLE: to be asked for again; what was done is done
 */
export async function eraseEverything(
  asked: string,
  { store, pipeline = 'learning', models, patienceMs = patienceMsDefault, ...log }: EraseOptions,
): Promise<ErasureReceipt> {
  const at = (log.clock ?? Date.now)();
  const user = nameOf(log.pseudonyms, asked);
  const objects = (await readObjection(store, user)).to.length > 0;
  const learntFrom = await readLearntFrom(store, user, models?.() ?? []);
  // Removed by whoever first sees that the data plane has forgotten them.
  const likings = await rowsOf(store, 'user_preferences', user, objects);
  const before = await latestErasures({ store, pipeline }, user);
  const erasure = `erase-${randomUUID()}`;
  const told = await eraseUser(asked, erasure, log);
  const waiting = { store, pipeline, until: performance.now() + patienceMs };
  const heard = await untilHeard(waiting, user, before, told);
  const isFinal = heard !== undefined && (await untilCommitted(waiting, heard));
  if (heard !== undefined) await removeErased(store, user, pipeline);
  const removed: ErasureReceipt['removed'] = [];
  for (const table of tables) {
    const isLikings = table === 'user_preferences';
    const rows = isLikings ? likings : await rowsOf(store, table, user, objects);
    removed.push({ table, rows });
    if (rows === 0 || isLikings) continue;
    await store.command(
      `ALTER TABLE ${table} DELETE WHERE ${theirs(table, objects)} SETTINGS mutations_sync = 1`,
      { user },
    );
  }
  const isForgotten = heard !== undefined;
  return { user, erasure, at, removed, learntFrom, kept: [...kept], isForgotten, isFinal };
}

/** As an export has them; those that only say that nothing counts any more stay. */
async function rowsOf(
  store: Store,
  table: UserTable,
  user: string,
  objects: boolean,
): Promise<number> {
  const current = table === 'user_preferences' ? ' AND erased = 0' : '';
  const [found] = await store.query<{ rows: number }>(
    `SELECT toUInt32(count()) AS rows FROM ${table} FINAL WHERE ${theirs(table, objects)}${current}`,
    { user },
  );
  return found?.rows ?? 0;
}
