/** A store whose inserts go another way; all else is as it was. */
import type { Store } from '../contracts/store.ts';

export function insertingStore(store: Store, insert: Store['insert']): Store {
  return {
    query: store.query,
    readBinary: store.readBinary,
    command: store.command,
    barrier: store.barrier,
    insert,
  };
}
