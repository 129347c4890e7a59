/** How the watches are: by what the process that judges them has stored, and where that is this process, by what it knows. */
import type { AlertState } from '../../contracts/alert.ts';
import type { WatchStanding } from '../../contracts/watchApi.ts';
import { bounded, type Reader } from '../statement.ts';
import { engineActor } from './alertRows.ts';
import { readJudgedTo } from './readingRows.ts';
import type { WatchBoard } from './watchBoard.ts';
import type { WatchDefinitions } from './watchDefinitions.ts';

const weekMs = 7 * 24 * 3_600_000;
/** The worst first. */
const order: readonly AlertState[] = ['firing', 'error', 'no-data', 'pending'];

interface AlertCounts {
  readonly watch: string;
  /** Of those that are open. */
  readonly states: readonly AlertState[];
  readonly firedWeek: number;
  readonly falseWeek: number;
  /** Of the newest that says that it cannot be judged; '': none does. */
  readonly problem: string;
}

const place = `tuple(revision, actor != '${engineActor}', actor)`;

const counts = bounded(`
  SELECT watch, groupUniqArrayIf(state, state != 'resolved') AS states,
    countIf(fired >= {from:Float64}) AS firedWeek,
    countIf(fired >= {from:Float64} AND ending = 'false alarm') AS falseWeek,
    maxIf(headline, state = 'error') AS problem
  FROM (
    SELECT id, any(a.watch) AS watch, argMax(a.state, ${place}) AS state,
      argMax(JSONExtractString(a.alert, 'ending'), ${place}) AS ending,
      argMax(JSONExtractString(a.alert, 'headline'), ${place}) AS headline,
      max(JSONExtractFloat(a.alert, 'firedAt')) AS fired
    FROM alerts AS a
    WHERE id IN (
      SELECT id FROM alerts AS b
      GROUP BY id
      HAVING argMax(b.state, ${place}) != 'resolved'
        OR max(b.since) >= fromUnixTimestamp64Milli({since:Int64}, 'UTC'))
    GROUP BY id
  )
  GROUP BY watch
  LIMIT 2000`);

/** @throws EngineError SINK_UNAVAILABLE */
export async function readStandings(
  reader: Reader,
  definitions: WatchDefinitions,
  board: WatchBoard,
): Promise<WatchStanding[]> {
  const judged = new Map((await readJudgedTo(reader)).map((row) => [row.watch, row]));
  // The last week of event time: a replay may lie years back.
  const newest = Math.max(0, ...[...judged.values()].map(({ judgedTo }) => judgedTo));
  const rows = await reader.query<AlertCounts>(counts, {
    ...{ from: newest - weekMs, since: Math.max(0, Math.floor(newest - 2 * weekMs)) },
  });
  const alerts = new Map(rows.map((row) => [row.watch, row]));
  return definitions.watches.all().map((watch): WatchStanding => {
    const { key, isActive } = watch.definition;
    const own = board.get(key);
    const stored = judged.get(key);
    const { states = [], firedWeek = 0, falseWeek = 0, problem = '' } = alerts.get(key) ?? {};
    const worst = order.find((state) => states.includes(state)) as
      | WatchStanding['state']
      | undefined;
    const judgedTo = own?.judgedTo ?? stored?.judgedTo ?? null;
    return {
      ...{ watch, judgedTo, firedWeek, falseWeek },
      keys: own?.keys ?? stored?.keys ?? 0,
      problem: own?.problem ?? (problem === '' ? null : problem),
      state: isActive ? (worst ?? (judgedTo === null ? 'starting' : 'ok')) : 'off',
    };
  });
}
