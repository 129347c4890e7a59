/** The table `alert_notices`: what is to be told about an alert on a route, and what became of it. */

import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Store } from '../../contracts/store.ts';
import type { AlertDetail } from '../../contracts/watchApi.ts';

export interface NoticeRow {
  /** Id of the alert. */
  readonly alert: string;
  /** Key of the route. */
  readonly route: string;
  readonly what: 'firing' | 'resolved';
  /** Of rows of one notice the largest counts: 1, 2, 3 … */
  readonly version: number;
  /** When somebody wanted it told, ms since 1970. */
  readonly madeAt: number;
  /** When this row was written. */
  readonly at: number;
  readonly attempts: number;
  /** Not tried before. */
  readonly nextAt: number;
  readonly outcome: 'waiting' | 'sent' | 'given up';
  /** Why it was not told yet, or by itself; '' for nothing to say. */
  readonly problem: string;
  /** Id of the message by which it was told; '' when it was not. */
  readonly delivery: string;
}

/** One insert; no notice comes twice in it. */
export async function writeNotices(store: Store, rows: readonly NoticeRow[]): Promise<void> {
  const writer = new ByteWriter();
  for (const row of rows) {
    writer.text(row.alert);
    writer.text(row.route);
    writer.text(row.what);
    writer.uint32(row.version);
    writer.int64(row.madeAt);
    writer.int64(row.at);
    writer.uint32(row.attempts);
    writer.int64(row.nextAt);
    writer.text(row.outcome);
    writer.text(row.problem);
    writer.text(row.delivery);
  }
  await store.insert('alert_notices', writer.take());
}

const columns = `alert, route, what, version, toUnixTimestamp64Milli(made_at) AS madeAt,
  toUnixTimestamp64Milli(at) AS at, attempts, toUnixTimestamp64Milli(next_at) AS nextAt, outcome, problem, delivery`;

/** Those that wait, and those that were told since; the oldest first. */
export function readOpenNotices(store: Store, sinceMs: number): Promise<NoticeRow[]> {
  return store.query<NoticeRow>(
    `SELECT ${columns} FROM alert_notices FINAL
     WHERE outcome = 'waiting' OR (outcome = 'sent' AND alert_notices.at >= fromUnixTimestamp64Milli({sinceMs:Int64}, 'UTC'))
     ORDER BY made_at, alert, route, what`,
    { sinceMs },
  );
}

/** Of one alert, the oldest first. */
export function readNotices(store: Store, alert: string): Promise<NoticeRow[]> {
  return store.query<NoticeRow>(
    `SELECT ${columns} FROM alert_notices FINAL WHERE alert = {alert:String}
     ORDER BY made_at, what, route`,
    { alert },
  );
}

/** As `GET /v1/alerts/:id` has it. */
export function deliveryOf(row: NoticeRow): AlertDetail['deliveries'][number] {
  const { route, what, at, attempts, outcome, problem } = row;
  return { route, what, at, attempts, outcome, problem: problem === '' ? null : problem };
}
