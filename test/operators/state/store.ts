/** What ClickHouse does for state tables, in a Map: keeps the last value of each key, forgets the deleted ones. */
import type { StateTable } from '../../../contracts/stateTable.ts';

export type Store = Map<string, Uint8Array>;

/** Keys as Latin-1 text, which every byte string is. */
export function drainInto(store: Store, table: StateTable): number {
  let keys = 0;
  table.drain((bytes, keyEnd, end, deleted) => {
    const key = Buffer.from(bytes.subarray(0, keyEnd)).toString('latin1');
    keys += 1;
    if (deleted) store.delete(key);
    else store.set(key, bytes.slice(keyEnd, end));
  });
  return keys;
}

/** Puts the entries back in an order of their own: a table must not depend on it. */
export function restoreFrom<Table extends StateTable>(store: Store, table: Table): Table {
  const keys = [...store.keys()].sort((a, b) => (a < b ? 1 : -1));
  for (const key of keys) table.restore(Buffer.from(key, 'latin1'), store.get(key)!);
  table.restored();
  return table;
}

/** The entries as sorted pairs of hexadecimal text, to compare two stores. */
export function contents(store: Store): [string, string][] {
  return [...store]
    .map(([key, value]): [string, string] => [key, Buffer.from(value).toString('hex')])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
