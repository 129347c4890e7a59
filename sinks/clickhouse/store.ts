/** Access to ClickHouse, embedded or not: rows out, RowBinary in and out, errors as the engine knows them. */
import { Readable } from 'node:stream';
import { ClickHouseError, type ResultSet } from '@clickhouse/client';
import { EngineError } from '../../contracts/errors.ts';
import type { Store } from '../../contracts/store.ts';
import { type ConnectionOptions, connect } from './connection.ts';
import { definitionFor, type Place } from './definition.ts';
import { createFileSystemSync } from './fileSystemSync.ts';

export interface StoreOptions extends ConnectionOptions {
  readonly database: string;
  /** Directory of an embedded ClickHouse, for `barrier`; a server has `place.durable` instead. */
  readonly directory?: string;
  /** How tables are made, and inserts acknowledged. */
  readonly place?: Place;
}

/**
 * The engine's store, and what its start and end need besides.
 *
 * `query` takes a SELECT without FORMAT; 64-bit integers are numbers when they are safe, otherwise text; NaN is null.
 * `insert` takes at most 256 MB or 10 million rows; it leaves one part, which appears whole or not at all, unless the
 * table is partitioned. A failed insert leaves in doubt whether the rows are there. `readBinary` takes a SELECT without
 * FORMAT; on a cluster it first waits until the replica has all of the table `state`. All throw EngineError SINK_UNAVAILABLE when trying again may help and SINK_REJECTED when it cannot.
 */
export interface ClickHouseStore extends Store {
  readonly database: string;
  /** @throws EngineError SINK_UNAVAILABLE when ClickHouse does not answer */
  ping(): Promise<void>;
  createDatabase(): Promise<void>;
  /** Runs a repeatable CREATE or ALTER in the form that the place of this store needs; on a cluster, for all replicas. */
  define(statement: string): Promise<void>;
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
  '286', // UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE
  '319', // UNKNOWN_STATUS_OF_INSERT
  '394', // QUERY_WAS_CANCELLED
  '425', // SYSTEM_ERROR
  '999', // KEEPER_EXCEPTION
  '1001', // STD_EXCEPTION
]);

/** One block: nothing splits a body that is smaller than these. */
const oneBlock = {
  async_insert: 0,
  insert_deduplicate: 0, // on newer servers `deduplicate_insert` overrides it; there the tables say so
  optimize_on_insert: 0, // no key comes twice in one insert
  max_insert_block_size: '10000000',
  min_insert_block_size_rows: '10000000',
  min_insert_block_size_bytes: '1000000000',
  input_format_parallel_parsing: 0,
} as const;

/**
 * A replica may be lost for good as soon as it has acknowledged: the rows are then on most of the others. The wait is
 * shorter than the client's, so that the server says what is missing.
 */
const onMostReplicas = { insert_quorum: 'auto', insert_quorum_timeout: '60000' };

/** A definition is made when every replica has made it; one that is away is named, in less than the client's time. */
const onAllReplicas = {
  distributed_ddl_task_timeout: '60',
  distributed_ddl_output_mode: 'throw',
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
  const { database, place = {} } = options;
  const { cluster } = place;
  const client = connect(options, database);
  const insertSettings = cluster === undefined ? oneBlock : { ...oneBlock, ...onMostReplicas };
  const defineSettings = cluster === undefined ? {} : onAllReplicas;

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
          clickhouse_settings: insertSettings,
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
        // Replicas fetch parts in any order: one that lags may have a marker without the state that belongs to it.
        if (cluster !== undefined) {
          await client.command({ query: 'SYSTEM SYNC REPLICA state LIGHTWEIGHT' });
        }
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
        const server = connect(options);
        try {
          await server.command({
            query: definitionFor(`CREATE DATABASE IF NOT EXISTS ${quotedName(database)}`, place),
            clickhouse_settings: defineSettings,
          });
        } finally {
          await server.close();
        }
      });
    },

    define(statement) {
      return guarded('define', async () => {
        await client.command({
          query: definitionFor(statement, place),
          clickhouse_settings: defineSettings,
        });
      });
    },

    close() {
      disk?.close();
      return client.close();
    },
  };
}
