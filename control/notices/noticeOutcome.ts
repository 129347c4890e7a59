/** What becomes of a notice with a try: the row that is written behind it. */
import { NoticeProblem } from '../../sinks/notices/noticeProblem.ts';
import type { NoticeRow } from './noticeRows.ts';
import { nextTryAt } from './retryPace.ts';
import type { NextNotice } from './routeQueue.ts';

/** What has not been tried. */
export function newRow(
  alert: string,
  route: string,
  what: NoticeRow['what'],
  at: number,
): NoticeRow {
  const common = { alert, route, what, version: 1, madeAt: at, at, nextAt: at };
  return { ...common, attempts: 0, outcome: 'waiting', problem: '', delivery: '' };
}

/** @param id of the message by which it was told */
export function sentRow(row: NoticeRow, how: NextNotice['how'], id: string, at: number): NoticeRow {
  return {
    ...row,
    version: row.version + 1,
    at,
    attempts: row.attempts + 1,
    outcome: 'sent',
    problem:
      how === 'alone'
        ? ''
        : 'Told in a summary: there were more notices than a route takes in an hour.',
    delivery: id,
  };
}

/**
 * Those of one summary are tried again together.
 *
 * @param random in [0, 1): the jitter
 */
export function failedRows(
  rows: readonly NoticeRow[],
  problem: unknown,
  at: number,
  random: number,
): NoticeRow[] {
  const failed = rows.map((row) => failedRow(row, problem, at, random));
  const waiting = failed.filter(({ outcome }) => outcome === 'waiting');
  const nextAt = Math.max(...waiting.map((row) => row.nextAt));
  return failed.map((row) => (row.outcome === 'waiting' ? { ...row, nextAt } : row));
}

function failedRow(row: NoticeRow, problem: unknown, at: number, random: number): NoticeRow {
  const attempts = row.attempts + 1;
  const { isTemporary, retryAfterMs } =
    problem instanceof NoticeProblem ? problem : { isTemporary: true, retryAfterMs: undefined };
  const nextAt = isTemporary
    ? nextTryAt({ madeAt: row.madeAt, attempts, now: at, retryAfterMs, random })
    : undefined;
  return {
    ...row,
    version: row.version + 1,
    at,
    attempts,
    nextAt: nextAt ?? at,
    outcome: nextAt === undefined ? 'given up' : 'waiting',
    problem: sentenceOf(problem),
  };
}

/** Of what is not a problem of ours no words are kept: nobody knows what stands in them. */
export function sentenceOf(error: unknown): string {
  if (error instanceof NoticeProblem) return error.message;
  return `It failed for a reason of its own (${error instanceof Error ? error.name : typeof error}).`;
}
