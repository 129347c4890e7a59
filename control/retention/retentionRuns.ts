/** What was removed by age, and when: the table `retention_runs`. */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Store } from '../../contracts/store.ts';
import type { Reader } from '../statement.ts';

export interface RetentionRun {
  readonly table: string;
  /** ms since 1970, as all times here. */
  readonly beganAt: number;
  readonly endedAt: number;
  /** What was older was removed. */
  readonly cutAt: number;
  /** Rows. */
  readonly removed: number;
}

/** @throws EngineError SINK_UNAVAILABLE */
export async function writeRun(store: Pick<Store, 'insert'>, run: RetentionRun): Promise<void> {
  const writer = new ByteWriter();
  writer.text(run.table);
  writer.int64(run.beganAt);
  writer.int64(run.endedAt);
  writer.int64(run.cutAt);
  writer.int64(run.removed);
  await store.insert('retention_runs', writer.take());
}

/** The newest of each table, by its name. @throws EngineError SINK_UNAVAILABLE */
export async function latestRuns(reader: Reader): Promise<Map<string, RetentionRun>> {
  const rows = await reader.query<RetentionRun>(
    `SELECT name AS table, toUnixTimestamp64Milli(began_at) AS beganAt, toUnixTimestamp64Milli(ended_at) AS endedAt,
       toUnixTimestamp64Milli(cut) AS cutAt, removed
     FROM retention_runs FINAL ORDER BY name, began_at DESC LIMIT 1 BY name`,
  );
  return new Map(rows.map((run) => [run.table, run]));
}
