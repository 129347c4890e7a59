/** Access to ClickHouse, embedded or not: rows out, RowBinary in and out, errors as the engine knows them. */
import { Readable } from 'node:stream';
import {
  type ClickHouseClient,
  ClickHouseError,
  ClickHouseLogLevel,
  createClient,
  type ResultSet,
} from '@clickhouse/client';
import { EngineError } from '../../contracts/errors.ts';
import type { Store } from '../../contracts/store.ts';
import { createFileSystemSync } from './fileSystemSync.ts';
import { parseExactly } from './parseExactly.ts';

export interface StoreOptions {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly database: string;
  /**
   * Directory of an embedded ClickHouse, for `barrier`. Without it the server's own settings decide what an acknowledged
   * insert survives.
   */
  readonly directory?: string;
  /** Longest time that one statement may take, ms. */
  readonly requestMaxMs?: number;
}

/**
 * The engine's store, and what its start and end need besides.
 *
 * `query` takes a SELECT without FORMAT; 64-bit integers are numbers when they are safe, otherwise text; NaN is null.
 * `insert` takes at most 256 MB or 10 million rows; it leaves one part, which appears whole or not at all, unless the
 * table is partitioned. A failed insert leaves in doubt whether the rows are there. `readBinary` takes a SELECT without
 * FORMAT. All throw EngineError SINK_UNAVAILABLE when trying again may help and SINK_REJECTED when it cannot.
 */
export interface ClickHouseStore extends Store {
  readonly database: string;
  /** @throws EngineError SINK_UNAVAILABLE when ClickHouse does not answer */
  ping(): Promise<void>;
  createDatabase(): Promise<void>;
  close(): Promise<void>;
}

/** Exceptions that tell of ClickHouse's condition, not of a wrong statement. */
const passing = new Set([
  '74', // CANNOT_READ_FROM_FILE_DESCRIPTOR
  '75', // CANNOT_WRITE_TO_FILE_DESCRIPTOR
  '76', // CANNOT_OPEN_FILE
  '159', // TIMEOUT_EXCEEDED
  '198', // DNS_ERROR
  '202', // TOO_MANY_SIMULTANEOUS_QUERIES
  '203', // NO_FREE_CONNECTION
  '209', // SOCKET_TIMEOUT
  '210', // NETWORK_ERROR
  '236', // ABORTED
  '241', // MEMORY_LIMIT_EXCEEDED
  '242', // TABLE_IS_READ_ONLY
  '243', // NOT_ENOUGH_SPACE
  '252', // TOO_MANY_PARTS
  '279', // ALL_CONNECTION_TRIES_FAILED
  '285', // TOO_FEW_LIVE_REPLICAS
  '319', // UNKNOWN_STATUS_OF_INSERT
  '394', // QUERY_WAS_CANCELLED
  '425', // SYSTEM_ERROR
  '999', // KEEPER_EXCEPTION
  '1001', // STD_EXCEPTION
]);

/** One block: nothing splits a body that is smaller than these. */
const oneBlock = {
  async_insert: 0,
  optimize_on_insert: 0, // no key comes twice in one insert
  max_insert_block_size: '10000000',
  min_insert_block_size_rows: '10000000',
  min_insert_block_size_bytes: '1000000000',
  input_format_parallel_parsing: 0,
} as const;

function engineError(error: unknown, doing: string): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const rejected = error instanceof ClickHouseError && !passing.has(error.code);
  const reason = error instanceof ClickHouseError ? `${error.type} (${error.code}): ` : '';
  const code = rejected ? 'SINK_REJECTED' : 'SINK_UNAVAILABLE';
  return new EngineError(code, `${doing}: ${reason}${message}`, { cause: error });
}

async function guarded<Result>(doing: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw engineError(error, doing);
  }
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** ClickHouse reports an exception behind rows already sent at the end of the body. */
function refuseBroken(body: Buffer, tag: string | undefined): void {
  if (tag === undefined) return;
  const trailer = Buffer.from(`${tag}\r\n__exception__\r\n`);
  if (body.length < trailer.length || !body.subarray(-trailer.length).equals(trailer)) return;
  const start = body.lastIndexOf(
    `\r\n__exception__\r\n${tag}\r\n`,
    body.length - trailer.length - 1,
  );
  const text = body.toString('utf8', Math.max(start, 0)).slice(0, 2_000);
  throw new EngineError('SINK_UNAVAILABLE', `the result broke off: ${text.trim()}`);
}

function quotedName(name: string): string {
  return `\`${name.replaceAll(/[\\`]/g, '\\$&')}\``;
}

/** A store on one database; nothing is sent before the first call. */
export function createStore(options: StoreOptions): ClickHouseStore {
  const { url, username, password, database } = options;
  const client: ClickHouseClient = createClient({
    url,
    username,
    password,
    database,
    request_timeout: options.requestMaxMs ?? 120_000,
    max_open_connections: 16,
    application: 'millrace',
    log: { level: ClickHouseLogLevel.OFF }, // what fails is thrown
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 0,
      output_format_json_quote_denormals: 0,
      output_format_json_quote_decimals: 0,
      date_time_output_format: 'iso',
    },
    json: { parse: parseExactly, stringify: JSON.stringify },
  });

  const disk =
    options.directory === undefined ? undefined : createFileSystemSync(options.directory);

  return {
    database,

    query<Row>(
      sql: string,
      parameters: Readonly<Record<string, unknown>> = {},
      signal: AbortSignal = new AbortController().signal,
    ) {
      return guarded('query', async () => {
        signal.throwIfAborted(); // the client does not look
        let result: ResultSet<'JSONEachRow'> | undefined;
        const close = () => result?.close();
        // The client heeds the signal only until the answer begins.
        signal.addEventListener('abort', close, { once: true });
        try {
          result = await client.query({
            query: sql,
            query_params: parameters,
            format: 'JSONEachRow',
            abort_signal: signal,
          });
          return await result.json<Row>();
        } catch (error) {
          signal.throwIfAborted();
          throw error;
        } finally {
          signal.removeEventListener('abort', close);
        }
      });
    },

    insert(table, rowBinary) {
      return guarded(`insert into ${table}`, async () => {
        const { stream } = await client.exec({
          query: `INSERT INTO ${quotedName(table)} FORMAT RowBinary`,
          values: Readable.from([rowBinary]),
          clickhouse_settings: oneBlock,
        });
        await collect(stream);
      });
    },

    command(sql, parameters = {}) {
      return guarded('command', async () => {
        await client.command({ query: sql, query_params: parameters });
      });
    },

    readBinary(sql, parameters = {}) {
      return guarded('read', async () => {
        const { stream, response_headers } = await client.exec({
          query: `${sql}\nFORMAT RowBinary`,
          query_params: parameters,
        });
        const body = await collect(stream);
        const tag = response_headers['x-clickhouse-exception-tag'];
        refuseBroken(body, typeof tag === 'string' ? tag : undefined);
        return body;
      });
    },

    barrier() {
      return guarded('barrier', async () => {
        await disk?.sync();
      });
    },

    ping() {
      return guarded('ping', async () => {
        const answer = await client.ping();
        if (!answer.success) throw answer.error;
      });
    },

    createDatabase() {
      return guarded('create the database', async () => {
        const server = createClient({ url, username, password });
        try {
          await server.command({ query: `CREATE DATABASE IF NOT EXISTS ${quotedName(database)}` });
        } finally {
          await server.close();
        }
      });
    },

    close() {
      disk?.close();
      return client.close();
    },
  };
}
