/**
 * Entry of the embedded ClickHouse's process. It lives no longer than its parent: when the channel to the parent breaks,
 * it ends at once, and the kernel takes its lock on the data directory with it.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Session } from 'chdb';
import { createAnswerMemory } from './answerMemory.ts';
import { configurationXml, sessionArguments } from './configuration.ts';
import { openIncoming } from './incoming.ts';
import type { ChildSettings, FromChild, ToChild } from './messages.ts';
import { createPool } from './pool.ts';
import { createClickHouseServer } from './server.ts';

const closeWaitMs = 10_000;

/** Tables whose rows change otherwise than by statements that name them. */
const strangers = `
  SELECT name FROM system.tables
  WHERE NOT endsWith(engine, 'MergeTree') AND lower(database) NOT IN ('system', 'information_schema')
  LIMIT 1`;

/** A function by rows is taken for one that changes by ClickHouse: the same rows give the same. */
const changingFunctions = `
  SELECT lower(name) FROM system.functions
  WHERE NOT is_aggregate AND NOT ifNull(deterministic, 0) AND name != 'arrayJoin'`;

let incoming: string | undefined;

function send(message: FromChild): void {
  process.send?.(message);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The process that ClickHouse noted as holder of the directory, 0 when it is none or dead. */
function holderOf(directory: string): number {
  try {
    const status = readFileSync(join(directory, 'status'), 'utf8');
    const pid = Number(/^PID: (\d+)/m.exec(status)?.[1] ?? 0);
    return pid !== process.pid && pid > 0 && isAlive(pid) ? pid : 0;
  } catch {
    return 0;
  }
}

/** Opens the data directory, which ClickHouse locks by `flock`; a dying holder is waited for. */
async function openSession(directory: string, waitMs: number, xml: string): Promise<Session> {
  const startedAt = performance.now();
  const connectionArgs = [...sessionArguments, `--config-file=${xml}`];
  for (;;) {
    try {
      return new Session(directory, { connectionArgs });
    } catch (error) {
      if (performance.now() - startedAt > waitMs) throw error;
      await sleep(100);
    }
  }
}

async function start(settings: ChildSettings): Promise<() => Promise<void>> {
  const { directory, username, password } = settings;
  mkdirSync(directory, { recursive: true });
  const held = holderOf(directory) > 0;
  const xml = join(directory, 'configuration.xml');
  if (!held) writeFileSync(xml, configurationXml(settings.memoryMax));
  const session = await openSession(directory, held ? settings.lockWaitMs : 500, xml);
  incoming = openIncoming(directory);
  const version = session.query('SELECT version()', 'TSVRaw').trim();

  const pool = createPool({
    directory,
    threads: { read: 4, write: 3 },
    queueMax: 100,
    async kill(tag) {
      const sql = `KILL QUERY WHERE Settings['log_comment'] = '${tag}' ASYNC`;
      await session.queryAsync(sql).catch(() => {}); // tried again until the statement has ended
    },
  });
  const memory = createAnswerMemory({ isPlain: () => session.query(strangers, 'TSVRaw') === '' });
  const changing = new Set(session.query(changingFunctions, 'TSVRaw').trim().split('\n'));
  const answering = { pool, memory, changing, incoming, version };
  const server = createClickHouseServer({ ...answering, username, password });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(settings.port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve();
        });
      });
      break;
    } catch (error) {
      if (attempt === 50) throw error;
      await sleep(100);
    }
  }
  send({ kind: 'listening', port: (server.address() as AddressInfo).port });

  return async () => {
    // Until what is being asked has been answered: then each connection ends.
    const answered = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    await Promise.race([answered, sleep(closeWaitMs)]);
    server.closeAllConnections();
    session.close();
  };
}

/** Ends without any clean-up of ClickHouse's: its files are consistent at every moment, and a pending query could hold us. */
function endAtOnce(): void {
  if (incoming !== undefined) rmSync(incoming, { recursive: true, force: true });
  process.kill(process.pid, 'SIGKILL');
}

let close: (() => Promise<void>) | undefined;

async function obey(message: ToChild): Promise<void> {
  if (message.kind === 'close') {
    await close?.();
    endAtOnce();
    return;
  }
  const { directory } = message.settings;
  try {
    close = await start(message.settings);
  } catch (error) {
    const holder = holderOf(directory);
    if (holder > 0) send({ kind: 'locked', holder });
    else send({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) });
  }
}

process.on('disconnect', endAtOnce);
// The channel may have closed before anyone listened.
if (!process.connected) endAtOnce();
// Node would end its threads first and wait for one that is inside ClickHouse, perhaps for ever, holding the directory.
process.on('uncaughtException', (error) => {
  try {
    console.error(error);
  } finally {
    endAtOnce();
  }
});
// A terminal's interrupt reaches the whole group: the parent decides, after it has written its last epoch.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('message', (message: ToChild) => {
  obey(message).catch((error: unknown) => {
    console.error(error);
    endAtOnce();
  });
});
