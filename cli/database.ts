/** The ClickHouse that the engine uses: a server that is named, or the embedded one. */
import { join } from 'node:path';
import type { Settings } from '../contracts/settings.ts';
import type { Place } from '../sinks/clickhouse/definition.ts';
import { startEmbeddedClickHouse } from '../sinks/clickhouse/embedded/startEmbeddedClickHouse.ts';
import type { StoreOptions } from '../sinks/clickhouse/store.ts';
import { certificatesOf } from './certificates.ts';
import { greetServer } from './greetServer.ts';

export interface Database {
  readonly access: StoreOptions;
  /** Process of the embedded ClickHouse. */
  pid(): number | undefined;
  close(): Promise<void>;
}

/**
 * @throws EngineError DATA_LOCKED or SINK_UNAVAILABLE when the embedded ClickHouse cannot start, SINK_UNAVAILABLE or
 * CONFIGURATION_INVALID, with the setting, when a server cannot be used
 */
export async function openDatabase(
  settings: Settings,
  say: (sentence: string) => void,
): Promise<Database> {
  const { clickhouseUrl, clickhouseUser, clickhousePassword, clickhouseDatabase, data } = settings;
  if (clickhouseUrl !== undefined) {
    const certificates = certificatesOf(settings);
    const access = {
      url: clickhouseUrl,
      username: clickhouseUser,
      password: clickhousePassword,
      database: clickhouseDatabase,
      place: placeOf(settings),
      ...(certificates === undefined ? {} : { certificates }),
    };
    await greetServer(access);
    return { access, pid: () => undefined, close: async () => {} };
  }
  const directory = join(data, 'clickhouse');
  const embedded = await startEmbeddedClickHouse({
    directory,
    onEvent: (event) => say(event.detail),
  });
  const { url, username, password } = embedded;
  return {
    access: { url, username, password, database: clickhouseDatabase, directory },
    pid: () => embedded.pid,
    close: () => embedded.close(),
  };
}

function placeOf(settings: Settings): Place {
  const { clickhouseCluster, clickhouseReplicaPath, clickhouseReplicaName } = settings;
  if (clickhouseCluster === undefined) return { durable: true };
  const cluster = {
    name: clickhouseCluster,
    path: clickhouseReplicaPath,
    replica: clickhouseReplicaName,
  };
  return { durable: true, cluster };
}
