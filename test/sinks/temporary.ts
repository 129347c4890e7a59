/** What the tests of ClickHouse share: a directory of their own, an embedded server in it, and waiting. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EmbeddedClickHouse,
  type EmbeddedClickHouseOptions,
  startEmbeddedClickHouse,
} from '../../sinks/clickhouse/embedded/startEmbeddedClickHouse.ts';

export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'millrace-clickhouse-'));
}

export function remove(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

export interface Trial {
  readonly directory: string;
  readonly clickhouse: EmbeddedClickHouse;
  end(): Promise<void>;
}

export async function startTrial(options: Partial<EmbeddedClickHouseOptions> = {}): Promise<Trial> {
  const directory = options.directory ?? temporaryDirectory();
  const clickhouse = await startEmbeddedClickHouse({ directory, ...options });
  return {
    directory,
    clickhouse,
    async end() {
      await clickhouse.close();
      remove(directory);
    },
  };
}

export interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** Over HTTP itself, as a program without the client would. */
export function askClickHouse(
  { url, username, password }: EmbeddedClickHouse,
  { path = '/', method = 'POST', body, headers = {}, signal }: Asked,
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method,
    headers: { 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password, ...headers },
    ...(body === undefined ? {} : { body: body as string }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Tries until it works; the last error after `waitMs`. */
export async function eventually<Result>(
  attempt: () => Promise<Result>,
  waitMs = 25_000,
): Promise<Result> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() - startedAt > waitMs) throw error;
      await sleep(25);
    }
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
