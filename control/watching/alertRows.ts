/** The table `alerts`: a row a revision. The newest is how the alert is; of one revision that of a person counts. */
import type { Alert } from '../../contracts/alert.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Store } from '../../contracts/store.ts';
import { bounded, type Reader } from '../statement.ts';

export interface AlertRow {
  readonly alert: Alert;
  readonly actor: string;
  /** What happened, a sentence; '': nothing that people are told. */
  readonly sentence: string;
  readonly reason: string;
}

/** Who changes alerts when nobody does. */
export const engineActor = 'engine';
/** What orders the rows of an alert, in SQL. */
const place = `tuple(revision, actor != '${engineActor}', actor)`;

/** Written again, a row takes its own place. One insert is one block: all of them or none. */
export async function writeAlerts(
  store: Pick<Store, 'insert'>,
  rows: readonly AlertRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const writer = new ByteWriter(1 << 14);
  for (const { alert, actor, sentence, reason } of rows) {
    writer.text(alert.id);
    writer.uint32(alert.revision);
    writer.text(actor);
    writer.text(alert.watch);
    writer.text(alert.lane);
    writer.varint(alert.key.length);
    for (const part of alert.key) writer.text(part);
    writer.text(alert.state);
    writer.int64(Math.floor(alert.since));
    writer.uint8(alert.resolvedAt === null ? 1 : 0);
    if (alert.resolvedAt !== null) writer.int64(Math.floor(alert.resolvedAt));
    writer.int64(Math.floor(alert.changedAt));
    writer.text(sentence);
    writer.text(reason);
    writer.text(JSON.stringify(alert));
  }
  await store.insert('alerts', writer.take());
}

/** Conditions on the newest row of an alert, in SQL: of the columns `state`, `since`, `resolved_at`, `changed_at`. */
export interface AlertConditions {
  readonly having?: string;
  /** On what never changes: `watch`, `lane`, `id`. */
  readonly where?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Newest first; by default 1,000. */
  readonly limit?: number;
}

/** The newest first. */
export async function readAlerts(
  reader: Reader,
  { having = 'true', where = 'true', parameters = {}, limit = 1_000 }: AlertConditions = {},
): Promise<Alert[]> {
  const rows = await reader.query<{ newest: string }>(
    bounded(`
    SELECT argMax(a.alert, ${place}) AS newest, any(a.since) AS began
    FROM alerts AS a
    WHERE id IN (
      SELECT id FROM (
        SELECT id, argMax(b.state, ${place}) AS state, any(b.since) AS since,
          argMax(tuple(b.resolved_at), ${place}).1 AS resolved_at,
          max(b.changed_at) AS changed_at
        FROM alerts AS b
        WHERE ${where}
        GROUP BY id
      )
      WHERE ${having}
      ORDER BY since DESC, id LIMIT {most:UInt32})
    GROUP BY id
    ORDER BY began DESC, id`),
    { ...parameters, most: limit },
  );
  return rows.map(({ newest }) => JSON.parse(newest) as Alert);
}

/** Those that are not over. @param watch undefined: of all */
export function readOpenAlerts(reader: Reader, limit = 10_000): Promise<Alert[]> {
  return readAlerts(reader, { having: `state != 'resolved'`, limit });
}

export async function readAlert(reader: Reader, id: string): Promise<Alert | undefined> {
  const found = await readAlerts(reader, { where: 'id = {id:String}', parameters: { id } });
  return found[0];
}

export interface AlertChange {
  readonly at: number;
  readonly actor: string;
  readonly sentence: string;
  readonly reason: string;
}

/** What became of an alert, the oldest first. */
export function readAlertHistory(reader: Reader, id: string): Promise<AlertChange[]> {
  return reader.query<AlertChange>(
    bounded(`
    SELECT toUnixTimestamp64Milli(a.changed_at) AS at, actor, sentence, reason
    FROM alerts AS a FINAL
    WHERE id = {id:String} AND sentence != ''
    ORDER BY revision, ${place}
    LIMIT 1000`),
    { id },
  );
}

/** What people have done to alerts since a time by the clock, the oldest first. */
export async function readActs(
  reader: Reader,
  since: number,
): Promise<{ readonly alert: Alert; readonly actor: string }[]> {
  const rows = await reader.query<{ alert: string; actor: string }>(
    bounded(`
    SELECT alert, actor FROM alerts
    WHERE changed_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC') AND actor != '${engineActor}'
    ORDER BY changed_at, id, revision
    LIMIT 10000`),
    { since: Math.max(0, Math.floor(since)) },
  );
  return rows.map(({ alert, actor }) => ({ alert: JSON.parse(alert) as Alert, actor }));
}
