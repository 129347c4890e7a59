/** What the rules look at of a column that drift is looked for in: its quality by day, how far it is from its reference, and what broke. */
import { columnDrift, columnName, driftTails } from '../../drift/columnDrift.ts';
import type { ProfiledColumn } from '../../drift/profiledColumn.ts';
import { readColumns, readFrame } from '../../drift/readDrift.ts';
import { readingAll } from '../../privacy/reading.ts';
import { bounded } from '../../statement.ts';
import type { FactMoment, FactSources } from '../factSources.ts';
import { completeDays, dayMs, daysMax } from './completeDays.ts';
import { oncePerDay } from './oncePerDay.ts';
import { type PipelineDay, readPipelineDays } from './pipelineDays.ts';

/** A complete day of a column. */
export interface QualityDay {
  /** Its start, event time, ms. */
  readonly day: number;
  readonly rows: number;
  /** Rows without a usable value: missing, or not finite. */
  readonly missing: number;
  /** Values outside the declared range; 0 of texts. */
  readonly outside: number;
}

/** How far a day is from the reference days. */
export interface DistanceDay {
  readonly day: number;
  /** PSI, what it is by chance, and the limit beyond which it has drifted. */
  readonly distance: number;
  readonly noise: number;
  readonly limit: number | null;
  /** Of a day as far when nothing has drifted. */
  readonly pValue: number | null;
}

export interface BreakFacts {
  readonly day: number;
  /** One of `qualityBreakKinds`. */
  readonly kind: string;
  readonly before: number | null;
  readonly after: number | null;
  /** "device is missing in 12 % of rows; it was 1.1 %." */
  readonly sentence: string;
}

export interface ColumnFacts {
  /** `context_skill`. */
  readonly key: string;
  /** As people call it: `skill`. */
  readonly name: string;
  readonly pipeline: string;
  readonly role: 'label' | 'input';
  readonly kind: 'number' | 'text';
  /** Whether the model reads it; null where that is not known. */
  readonly isRead: boolean | null;
  /** Mean size of what it contributes to a prediction; null where that is not measured. */
  readonly importance: number | null;
  /** The newest model of the pipeline. */
  readonly model: string | null;
  /** Ascending. */
  readonly quality: readonly QualityDay[];
  /** Ascending, behind the reference. */
  readonly distances: readonly DistanceDay[];
  /** Days that it is compared with. */
  readonly reference: readonly number[];
  /** Against the reference, by day, ascending. */
  readonly breaks: readonly BreakFacts[];
  /** What its pipeline took by day. */
  readonly arrivals: readonly PipelineDay[];
}

/** Days whose distance is told. */
const judgedMax = 14;

/** Shares of each partition and the rows they are of; `figures` have them as they are stored. */
const quality = bounded(`
  SELECT s.name AS name, toUnixTimestamp64Milli(s.window_start) AS day,
    sum(s.figures['rows']) AS rows,
    sum(s.figures['rows'] * (s.figures['missing'] + s.figures['notFinite'])) AS missing,
    sum(s.figures['count'] * (s.figures['below'] + s.figures['above'])) AS outside
  FROM (
    SELECT name, window_start, figures FROM statistics FINAL
    WHERE pipeline = {pipeline:String} AND statistic IN ('number-profile', 'text-profile')
      AND window_ms = ${dayMs} AND empty(key) AND startsWith(name, 'profile_')
      AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  ) AS s
  WHERE s.figures['rows'] > 0
  GROUP BY name, day
  ORDER BY name, day
  LIMIT 20000`);

/** Of whole days, and so once a day. */
export function gatherColumns(
  sources: Pick<FactSources, 'reader'>,
  moment: FactMoment,
): Promise<ColumnFacts[]> {
  return oncePerDay(sources, moment, 'columns', () => columnsOf(sources, moment));
}

async function columnsOf(
  { reader }: Pick<FactSources, 'reader'>,
  moment: FactMoment,
): Promise<ColumnFacts[]> {
  const from = readingAll(reader, moment.now);
  const read = await readFrame(reader, { to: completeDays(moment, 1).to });
  const { pipeline, model, shown: all, reference, stored } = read.frame;
  if (pipeline === null) return [];
  const last = reference.at(-1) ?? Infinity;
  const shown = all.filter((day) => day > last).slice(-judgedMax);
  const rows = await reader.query<QualityDay & { name: string }>(quality, {
    ...{ pipeline, ...completeDays(moment, daysMax) },
  });
  const arrivals = (await readPipelineDays(reader, moment)).get(pipeline) ?? [];
  const found: ColumnFacts[] = [];
  const first = stored[0] ?? Infinity;
  for await (const profiled of readColumns(from, { ...read, frame: { ...read.frame, shown } })) {
    const { column, role, kind } = profiled;
    if (role === 'prediction') continue;
    found.push({
      ...{
        key: column,
        name: columnName(column),
        pipeline,
        role,
        kind,
        model,
        reference,
        arrivals,
      },
      isRead: role === 'input' ? (read.frame.read?.has(column) ?? null) : null,
      importance: read.frame.importance.get(column) ?? null,
      quality: rows
        .filter(({ name, day }) => name === `profile_${column}` && day >= first)
        .map(({ day, rows: count, missing, outside }) => ({ day, rows: count, missing, outside })),
      ...(await distancesOf(profiled, reference, shown)),
    });
  }
  return found;
}

async function distancesOf(
  profiled: ProfiledColumn,
  reference: readonly number[],
  shown: readonly number[],
): Promise<Pick<ColumnFacts, 'distances' | 'breaks'>> {
  const { days, breaks } = await columnDrift(profiled, reference, shown);
  const tails = driftTails(profiled, reference, shown);
  return {
    distances: days.flatMap(({ day, distance, noise, limit }, i) =>
      distance === null || noise === null
        ? []
        : [{ day, distance, noise, limit, pValue: tails[i] ?? null }],
    ),
    breaks: breaks.map(({ day, kind, before, after, sentence }) => ({
      ...{ day, kind, before, after, sentence },
    })),
  };
}
