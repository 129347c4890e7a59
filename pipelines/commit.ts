/**
 * Writes outputs, and at a checkpoint state and marker in one insert, so that all take effect exactly once.
 *
 * What a marker vouches for must be on the disk before the marker is: hence the barrier between them.
 *
 * Every row is an upsert with a key and a version that depend on offsets only, so each step may be done again after a
 * failure or a lost answer: the same rows replace themselves.
 */
import { setTimeout as sleep } from 'node:timers/promises';
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
  /** Called when the outputs can be read, state and marker not yet. */
  onWritten?(): void;
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
  await Promise.all(
    epoch.outputs.map(async ({ table, bytes }) => {
      hooks.onStep?.(`before ${table}`);
      await persist(() => store.insert(table, bytes), signal, hooks);
      hooks.onStep?.(`after ${table}`);
    }),
  );
  hooks.onWritten?.();
  const { state } = epoch;
  if (state === undefined) return;
  hooks.onStep?.('before barrier');
  await persist(() => store.barrier(), signal, hooks);
  hooks.onStep?.('before marker');
  await persist(() => store.insert('state', state), signal, hooks);
  hooks.onStep?.('after marker');
}
