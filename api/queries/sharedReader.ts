/**
 * A reader for many who ask: equal statements at the same time are one, a statement that nobody waits for any more is
 * ended, and only so many run or wait.
 */
import { EngineError } from '../../contracts/errors.ts';
import type { Reader } from '../../control/statement.ts';
import type { Slots } from './slots.ts';

interface Asked {
  readonly rows: Promise<unknown[]>;
  readonly stop: AbortController;
  askers: number;
}

/** ClickHouse itself ends a statement after 10 s: one that lasts longer is not being answered, ms. */
const answerMaxMs = 15_000;

/** Rows are shared: nobody may change them. */
export function sharedReader(reader: Reader, slots: Slots): Reader {
  const open = new Map<string, Asked>();

  function ask(key: string, sql: string, parameters: Readonly<Record<string, unknown>>): Asked {
    const stop = new AbortController();
    const run = async (): Promise<unknown[]> => {
      const timer = setTimeout(() => {
        const detail = `ClickHouse gave no answer within ${answerMaxMs / 1_000} s.`;
        stop.abort(new EngineError('SINK_UNAVAILABLE', detail));
      }, answerMaxMs);
      timer.unref();
      try {
        return await reader.query(sql, parameters, stop.signal);
      } finally {
        clearTimeout(timer);
      }
    };
    const rows = slots.run(run, stop.signal).finally(() => forget(key, asked));
    const asked: Asked = { rows, stop, askers: 0 };
    open.set(key, asked);
    return asked;
  }

  function forget(key: string, asked: Asked): void {
    if (open.get(key) === asked) open.delete(key);
  }

  return {
    query<Row>(
      sql: string,
      parameters: Readonly<Record<string, unknown>> = {},
      signal?: AbortSignal,
    ) {
      return new Promise<Row[]>((resolve, reject) => {
        signal?.throwIfAborted();
        const key = JSON.stringify([sql, parameters]);
        const asked = open.get(key) ?? ask(key, sql, parameters);
        asked.askers += 1;
        function leave(): void {
          reject(signal?.reason);
          asked.askers -= 1;
          if (asked.askers > 0) return;
          forget(key, asked);
          asked.stop.abort(signal?.reason);
        }
        signal?.addEventListener('abort', leave, { once: true });
        asked.rows
          .then((rows) => resolve(rows as Row[]), reject)
          .finally(() => signal?.removeEventListener('abort', leave));
      });
    },
  };
}
