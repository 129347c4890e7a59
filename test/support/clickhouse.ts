/** A fresh embedded ClickHouse with the engine's schema, for one test file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EmbeddedClickHouse,
  startEmbeddedClickHouse,
} from '../../sinks/clickhouse/embedded/startEmbeddedClickHouse.ts';
import { migrate } from '../../sinks/clickhouse/migrate.ts';
import { type ClickHouseStore, createStore } from '../../sinks/clickhouse/store.ts';

export interface TestClickHouse {
  readonly server: EmbeddedClickHouse;
  /** A store on a database of its own, migrated. */
  database(name: string): Promise<ClickHouseStore>;
  close(): Promise<void>;
}

export async function startTestClickHouse(): Promise<TestClickHouse> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  const server = await startEmbeddedClickHouse({ directory });
  const stores: ClickHouseStore[] = [];
  return {
    server,
    async database(name) {
      const { url, username, password } = server;
      const store = createStore({ url, username, password, database: name });
      await migrate(store);
      stores.push(store);
      return store;
    },
    async close() {
      for (const store of stores) await store.close();
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
