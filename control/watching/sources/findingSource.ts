/**
 * What the data plane has found, as readings: a key each.
 *
 * A finding comes when its window is over and nothing can come late any more, each partition at its own time. So those of the last
 * while are looked for again, and what was judged is told from what is new by its key and start.
 */
import type { JudgedReading } from '../../../contracts/alert.ts';
import type { Watch, WatchSource } from '../../../contracts/watch.ts';
import { bounded, type Reader } from '../../statement.ts';
import type { Reading } from '../judged.ts';
import { type Frontier, keysMaxDefault, pastMs, type Round, type Source } from './source.ts';

type FindingOf = Extract<WatchSource, { kind: 'finding' }>;

export type JudgedFinding = Pick<Reading, 'key' | 'start'>;

export interface FindingSourceOptions {
  readonly keysMax?: number;
  /** How long after the end of its window a finding may come, event time, ms. */
  readonly arrivalMs?: number;
  /** Those that were judged, of windows that end after a time. */
  judgedSince(time: number): Promise<readonly JudgedFinding[]>;
}

interface FindingRow extends JudgedFinding {
  readonly end: number;
  readonly score: number | null;
  readonly pValue: number | null;
}

/** Without a finding for so long this is told, ms. */
const quietMs = 60_000;
/** Rows of one answer. */
const rowsMax = 20_000;

const found = bounded(`
  SELECT key, toUnixTimestamp64Milli(f.window_start) AS start, toUnixTimestamp64Milli(f.window_end) AS end,
    argMax(f.score, f.version) AS score, argMax(f.p_value, f.version) AS pValue
  FROM findings AS f
  WHERE pipeline = {pipeline:String} AND name = {name:String}
    AND f.window_end > fromUnixTimestamp64Milli({from:Int64}, 'UTC')
  GROUP BY key, f.window_start, f.window_end
  ORDER BY end, start, key
  LIMIT ${rowsMax}`);

/** @param judgement a probability reads the probability, anything else the score */
export function createFindingSource(
  reader: Reader,
  source: FindingOf,
  judgement: Watch['judgement'],
  { keysMax = keysMaxDefault, arrivalMs = 15 * 60_000, judgedSince }: FindingSourceOptions,
): Source {
  let remark: string | null = null;
  const isProbability = judgement.kind === 'probability';
  /** End of its window by key and start, of findings that were judged lately. */
  const seen = new Map<string, number>();

  function roundOf(end: number, rows: readonly FindingRow[]): Round {
    if (rows.length > keysMax) {
      remark = `At one moment there were ${rows.length.toLocaleString('en')} keys: of those only ${keysMax.toLocaleString('en')} are judged.`;
    }
    for (const row of rows) seen.set(nameOf(row), row.end);
    const taken = oneOfEachKey(rows).slice(0, keysMax);
    const readings = taken.map(
      ({ key, start, score, pValue }): Reading => ({
        ...{ key, start, end, count: 1 },
        value: isProbability ? pValue : score,
      }),
    );
    const known = taken.map(({ score, pValue }): Partial<JudgedReading> => ({ score, pValue }));
    return { end, readings, known };
  }

  /** Those that `isWanted`, by the ends of their windows. */
  async function* endingAfter(
    from: number,
    isWanted: (row: FindingRow) => boolean,
  ): AsyncIterable<Round> {
    for (let after = from; ; ) {
      const rows = await reader.query<FindingRow>(found, {
        ...{ pipeline: source.pipeline, name: source.name, from: Math.max(0, Math.floor(after)) },
      });
      const last = rows.at(-1)?.end;
      // The last end may be cut, unless it is alone.
      const isCut = rows.length === rowsMax && rows[0]!.end < last!;
      for (let i = 0; i < rows.length; ) {
        const { end } = rows[i]!;
        let j = i;
        while (rows[j]?.end === end) j += 1;
        if (isCut && end === last) break;
        const wanted = rows.slice(i, j).filter(isWanted);
        if (wanted.length > 0) yield roundOf(end, wanted);
        after = end;
        i = j;
      }
      if (rows.length < rowsMax) return;
    }
  }

  /** What ends behind it may not have been judged: a partition may be far behind the others. */
  const latelyOf = (cursor: number, { newest, completeTo }: Frontier) =>
    (newest === null ? cursor : Math.min(cursor, completeTo)) - 2 * arrivalMs;

  return {
    get remark() {
      return remark;
    },

    async *past(cursor, frontier) {
      if (cursor === undefined) {
        yield* endingAfter(0, () => true);
        return;
      }
      const lately = latelyOf(cursor, frontier);
      const judged = new Set((await judgedSince(lately)).map(nameOf));
      yield* endingAfter(cursor - pastMs, (row) => row.end <= lately || judged.has(nameOf(row)));
    },

    async *rounds(cursor, frontier) {
      const { completeTo, newest, now } = frontier;
      const lately = latelyOf(cursor, frontier);
      for (const [name, end] of seen) if (end <= lately - pastMs) seen.delete(name);
      yield* endingAfter(lately, (row) => !seen.has(nameOf(row)));
      // Before there is a time or a finding, time does not pass: what comes may be of years ago.
      if (newest === null && seen.size === 0) return;
      // That nothing was found is told as well: what was found before may be over.
      const quiet = (newest === null ? now : completeTo) - arrivalMs;
      if (quiet - cursor >= quietMs) yield { end: quiet, readings: [], known: [] };
    },
  };
}

function nameOf({ key, start }: JudgedFinding): string {
  return JSON.stringify([key, start]);
}

/** A key reads once a round: of windows of it that end together the longest counts, which begins first. */
function oneOfEachKey(rows: readonly FindingRow[]): FindingRow[] {
  const byKey = new Map<string, FindingRow>();
  for (const row of rows) {
    const name = JSON.stringify(row.key);
    if (!byKey.has(name)) byKey.set(name, row);
  }
  return [...byKey.values()];
}
