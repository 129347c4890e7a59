/**
 * Writes an epoch so that it takes effect exactly once: outputs first, then state and marker in one insert.
 *
 * Every row is an upsert with a key and a version that depend on offsets only, so each step may be done again after a
 * failure or a lost answer: the same rows replace themselves.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ByteWriter } from '../contracts/byteWriter.ts';
import { EngineError, errors } from '../contracts/errors.ts';
import type { Store } from '../contracts/store.ts';
import type { Epoch } from './instance.ts';

/**
 * Moments of a recovery and of a commit: where a crash test strikes. A commit has one before and one after each table that
 * it writes, and last of all `before marker` and `after marker`.
 */
export type CommitStep =
  | 'before restore'
  | 'after restore'
  | 'cut'
  | `before ${string}`
  | `after ${string}`;

export interface CommitHooks {
  /** Called at each step; for tests. */
  onStep?(step: CommitStep): void;
  /** Called before each wait for a sink that does not answer. */
  onRetry?(error: EngineError, waitMs: number): void;
}

/**
 * Repeats `attempt` with growing waits (100 ms … 5 s) for as long as its error says that this may help.
 *
 * @throws the error when retrying does not help, or the signal's reason when aborted
 */
export async function persist<Value>(
  attempt: () => Promise<Value>,
  signal: AbortSignal,
  hooks: CommitHooks,
): Promise<Value> {
  for (let waitMs = 100; ; waitMs = Math.min(5_000, waitMs * 2)) {
    try {
      return await attempt();
    } catch (error) {
      const mayHelp = error instanceof EngineError && errors[error.code].retry === 'backoff';
      if (!mayHelp) throw error;
      signal.throwIfAborted();
      hooks.onRetry?.(error, waitMs);
      await sleep(waitMs, undefined, { signal });
    }
  }
}

/** @throws EngineError SINK_REJECTED when ClickHouse refuses the rows as wrong */
export async function commitEpoch(
  store: Store,
  epoch: Epoch,
  signal: AbortSignal,
  hooks: CommitHooks = {},
): Promise<void> {
  hooks.onStep?.('cut');
  for (const { table, bytes } of epoch.outputs) {
    hooks.onStep?.(`before ${table}`);
    await persist(() => store.insert(table, bytes), signal, hooks);
    hooks.onStep?.(`after ${table}`);
  }
  hooks.onStep?.('before marker');
  await persist(() => store.insert('state', epoch.state), signal, hooks);
  hooks.onStep?.('after marker');
}

/** One row of `epochs`: how the epoch went. Lost without harm. */
export async function reportEpoch(
  store: Store,
  epoch: Epoch,
  where: { pipeline: string; partition: number },
  measured: { committedAt: number; commitMs: number; lagEvents: number },
): Promise<void> {
  const writer = new ByteWriter(256);
  writer.text(where.pipeline);
  writer.uint16(where.partition);
  writer.int64(epoch.startOffset);
  writer.int64(epoch.endOffset);
  writer.int64(measured.committedAt);
  writer.int64(epoch.events);
  writer.int64(epoch.refused);
  writer.int64(epoch.late);
  writer.int64(epoch.duplicates);
  writer.float64(epoch.processMs);
  writer.float64(measured.commitMs);
  writer.int64(measured.lagEvents);
  writer.varint(epoch.tables.length);
  for (const { name, keys } of epoch.tables) {
    writer.text(name);
    writer.int64(keys);
  }
  await store.insert('epochs', writer.take());
}
