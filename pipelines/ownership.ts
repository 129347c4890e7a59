/**
 * Whether a partition is still ours. The group may give it to another worker at any time; from that moment on nothing
 * more of it is written.
 *
 * Results do not depend on this: both would write the same rows. It keeps a worker that has lost a partition from doing
 * work that another one does.
 */
import { EngineError } from '../contracts/errors.ts';
import type { Store } from '../contracts/store.ts';
import { insertingStore } from './insertingStore.ts';

export class Ownership {
  readonly #lost = new AbortController();

  /** Aborts at the moment of the loss. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  get isLost(): boolean {
    return this.#lost.signal.aborted;
  }

  /** Takes effect before it returns. */
  lose(): void {
    this.#lost.abort();
  }
}

/** The store as the owner of a partition may use it: after the loss every insert is refused before it is sent. */
export function ownedStore(store: Store, ownership: Ownership): Store {
  return insertingStore(store, async (table, rows) => {
    if (ownership.isLost) {
      throw new EngineError('OWNERSHIP_LOST', `${table}: the partition has another owner now`);
    }
    await store.insert(table, rows);
  });
}
