/** What came in by day: how many events, how many of them too late, and how many were refused. */
import { bounded, type Reader } from '../../statement.ts';
import { completeDays, dayMs, daysMax } from './completeDays.ts';

export interface PipelineDay {
  /** Its start, event time, ms. */
  readonly day: number;
  readonly events: number;
  /** Events that came when the time that they tell of had been closed, by the day on which they were found late. */
  readonly late: number;
}

/** Of all pipelines, by name. */
export type PipelineDays = ReadonlyMap<string, readonly PipelineDay[]>;

const events = bounded(`
  SELECT pipeline, intDiv(toUnixTimestamp64Milli(time), ${dayMs}) * ${dayMs} AS day,
    count() AS count
  FROM events
  WHERE time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  GROUP BY pipeline, day
  ORDER BY pipeline, day
  LIMIT 5000`);

const late = bounded(`
  SELECT pipeline, intDiv(toUnixTimestamp64Milli(watermark), ${dayMs}) * ${dayMs} AS day,
    count() AS count
  FROM late_events
  WHERE watermark >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND watermark < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  GROUP BY pipeline, day
  LIMIT 5000`);

interface CountRow {
  pipeline: string;
  day: number;
  count: number;
}

export async function readPipelineDays(
  reader: Reader,
  moment: { readonly eventTime: number },
): Promise<PipelineDays> {
  const range = { ...completeDays(moment, daysMax) };
  const [taken, overdue] = await Promise.all([
    reader.query<CountRow>(events, range),
    reader.query<CountRow>(late, range),
  ]);
  const lateOf = new Map(overdue.map(({ pipeline, day, count }) => [`${pipeline}\n${day}`, count]));
  const found = new Map<string, PipelineDay[]>();
  for (const { pipeline, day, count } of taken) {
    const days = found.get(pipeline) ?? [];
    days.push({ day, events: count, late: lateOf.get(`${pipeline}\n${day}`) ?? 0 });
    found.set(pipeline, days);
  }
  // The first day of all may have begun in its middle.
  return new Map([...found].map(([pipeline, days]) => [pipeline, days.slice(1)]));
}
