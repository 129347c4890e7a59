/**
 * What waits to be told on one route, and what of it comes next. Of the clock as it is told, and nothing else.
 *
 * So many notices an hour are told one by one. Beyond that they gather, and one summary in an hour tells of them all,
 * unless the hour frees a place before: then they go on one by one.
 */
import type { NoticeRow } from './noticeRows.ts';

const hourMs = 3_600_000;
/** From a notice beyond the limit to the summary. */
const gatherMs = 60_000;

export interface NextNotice {
  readonly how: 'alone' | 'summary';
  /** Of `alone` one; oldest first. */
  readonly rows: readonly NoticeRow[];
}

export interface RouteQueue {
  /** A row that waits, new or in the place of the one before. */
  put(row: NoticeRow): void;
  /** It waits no longer. */
  drop(row: Pick<NoticeRow, 'alert' | 'what'>): void;
  /** A message has gone out; in any order. */
  told(how: NextNotice['how'], at: number): void;
  /** What to tell now. */
  next(now: number): NextNotice | undefined;
  /** When to ask again, if nothing is put before; Infinity: not by the clock. */
  wakeAt(now: number): number;
}

const keyOf = ({ alert, what }: Pick<NoticeRow, 'alert' | 'what'>) => `${what} ${alert}`;
const isFiringOf = (other: NoticeRow, row: NoticeRow) =>
  other.what === 'firing' && other.alert === row.alert;
const byAge = (a: NoticeRow, b: NoticeRow) => a.madeAt - b.madeAt || a.nextAt - b.nextAt;

/** @param perHour notices that are told one by one, ≥ 1 */
export function createRouteQueue(perHour: number): RouteQueue {
  const waiting = new Map<string, NoticeRow>();
  /** Of messages within the last hour, ascending. */
  let sent: number[] = [];
  let summaryAt = -Infinity;

  const isFull = (now: number) => {
    sent = sent.filter((at) => at > now - hourMs);
    return sent.length >= perHour;
  };
  /** What is over is not told before what fired. */
  const isFree = (row: NoticeRow) =>
    row.what === 'firing' || !waiting.has(keyOf({ alert: row.alert, what: 'firing' }));
  const due = (now: number) =>
    [...waiting.values()].filter(({ nextAt }) => nextAt <= now).sort(byAge);
  const together = (rows: readonly NoticeRow[]) =>
    rows.filter((row) => isFree(row) || rows.some((other) => isFiringOf(other, row)));
  /** When a row that waits would bring a summary, which then tells of the others as well. */
  const summaryDue = ({ madeAt, nextAt }: NoticeRow) =>
    Math.max(nextAt, madeAt + gatherMs, summaryAt + hourMs);

  return {
    put: (row) => void waiting.set(keyOf(row), row),
    drop: (row) => void waiting.delete(keyOf(row)),

    told(how, at) {
      if (how === 'alone') sent = [...sent, at].sort((a, b) => a - b);
      else summaryAt = Math.max(summaryAt, at);
    },

    next(now) {
      if (!isFull(now)) {
        const row = due(now).find(isFree);
        return row === undefined ? undefined : { how: 'alone', rows: [row] };
      }
      const rows = together(due(now));
      return rows.some((row) => summaryDue(row) <= now) ? { how: 'summary', rows } : undefined;
    },

    wakeAt(now) {
      const rows = [...waiting.values()].filter(isFree);
      const soonest = Math.min(...rows.map(({ nextAt }) => nextAt));
      if (!isFull(now)) return soonest;
      return Math.min(Math.max(soonest, sent[0]! + hourMs), ...rows.map(summaryDue));
    },
  };
}
