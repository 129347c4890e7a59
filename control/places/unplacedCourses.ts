/** Courses of the archived events that the registry has not. */
import type { PlacesAnswer } from '../../contracts/placeApi.ts';
import { bounded, type Reader } from '../statement.ts';

const spanMs = 30 * 86_400_000;
/** What is told at most, and among how many it is looked for. */
const toldMax = 1_000;
const readMax = 15_000;

const statement = bounded(`
  SELECT JSONExtractString(raw, 'context', 'course') AS course, toUInt64(count()) AS events,
    toUnixTimestamp64Milli(max(e.time)) AS lastSeen
  FROM events AS e
  WHERE e.time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND position(raw, '"course"') > 0
  GROUP BY course
  HAVING course != ''
  ORDER BY events DESC, course
  LIMIT ${readMax}`);

/** The most frequent first. @throws EngineError SINK_UNAVAILABLE */
export async function readUnplacedCourses(
  reader: Reader,
  isPlaced: (course: string) => boolean,
  now: number,
): Promise<PlacesAnswer['unplaced']> {
  // To the minute: equal statements of many who ask are one.
  const from = Math.max(0, Math.floor((now - spanMs) / 60_000) * 60_000);
  const rows = await reader.query<PlacesAnswer['unplaced'][number]>(statement, { from });
  return rows
    .filter(({ course }) => !isPlaced(course))
    .slice(0, toldMax)
    .map(({ course, events, lastSeen }) => ({
      course,
      events: Number(events),
      lastSeen: Number(lastSeen),
    }));
}
