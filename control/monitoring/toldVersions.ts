/** Days of versions of models, and the times of each that are told, by who was predicted. */
import { readClosedTo } from '../privacy/closedTo.ts';
import type { Telling } from '../privacy/telling.ts';
import { type DayCells, dayCells, type ToldDay, toldDay } from '../privacy/toldTimes.ts';
import { bounded, type Reader } from '../statement.ts';

/** Which rows of `model_quality` are asked for: parameters that are '' select all. */
export const selectedVersions =
  "({model:String} = '' OR model = {model:String})" +
  " AND ({version:String} = '' OR model_version = {version:String})" +
  " AND ({pipeline:String} = '' OR pipeline = {pipeline:String})";

interface ModelDay extends DayCells {
  readonly pipeline: string;
  readonly model: string;
  readonly model_version: string;
  readonly windowMs: number;
}

/** Windows of one version have one length. */
const cells = bounded(
  dayCells(
    `(SELECT *, window_ms AS windowMs FROM model_quality FINAL WHERE ${selectedVersions} AND count > 0) AS q`,
    ['pipeline', 'model', 'model_version', 'windowMs'],
  ),
);

function nameOfDay({ pipeline, model, model_version }: ModelDay, day: number | ''): string {
  return [pipeline, model, model_version, day].join('\n');
}

/** By pipeline, model, version and an empty line, joined by line feeds. */
export async function readDaysOfVersions(
  reader: Reader,
  filter: { model: string; version: string; pipeline: string },
  telling: Telling,
): Promise<Map<string, ToldDay[]>> {
  const rows = await reader.query<ModelDay>(cells, { ...filter, least: telling.least });
  const pipelines = [...new Set(rows.map(({ pipeline }) => pipeline))];
  const closed = new Map(
    await Promise.all(
      pipelines.map(
        async (pipeline) =>
          [pipeline, await readClosedTo(reader, 'model_quality', pipeline, telling)] as const,
      ),
    ),
  );
  const days = new Map<string, ToldDay[]>();
  for (const row of rows) {
    const name = nameOfDay(row, '');
    const told = toldDay(row, row.windowMs, closed.get(row.pipeline)!, telling.least);
    days.set(name, [...(days.get(name) ?? []), told]);
  }
  return days;
}

/** Days of one version, as far as they are told. */
export async function readToldDays(
  reader: Reader,
  of: { readonly model: string; readonly version: string; readonly pipeline: string },
  telling: Telling,
): Promise<readonly ToldDay[]> {
  return [...(await readDaysOfVersions(reader, of, telling)).values()].flat();
}
