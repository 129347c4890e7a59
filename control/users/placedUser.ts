/**
 * A user as far as own courses go: for whoever may not see all places. Whoever has no archived event in one of them is, to them,
 * nobody, just as who does not exist.
 *
 * What is learnt of a user as a whole (preferences, state, findings) is of all courses together and is not told.
 */
import type { Store } from '../../contracts/store.ts';
import type { UserAnswer } from '../../contracts/userApi.ts';
import { bounded, type Reader } from '../statement.ts';
import { readUserDecisions } from './userDecisions.ts';

/** What somebody may see of a user. */
export interface OwnPart {
  readonly courses: ReadonlySet<string>;
  isOwnPolicy(policy: string): boolean;
}

const course = `JSONExtractString(raw, 'context', 'course')`;
const coursesMax = 200;

/** @returns undefined: nothing of them may be seen. @throws EngineError SINK_UNAVAILABLE */
async function ownCourses(
  reader: Reader,
  user: string,
  courses: ReadonlySet<string>,
): Promise<string[] | undefined> {
  // All of theirs, and those that are own told apart here: it takes as long whether or not there are any.
  const rows = await reader.query<{ course: string }>(
    bounded(`SELECT DISTINCT ${course} AS course FROM events WHERE user = {user:String}`),
    { user },
  );
  const own = rows.map((row) => row.course).filter((each) => each !== '' && courses.has(each));
  return own.length === 0 ? undefined : own.sort().slice(0, coursesMax);
}

/** @returns undefined when nothing of them may be seen. @throws EngineError SINK_UNAVAILABLE */
export async function readPlacedUser(
  store: Store,
  user: string,
  { courses, isOwnPolicy }: OwnPart,
): Promise<UserAnswer | undefined> {
  const [own, decisions] = await Promise.all([
    ownCourses(store, user, courses),
    readUserDecisions(store, user),
  ]);
  if (own === undefined) return undefined;
  return {
    user,
    preferences: [],
    decisions: decisions.filter(({ policy }) => isOwnPolicy(policy)),
  };
}

/** Rows of one statement. */
const rowsAtOnce = 5_000;

/**
 * Their events in own courses, as JSON objects `{ "table": …, "row": … }`, a line each.
 *
 * @returns undefined when nothing of them may be seen. @throws EngineError SINK_UNAVAILABLE
 */
export async function exportPlacedUser(
  store: Store,
  user: string,
  { courses }: Pick<OwnPart, 'courses'>,
): Promise<AsyncGenerator<string> | undefined> {
  const own = await ownCourses(store, user, courses);
  return own && linesOf(store, user, own);
}

async function* linesOf(
  store: Store,
  user: string,
  own: readonly string[],
): AsyncGenerator<string> {
  for (const table of ['events', 'late_events']) {
    for (let from = 0; ; from += rowsAtOnce) {
      const rows = await store.query<Record<string, unknown>>(
        `SELECT * FROM ${table} FINAL WHERE user = {user:String} AND ${course} IN {own:Array(String)}
         ORDER BY pipeline, partition, offset LIMIT {from:UInt64}, ${rowsAtOnce}`,
        { user, own, from },
      );
      for (const row of rows) yield `${JSON.stringify({ table, row })}\n`;
      if (rows.length < rowsAtOnce) break;
    }
  }
}
