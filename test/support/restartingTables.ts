/** State tables that go through a store, as at a restart: what an operator keeps outside of them is lost. */
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createStateTables, type TableRegistry } from '../../operators/state/stateTables.ts';

export interface RestartingTables {
  /** The tables of now. */
  readonly tables: TableRegistry;
  /** Stores what has changed. */
  cut(): void;
  /**
   * Begins anew: `build` makes its tables, and then all that was stored is put back.
   *
   * @param build called with new tables and a new dictionary
   */
  restart(build: (tables: TableRegistry) => void): void;
}

export function restartingTables(): RestartingTables {
  let tables = createStateTables(new InternDictionary());
  /** By table, then by key in hex. */
  const stored = new Map<string, Map<string, Uint8Array>>();
  return {
    get tables() {
      return tables;
    },

    cut() {
      for (const table of tables.all) {
        const entries = stored.get(table.name) ?? new Map<string, Uint8Array>();
        stored.set(table.name, entries);
        table.drain((bytes, keyEnd, end, deleted) => {
          const key = Buffer.from(bytes.subarray(0, keyEnd)).toString('hex');
          if (deleted) entries.delete(key);
          else entries.set(key, bytes.slice(keyEnd, end));
        });
      }
    },

    restart(build) {
      tables = createStateTables(new InternDictionary());
      build(tables);
      for (const table of tables.all) {
        for (const [key, value] of stored.get(table.name) ?? []) {
          table.restore(new Uint8Array(Buffer.from(key, 'hex')), value);
        }
        table.restored();
      }
    },
  };
}
