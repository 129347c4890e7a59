/** Erases a person: what was learnt of them, what they did, what was decided for them; and says what was removed and what stays. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../contracts/store.ts';
import type { ErasureReceipt } from '../../contracts/userApi.ts';
import { type ErasureOptions, eraseUser, removeErased } from '../preferences/eraseUser.ts';

/** Tables whose rows name a user. */
const tables = ['events', 'late_events', 'policy_decisions', 'user_preferences'] as const;

/** How long the data plane may take to hear of it, ms. */
const hearingMs = 20_000;
/**
 * After a crash the data plane writes again what lies behind its last checkpoint, which is at most some seconds old: rows are
 * removed when the checkpoint has passed the erasure.
 */
const settleMs = 5_000;

const kept = [
  'Counts and sums of experiments, metrics, policies and preferences stay: they are of all users together, and no single one can be told from them.',
  'The event log keeps its records until its retention ends (MILLRACE_RETENTION_HOURS, or that of the Kafka topic); nothing is shown from it.',
  'Weights of the answer model stay; what it remembers of single users goes when they are the least recently active.',
  'Events that were refused stay in the dead letters, as bytes, until those are removed.',
] as const;

export interface EraseOptions extends ErasureOptions {
  readonly store: Store;
  /** ms; for tests. */
  readonly hearingMs?: number;
  readonly settleMs?: number;
}

/**
 * @throws EngineError OVERLOADED, LOG_FULL, LOG_UNAVAILABLE, SINK_UNAVAILABLE: to be asked for again; what was done is done
 */
export async function eraseEverything(
  user: string,
  { store, hearingMs: patienceMs = hearingMs, settleMs: pauseMs = settleMs, ...log }: EraseOptions,
): Promise<ErasureReceipt> {
  const at = (log.clock ?? Date.now)();
  const learntFrom = await readLearntFrom(store, user);
  // Removed by whoever first sees that the data plane has forgotten them.
  const likings = await rowsOf(store, 'user_preferences', user);
  const erasure = `erase-${randomUUID()}`;
  await eraseUser(user, erasure, log);
  const isForgotten = await heard(store, user, patienceMs);
  await sleep(pauseMs);
  const removed: ErasureReceipt['removed'] = [];
  for (const table of tables) {
    const isLikings = table === 'user_preferences';
    const rows = isLikings ? likings : await rowsOf(store, table, user);
    removed.push({ table, rows });
    if (rows === 0 || isLikings) continue;
    await store.command(
      `ALTER TABLE ${table} DELETE WHERE user = {user:String} SETTINGS mutations_sync = 1`,
      { user },
    );
  }
  return { user, erasure, at, removed, learntFrom, kept: [...kept], isForgotten };
}

/** As an export has them; those that only say that nothing counts any more stay. */
async function rowsOf(store: Store, table: (typeof tables)[number], user: string): Promise<number> {
  const current = table === 'user_preferences' ? ' AND erased = 0' : '';
  const [found] = await store.query<{ rows: number }>(
    `SELECT toUInt32(count()) AS rows FROM ${table} FINAL WHERE user = {user:String}${current}`,
    { user },
  );
  return found?.rows ?? 0;
}

async function heard(store: Store, user: string, patienceMs: number): Promise<boolean> {
  const until = performance.now() + patienceMs;
  for (;;) {
    if (await removeErased(store, user)) return true;
    if (performance.now() >= until) return false;
    await sleep(250);
  }
}

async function readLearntFrom(store: Store, user: string): Promise<ErasureReceipt['learntFrom']> {
  const policies = await store.query<{ what: string; events: number }>(
    `SELECT concat('policy ', policy) AS what, toUInt32(count()) AS events FROM policy_decisions FINAL
     WHERE user = {user:String} AND reward IS NOT NULL GROUP BY policy ORDER BY policy`,
    { user },
  );
  const [answers] = await store.query<{ events: number }>(
    `SELECT toUInt32(count()) AS events FROM events WHERE user = {user:String} AND type = 'answered'`,
    { user },
  );
  const events = answers?.events ?? 0;
  return [...policies, ...(events > 0 ? [{ what: 'model answer', events }] : [])];
}
