/** Courses that the registry has not: segments of the metrics that are divided by course. */
import { courseMetrics } from '../../contracts/place.ts';
import type { PlacesAnswer } from '../../contracts/placeApi.ts';
import { bounded, type Reader } from '../statement.ts';

const spanMs = 30 * 86_400_000;
/** What is told at most, and among how many it is looked for. */
const toldMax = 1_000;
const readMax = 15_000;
/** Segments that are no course: the sum of all, and those without a room of their own. */
const noCourses = ['', '(others)'];

const statement = bounded(`
  SELECT course, max(counted) AS events, max(last) AS lastSeen
  FROM (
    SELECT segment AS course, toUInt64(sum(m.count)) AS counted,
      toUnixTimestamp64Milli(max(window_start)) + max(window_ms) - 1 AS last
    FROM metrics AS m FINAL
    WHERE arrayExists((p, n) -> p = pipeline AND n = metric, {pipelines:Array(String)}, {names:Array(String)})
      AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND NOT has({noCourses:Array(String)}, segment)
    GROUP BY pipeline, metric, segment
  )
  GROUP BY course
  ORDER BY events DESC, course
  LIMIT ${readMax}`);

/**
 * The most frequent first; `events` as that metric counts them which has most of the course.
 *
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function readUnplacedCourses(
  reader: Reader,
  isPlaced: (course: string) => boolean,
  now: number,
): Promise<PlacesAnswer['unplaced']> {
  // To the minute: equal statements of many who ask are one.
  const from = Math.max(0, Math.floor((now - spanMs) / 60_000) * 60_000);
  const metrics = Object.entries(courseMetrics).flatMap(([pipeline, names]) =>
    names.map((name) => ({ pipeline, name })),
  );
  const rows = await reader.query<PlacesAnswer['unplaced'][number]>(statement, {
    ...{ from, noCourses },
    pipelines: metrics.map(({ pipeline }) => pipeline),
    names: metrics.map(({ name }) => name),
  });
  return rows
    .filter(({ course }) => !isPlaced(course))
    .slice(0, toldMax)
    .map(({ course, events, lastSeen }) => ({
      course,
      events: Number(events),
      lastSeen: Number(lastSeen),
    }));
}
