/** The values of slices by day, whatever version predicted, and how many users each has. */
import { bounded, type Reader } from '../../statement.ts';
import type { FactMoment } from '../factSources.ts';
import { completeDays, dayMs, daysMax } from './completeDays.ts';
import type { SliceDay, SliceFacts } from './modelFacts.ts';

interface SliceRow {
  pipeline: string;
  slice: string;
  model: string;
  value: string;
  day: number;
  count: number;
  logLoss: number;
  bias: number;
}

/** Most values of all slices of a model that are looked at: those with most rows. */
const valuesMax = 200;

/** Means of partitions and versions, weighted by their rows, are exact. */
const slices = bounded(`
  SELECT s.pipeline AS pipeline, extract(s.name, '_slices_(.+)$') AS slice, s.key[1] AS model,
    s.key[3] AS value, toUnixTimestamp64Milli(s.window_start) AS day,
    sum(s.figures['count']) AS count,
    sum(s.figures['count'] * s.figures['logLoss']) / count AS logLoss,
    sum(s.figures['count'] * s.figures['bias']) / count AS bias
  FROM (
    SELECT pipeline, name, key, window_start, figures FROM statistics FINAL
    WHERE statistic = 'prediction-losses' AND window_ms = ${dayMs} AND length(key) = 3
      AND match(name, '._slices_.')
      AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  ) AS s
  WHERE s.figures['count'] > 0
  GROUP BY pipeline, slice, model, value, day
  ORDER BY count DESC
  LIMIT 20000`);

const users = bounded(`
  SELECT pipeline, model, pair.1 AS column, pair.2 AS value, toUInt64(uniqCombined(17)(user)) AS users
  FROM (
    SELECT pipeline, model, user, arrayJoin(arrayZip(mapKeys(slices), mapValues(slices))) AS pair
    FROM examples
    WHERE time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  )
  GROUP BY pipeline, model, column, value
  ORDER BY users DESC
  LIMIT 20000`);

/** @returns the slices of a model, those with most rows first */
export async function readSlices(
  reader: Reader,
  moment: FactMoment,
): Promise<(pipeline: string, model: string) => SliceFacts[]> {
  const rows = await reader.query<SliceRow>(slices, { ...completeDays(moment, daysMax) });
  const counted = await reader.query<{
    pipeline: string;
    model: string;
    column: string;
    value: string;
    users: number;
  }>(users, { ...completeDays(moment, 2) });
  const usersOf = new Map(
    counted.map((each) => [
      keyOf(each.pipeline, each.model, nameOf(each.column), each.value),
      each.users,
    ]),
  );
  return (pipeline, model) => {
    const found = new Map<string, { slice: string; value: string; days: SliceDay[] }>();
    for (const row of rows) {
      if (row.pipeline !== pipeline || row.model !== model || row.value === '') continue;
      const { slice, value, day, count, logLoss, bias } = row;
      const key = keyOf(pipeline, model, slice, value);
      const held = found.get(key) ?? { slice, value, days: [] };
      held.days.push({ day, count, logLoss, bias });
      found.set(key, held);
    }
    const all = [...found].map(([key, { slice, value, days }]) => ({
      ...{ slice: slice.replaceAll('_', ' '), value },
      days: days.sort((a, b) => a.day - b.day),
      users: usersOf.get(key) ?? null,
    }));
    const rowsOf = ({ days }: SliceFacts) => days.reduce((sum, { count }) => sum + count, 0);
    return all.sort((a, b) => rowsOf(b) - rowsOf(a)).slice(0, valuesMax);
  };
}

function keyOf(pipeline: string, model: string, slice: string, value: string): string {
  return JSON.stringify([pipeline, model, slice, value]);
}

/** `context.course` is `course`, as behind the name of a monitor. */
function nameOf(column: string): string {
  return column.replace(/^context\./, '').replaceAll('.', '_');
}
