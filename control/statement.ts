/** What every read of the serving plane has in common: it is bounded in time, memory and size. */
import type { Store } from '../contracts/store.ts';

/** The part of the store that reading needs. */
export type Reader = Pick<Store, 'query'>;

/** A reader whose statements end when the signal says so. */
export function heeding(reader: Reader, signal: AbortSignal | undefined): Reader {
  return { query: (sql, parameters) => reader.query(sql, parameters, signal) };
}

/** Compiling an aggregation costs up to half a second and pays for scans of hundreds of millions of rows only. */
const settings = {
  max_execution_time: 10,
  max_result_rows: 20_000,
  max_result_bytes: 67_108_864,
  max_memory_usage: 1_000_000_000,
  compile_expressions: 0,
  compile_aggregate_expressions: 0,
};

const clause = Object.entries(settings)
  .map(([name, value]) => `${name} = ${value}`)
  .join(', ');

/** Ends a SELECT: a question that would take too much fails, instead of slowing the engine. */
export function bounded(sql: string): string {
  return `${sql} SETTINGS ${clause}`;
}
