/** What is kept how long, as the route asks for it. */
import {
  daysKept,
  keptTables,
  type RetentionDays,
  retainedTables,
} from '../../contracts/retention.ts';
import type { RetentionAnswer } from '../../contracts/retentionApi.ts';
import type { Reader } from '../statement.ts';
import { latestRuns, type RetentionRun } from './retentionRuns.ts';

export interface RetentionDesk {
  /** @throws EngineError SINK_UNAVAILABLE */
  read(): Promise<RetentionAnswer>;
}

export interface RetentionDeskOptions {
  readonly store: Reader;
  readonly days: RetentionDays;
  readonly clock?: () => number;
}

/** Counting is worth it once in this time, ms. */
const freshMs = 60_000;

export function createRetentionDesk(options: RetentionDeskOptions): RetentionDesk {
  const { store, days, clock = Date.now } = options;
  let known: { readonly at: number; readonly answer: Promise<RetentionAnswer> } | undefined;

  async function read(at: number): Promise<RetentionAnswer> {
    const runs = await latestRuns(store);
    const tables: RetentionAnswer['tables'] = [];
    for (const retained of retainedTables) {
      const { table, time, holds, daysMin, because } = retained;
      const [found] = await store.query<{ rows: number; oldest: number }>(
        `SELECT count() AS rows, toUnixTimestamp64Milli(min(${time})) AS oldest FROM ${table}`,
      );
      const { rows = 0, oldest = 0 } = found ?? {};
      tables.push({
        ...{ table, holds, keptForDays: daysKept(retained, days), daysMin, because, rows },
        oldestAt: rows === 0 ? null : oldest,
        lastRun: runOf(runs.get(table)),
      });
    }
    const counts = await store.query<{ table: string; rows: number }>(
      `SELECT table, sum(rows) AS rows FROM system.parts
       WHERE database = currentDatabase() AND active GROUP BY table`,
    );
    const rowsOf = new Map(counts.map(({ table, rows }) => [table, rows]));
    for (const [table, because] of Object.entries(keptTables)) {
      const rows = rowsOf.get(table) ?? 0;
      tables.push({
        ...{ table, holds: because, keptForDays: null, daysMin: null, because, rows },
        ...{ oldestAt: null, lastRun: null },
      });
    }
    return { at, tables, sentence: sentenceOf(tables) };
  }

  return {
    read() {
      const at = clock();
      if (known === undefined || at >= known.at + freshMs || at < known.at) {
        const answer = read(at);
        known = { at, answer };
        answer.catch(() => {
          if (known?.answer === answer) known = undefined;
        });
      }
      return known.answer;
    },
  };
}

function runOf(run: RetentionRun | undefined): RetentionAnswer['tables'][number]['lastRun'] {
  if (run === undefined) return null;
  const { beganAt, endedAt, cutAt, removed } = run;
  return { beganAt, endedAt, cutAt, removed };
}

function sentenceOf(tables: RetentionAnswer['tables']): string {
  const limited = tables.filter(({ keptForDays }) => keptForDays !== null);
  const runs = limited.flatMap(({ lastRun }) => lastRun ?? []);
  const what = `Rows of ${limited.length} tables leave by their age`;
  if (runs.length === 0) return `${what}; that has not run yet.`;
  const last = Math.max(...runs.map(({ beganAt }) => beganAt));
  const removed = runs
    .filter(({ beganAt }) => beganAt > last - 86_400_000)
    .reduce((sum, run) => sum + run.removed, 0);
  return `${what}; the last run removed ${removed.toLocaleString('en')}.`;
}
