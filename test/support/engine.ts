/** The real engine in a directory of its own, and a producer's view of it: HTTP. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { settled } from '../../benchmarks/support/settled.ts';
import { type Contents, readContents } from '../../benchmarks/support/tables.ts';
import { type Engine, type EngineOptions, startEngine } from '../../cli/engine.ts';
import { EventsAnswer } from '../../contracts/api.ts';
import { readSettings, type Settings } from '../../contracts/settings.ts';

export interface TestEngine {
  readonly engine: Engine;
  readonly url: string;
  /** What the engine has said, a sentence each. */
  readonly said: readonly string[];
  /** Sends a body to `POST /v1/events`. */
  post(body: Uint8Array | string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Sends events of which at least one is taken, as lines. */
  send(events: readonly unknown[]): Promise<EventsAnswer>;
  /** @param key of the API; without, it is asked on the engine's own machine */
  get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    key?: string,
  ): Promise<z.infer<Schema>>;
  /** Returns when everything that was acknowledged is committed. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export const ndjson = { 'content-type': 'application/x-ndjson' };
export const json = { 'content-type': 'application/json' };

/** Removed by `removeDirectory`. */
export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'millrace-engine-'));
}

export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

/**
 * @param data the engine's directory; short epochs unless `settings` says otherwise
 * @param said takes what the engine says, also when it does not start
 * @param options besides
 */
export async function startTestEngine(
  data: string,
  settings: Partial<Settings> = {},
  said: string[] = [],
  options: Partial<EngineOptions> = {},
): Promise<TestEngine> {
  const given = {
    ...{ data, port: 0, partitions: 2, epochMs: 60, checkpointMs: 150 },
    ...{ pseudonyms: 'off', ...settings },
    roles: settings.roles?.join(','),
  };
  const engine = await startEngine({
    settings: readSettings({}, given),
    say: (sentence) => said.push(sentence),
    ...options,
  });
  const post: TestEngine['post'] = (body, headers = json) =>
    fetch(`${engine.url}/v1/events`, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : Buffer.from(body),
    });
  return {
    engine,
    url: engine.url,
    said,
    post,
    async send(events) {
      const lines = events.map((event) => JSON.stringify(event)).join('\n');
      const response = await post(lines, ndjson);
      if (response.status !== 202) throw new Error(await response.text());
      return EventsAnswer.parse(await response.json());
    },
    async get(path, schema, key) {
      const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
      const response = await fetch(`${engine.url}${path}`, { headers });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return schema.parse(await response.json());
    },
    settle: () => settled(engine, 60_000),
    stop: () => engine.stop(),
  };
}

/**
 * What an engine writes that runs the same event log from end to end, in a directory of its own, undisturbed.
 *
 * @param data       directory of an engine that has ended, or of a log alone
 * @param partitions of the log
 */
export async function undisturbed(data: string, partitions = 2): Promise<Contents> {
  const directory = temporaryDirectory();
  try {
    cpSync(join(data, 'log'), join(directory, 'log'), { recursive: true });
    rmSync(join(directory, 'log', 'writer.lock'), { force: true });
    const artifacts = join(data, 'artifacts');
    if (existsSync(artifacts)) {
      cpSync(artifacts, join(directory, 'artifacts'), { recursive: true });
    }
    const { engine, settle } = await startTestEngine(directory, { partitions });
    try {
      await settle();
      return await readContents(engine.store);
    } finally {
      await engine.stop();
    }
  } finally {
    removeDirectory(directory);
  }
}
