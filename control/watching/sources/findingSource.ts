/** What the data plane has found, as readings: the windows that are complete, a key each. */
import type { JudgedReading } from '../../../contracts/alert.ts';
import type { Watch, WatchSource } from '../../../contracts/watch.ts';
import { bounded, type Reader } from '../../statement.ts';
import type { Reading } from '../judged.ts';
import { type Frontier, keysMaxDefault, pastMs, type Round, type Source } from './source.ts';

type FindingOf = Extract<WatchSource, { kind: 'finding' }>;

export interface FindingRow {
  readonly key: string[];
  readonly start: number;
  readonly end: number;
  readonly score: number | null;
  readonly pValue: number | null;
}

/** Rows of one answer. */
const rowsMax = 20_000;

/** Without a finding for so long this is told, ms. */
const quietMs = 60_000;

/** The newest version of a finding; those of several partitions are findings of their own keys. */
const found = bounded(`
  SELECT key, toUnixTimestamp64Milli(f.window_start) AS start, toUnixTimestamp64Milli(f.window_end) AS end,
    argMax(f.score, f.version) AS score, argMax(f.p_value, f.version) AS pValue
  FROM findings AS f
  WHERE pipeline = {pipeline:String} AND name = {name:String}
    AND f.window_end > fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND f.window_end <= fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  GROUP BY key, f.window_start, f.window_end
  ORDER BY end, start, key
  LIMIT ${rowsMax}`);

/** @param judgement a probability reads the probability, anything else the score */
export function createFindingSource(
  reader: Reader,
  source: FindingOf,
  judgement: Watch['judgement'],
  { keysMax = keysMaxDefault }: { readonly keysMax?: number } = {},
): Source {
  let remark: string | null = null;
  const isProbability = judgement.kind === 'probability';

  function roundOf(end: number, rows: readonly FindingRow[]): Round {
    if (rows.length > keysMax) {
      remark = `At one moment there were ${rows.length.toLocaleString('en')} keys: of those only ${keysMax.toLocaleString('en')} are judged.`;
    }
    const taken = newestOfKeys(rows).slice(0, keysMax);
    const readings = taken.map(
      ({ key, start, score, pValue }): Reading => ({
        ...{ key, start, end, count: 1 },
        value: isProbability ? pValue : score,
      }),
    );
    const known = taken.map(({ score, pValue }): Partial<JudgedReading> => ({ score, pValue }));
    return { end, readings, known };
  }

  async function* between(from: number, to: number): AsyncIterable<Round> {
    for (let after = from; after < to; ) {
      const rows = await reader.query<FindingRow>(found, {
        ...{ pipeline: source.pipeline, name: source.name },
        ...{ from: Math.max(0, Math.floor(after)), to: Math.floor(to) },
      });
      const last = rows.at(-1)?.end;
      if (last === undefined) return;
      // The last end may be cut, unless it is alone.
      const isCut = rows.length === rowsMax && rows[0]!.end < last;
      for (let i = 0; i < rows.length; ) {
        const { end } = rows[i]!;
        let j = i;
        while (rows[j]?.end === end) j += 1;
        if (isCut && end === last) break;
        yield roundOf(end, rows.slice(i, j));
        after = end;
        i = j;
      }
      if (rows.length < rowsMax) return;
    }
  }

  const until = ({ completeTo, newest, now }: Frontier) =>
    newest === null ? now - 60_000 : completeTo;

  return {
    get remark() {
      return remark;
    },
    past(cursor, frontier) {
      const to = cursor ?? until(frontier);
      return between(to - pastMs, to);
    },
    async *rounds(cursor, frontier) {
      const to = until(frontier);
      let last = cursor;
      for await (const round of between(cursor, to)) {
        last = round.end;
        yield round;
      }
      // That nothing was found is told as well: what was found before may be over.
      if (to - last >= quietMs && Number.isFinite(to)) yield { end: to, readings: [], known: [] };
    },
  };
}

/** A key reads once a round: windows of it that end together are told by the longest, which begins first. */
function newestOfKeys(rows: readonly FindingRow[]): FindingRow[] {
  const byKey = new Map<string, FindingRow>();
  for (const row of rows) {
    const name = JSON.stringify(row.key);
    if (!byKey.has(name)) byKey.set(name, row);
  }
  return [...byKey.values()];
}
