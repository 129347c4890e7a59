/** The serving plane on a running engine. A module of its own, so that it is loaded while the database starts. */
import { listen } from '../api/listen.ts';
import { createQueries } from '../api/queries/queries.ts';
import { buildServer, type ServerDependencies } from '../api/server.ts';
import type { Settings } from '../contracts/settings.ts';
import type { ClickHouseStore } from '../sinks/clickhouse/store.ts';

export interface Serving {
  readonly url: string;
  close(): Promise<unknown>;
}

/** @throws EngineError PORT_BUSY or CONFIGURATION_INVALID */
export async function serve(
  store: ClickHouseStore,
  { host, port }: Pick<Settings, 'host' | 'port'>,
  dependencies: Omit<ServerDependencies, 'queries'>,
): Promise<Serving> {
  const server = buildServer({ ...dependencies, queries: createQueries(store) });
  try {
    return { url: await listen(server, { host, port }), close: () => server.close() };
  } catch (error) {
    await server.close();
    throw error;
  }
}
