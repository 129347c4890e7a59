/**
 * Up to when nothing changes any more: the watermark of the slowest partition that is at work.
 *
 * A partition whose watermark is more than an hour behind the others, and that has nothing to catch up with, is silent: it is not
 * waited for. Should it take an event of that time afterwards, cells that were told change by that event.
 */
import { readBehind } from '../behindPartitions.ts';
import { bounded, type Reader } from '../statement.ts';
import { isHeld, type Telling } from './telling.ts';

/** Tables whose rows carry the watermark under which they were written; the rows of one commit are seen together. */
export type WatermarkedTable = 'metrics' | 'model_quality' | 'statistics';

const silentMs = 3_600_000;
const dayMs = 86_400_000;

const watermarks = (table: WatermarkedTable) =>
  bounded(`
  SELECT partition, toUnixTimestamp64Milli(max(watermark)) AS watermark
  FROM ${table}
  WHERE pipeline = {pipeline:String}
    ${table === 'statistics' ? 'AND name IN {names:Array(String)}' : ''}
  GROUP BY partition
  LIMIT 10000`);

/**
 * @param telling where nothing is withheld, or need be final, nothing is waited for: then it is Infinity
 * @param names of statistics, whose windows may stay open for longer than others
 * @returns ms since 1970; 0 while nothing is known
 */
export async function readClosedTo(
  reader: Reader,
  table: WatermarkedTable,
  pipeline: string,
  telling: Telling,
  names: readonly string[] = [],
): Promise<number> {
  return isHeld(telling) ? readOverTo(reader, table, pipeline, telling.now, names) : Infinity;
}

export interface TimesOver {
  /** Cells that end by then are told, as {@link readClosedTo} has it. */
  readonly closedTo: number;
  /** Cells that end by then do not change, whoever asks. */
  readonly overTo: number;
}

export async function readTimesOver(
  reader: Reader,
  table: WatermarkedTable,
  pipeline: string,
  telling: Telling,
  names: readonly string[] = [],
): Promise<TimesOver> {
  const overTo = await readOverTo(reader, table, pipeline, telling.now, names);
  return { closedTo: isHeld(telling) ? overTo : Infinity, overTo };
}

/** By when a day must end so that none of its windows, the last of which may reach into the next day, is still open. */
export function daysOverTo({ overTo }: TimesOver, windowMs: number): number {
  return dayMs % windowMs === 0 ? overTo : overTo - windowMs;
}

async function readOverTo(
  reader: Reader,
  table: WatermarkedTable,
  pipeline: string,
  now: number,
  names: readonly string[],
): Promise<number> {
  const [known, behind] = await Promise.all([
    reader.query<{ partition: number; watermark: number }>(watermarks(table), { pipeline, names }),
    readBehind(reader, pipeline, now),
  ]);
  const newest = Math.max(0, ...known.map(({ watermark }) => watermark));
  const slow = new Set(behind);
  const waited = known.filter(
    ({ partition, watermark }) => slow.has(partition) || watermark >= newest - silentMs,
  );
  const isUnknown = behind.some((each) => known.every(({ partition }) => partition !== each));
  return isUnknown ? 0 : Math.min(newest, ...waited.map(({ watermark }) => watermark));
}
