/** A ClickHouse for one measurement. */
import { startEmbeddedClickHouse } from '../../sinks/clickhouse/embedded/startEmbeddedClickHouse.ts';
import { migrate } from '../../sinks/clickhouse/migrate.ts';
import { createStore, type StoreOptions } from '../../sinks/clickhouse/store.ts';
import { withDirectory } from './temporary.ts';

/** An empty database with its schema, gone afterwards. */
export async function withClickHouse<Value>(
  use: (access: StoreOptions) => Promise<Value>,
): Promise<Value> {
  return withDirectory(async (directory) => {
    const server = await startEmbeddedClickHouse({ directory });
    const { url, username, password } = server;
    const access = { url, username, password, database: 'millrace', directory };
    const store = createStore(access);
    try {
      await migrate(store);
      return await use(access);
    } finally {
      await store.close();
      await server.close();
    }
  });
}
