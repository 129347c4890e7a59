/**
 * Removes what is older than it may become: each night, by the active control plane, table by table.
 *
 * What was done is known from `retention_runs` alone: a process that dies in a run leaves the tables to come to the next, and
 * nothing is lost by doing one of them twice. Only rows that are never read into a state are removed, so that no recovery misses them.
 */
import {
  daysKept,
  type RetainedTable,
  type RetentionDays,
  retainedTables,
} from '../../contracts/retention.ts';
import type { Store } from '../../contracts/store.ts';
import type { ZoneOffset } from '../alerts/localTime.ts';
import { createTellOnce } from '../definitions/tellOnce.ts';
import { leaveDisk, type RemoveOptions, removeOld } from './removeOld.ts';
import { latestRuns, writeRun } from './retentionRuns.ts';

export interface RetentionOptions {
  readonly store: Pick<Store, 'query' | 'command' | 'insert'>;
  /** As set; what is absent has its default. */
  readonly days: RetentionDays;
  /** Of the institution: the night is where it is. */
  readonly offset: ZoneOffset;
  readonly clock: () => number;
  /** Told what was removed, and what fails; a sentence each. */
  readonly say: (sentence: string) => void;
  /** How often is looked whether it is time, ms. */
  readonly everyMs?: number;
  readonly remove?: Pick<RemoveOptions, 'sliceMs' | 'pollMs' | 'patienceMs'>;
}

export interface RetentionKeeper {
  /** Does what is due; returns the rows removed. Of those who call at the same time there is one run. */
  look(): Promise<number>;
  /** Resolves when the statement under way has ended. */
  stop(): Promise<void>;
}

const dayMs = 86_400_000;
/** Local hour at which few learn. */
const quietHour = 3;
/** Often enough to begin in the quiet hour, ms. */
const everyMsDefault = 600_000;

/** The last time that it was the quiet hour, ms since 1970. */
export function lastQuietHour(now: number, offset: ZoneOffset): number {
  const shift = offset(now);
  const sinceQuiet = (now + shift - quietHour * 3_600_000) % dayMs;
  return now - sinceQuiet;
}

/** Begins to look after the first pause: a start has other work. */
export function keepRetention(options: RetentionOptions): RetentionKeeper {
  const { store, days, offset, clock, say, everyMs = everyMsDefault, remove = {} } = options;
  const told = createTellOnce(say);
  let stopped = false;
  let running: Promise<number> | undefined;

  async function removeFrom(retained: RetainedTable, kept: number): Promise<number> {
    const { table } = retained;
    const beganAt = clock();
    const cutAt = beganAt - kept * dayMs;
    const isStopped = () => stopped;
    const removed = await removeOld(retained, cutAt, { ...remove, store, isStopped });
    if (removed > 0) {
      say(`Retention: ${countOf(removed)} of ${table}, older than ${kept} days, were removed.`);
    }
    if (stopped) return removed; // not at its end: the next process goes on
    const isFirst = new Date(beganAt + offset(beganAt)).getUTCDate() === 1;
    await leaveDisk(store, table, isFirst);
    await writeRun(store, { table, beganAt, endedAt: clock(), cutAt, removed });
    return removed;
  }

  async function run(): Promise<number> {
    const since = lastQuietHour(clock(), offset);
    const runs = await latestRuns(store);
    let removed = 0;
    for (const retained of retainedTables) {
      const kept = daysKept(retained, days);
      const { table } = retained;
      if (stopped || kept === null || (runs.get(table)?.beganAt ?? 0) >= since) continue;
      try {
        removed += await removeFrom(retained, kept);
        told.forget(table);
      } catch (error) {
        told.tell(table, `Retention: what is too old was not removed from ${table}: ${error}`);
      }
    }
    return removed;
  }

  function look(): Promise<number> {
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  }

  const timer = setInterval(() => {
    look().then(
      () => told.forget('runs'),
      (error: unknown) => told.tell('runs', `Retention did not run: ${String(error)}`),
    );
  }, everyMs);
  timer.unref();
  return {
    look,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running?.catch(() => undefined);
    },
  };
}

function countOf(rows: number): string {
  return rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`;
}
