/** Commits chunks and heads together, or neither: the one place that writes to the log's tables. */
import { EngineError } from '../../contracts/errors.ts';
import { ensureRoom } from './diskRoom.ts';
import { fenceKey, type LogStore, readHead, reasonOf } from './logStore.ts';
import { encodeHead, headKey, type PartitionHead } from './partitionHead.ts';

export class LogWriter {
  /** By partition, as committed. */
  heads: readonly PartitionHead[];
  readonly #store: LogStore;
  readonly #directory: string;
  /** This writer's turn; a later writer makes every commit of ours fail. */
  readonly #generation: number;
  #lost: EngineError | undefined;

  constructor(store: LogStore, directory: string) {
    this.#store = store;
    this.#directory = directory;
    this.heads = store.chunks.map((_, partition) => readHead(store, partition));
    this.#generation = (store.fence.getEntry(fenceKey)?.version ?? 0) + 1;
    store.fence.putSync(fenceKey, Uint8Array.of(1), this.#generation);
  }

  /** Space that the chunks take on disk, bytes. */
  get stored(): number {
    let sum = 0;
    for (const head of this.heads) sum += head.stored;
    return sum;
  }

  /**
   * Writes what `write` says and the changed heads in one transaction, if this writer is still the
   * log's. One at a time.
   *
   * @param added space that new chunks take, bytes
   * @throws EngineError LOG_FULL or LOG_UNAVAILABLE; then nothing has changed
   */
  async commit(
    heads: readonly PartitionHead[],
    added: number,
    write: () => readonly Promise<boolean>[],
  ): Promise<void> {
    if (this.#lost !== undefined) throw this.#lost;
    if (!ensureRoom(this.#store, this.#directory, added, this.stored)) {
      throw new EngineError('LOG_FULL', `${this.#directory}: the disk is full`);
    }
    const written: Promise<boolean>[] = [];
    const { fence, heads: table } = this.#store;
    const owned = fence.ifVersion(fenceKey, this.#generation, () => {
      written.push(...write());
      for (const [partition, head] of heads.entries()) {
        if (head === this.heads[partition]) continue;
        written.push(table.put(headKey(partition), encodeHead(head)));
      }
    });
    for (const outcome of await Promise.allSettled([owned, ...written])) {
      if (outcome.status === 'rejected') throw await writeError(outcome.reason, this.#directory);
      if (outcome.value) continue;
      this.#lost = new EngineError(
        'LOG_UNAVAILABLE',
        `${this.#directory}: another engine has taken over this event log`,
      );
      throw this.#lost;
    }
    this.heads = heads;
  }
}

/**
 * Says why a commit failed: LMDB tells it by a second promise, which ends the process when nobody
 * awaits it.
 */
async function writeError(reason: unknown, directory: string): Promise<EngineError> {
  let cause = reason;
  try {
    await (reason as { commitError?: Promise<unknown> }).commitError;
  } catch (error) {
    cause = error;
  }
  const message = reasonOf(cause);
  const code = /no space left|quota/i.test(message) ? 'LOG_FULL' : 'LOG_UNAVAILABLE';
  return new EngineError(code, `${directory}: a write failed (${message})`, { cause });
}
