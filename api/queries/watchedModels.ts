/**
 * Lists the models that monitors watch, each with what is kept of all time: how well it did, and what became of its labels. Who may see
 * figures of groups alone is told how well it did in windows that cannot change any more, each of enough people.
 */
import {
  type WatchedModelSummary,
  type WatchedModelsAnswer,
  watchedModelsMax,
} from '../../contracts/performanceApi.ts';
import { finiteFigures } from '../../control/monitoring/modelPerformance.ts';
import { keptOf, overWindows } from '../../control/monitoring/watchedModel.ts';
import { readClosedTo } from '../../control/privacy/closedTo.ts';
import { isHeld, type Telling } from '../../control/privacy/telling.ts';
import { toldStates } from '../../control/privacy/toldStates.ts';
import { bounded, type Reader } from '../../control/statement.ts';
import { readableStatistic, statisticNamed } from '../../control/statisticNamed.ts';

/** Of what stands behind the name of a monitor, and of which statistics it is. */
const partStatistics: Readonly<Record<string, readonly string[]>> = {
  quality_total: ['prediction-quality', 'regression-quality'],
  quality: ['prediction-quality', 'regression-quality'],
  expected: ['estimated-performance'],
  labels: ['label-outcomes'],
};

interface HeadRow {
  pipeline: string;
  name: string;
  statistic: string;
  stateVersion: number;
  parameters: string;
  model: string;
  version: string;
  receivedAt: number;
}

/** A key of one value is that of the models that came when there were too many. */
const heads = bounded(`
  SELECT pipeline, name, statistic, state_version AS stateVersion, parameters,
    key[1] AS model, key[2] AS version, toUnixTimestamp64Milli(max(received_at)) AS receivedAt
  FROM statistics
  WHERE length(key) = 2 AND match(name, '._(expected|quality|quality_total|labels)$')
  GROUP BY pipeline, name, statistic, stateVersion, parameters, model, version
  ORDER BY receivedAt DESC, pipeline, name, model
  LIMIT 10000`);

const states = bounded(`
  SELECT pipeline, name, key, toUnixTimestamp64Milli(window_start) AS start, partition, taken,
    refused, parameters, state_version AS stateVersion, base64Encode(state) AS state, people, users,
    window_ms AS windowMs
  FROM statistics FINAL
  WHERE pipeline IN {pipelines:Array(String)} AND name IN {names:Array(String)}
    AND ({held:UInt8} OR window_ms = 0) AND length(key) = 2 AND key[2] IN {versions:Array(String)}
  LIMIT 20000`);

interface StateRow extends Omit<HeadRow, 'model' | 'version' | 'statistic' | 'receivedAt'> {
  key: string[];
  start: number;
  partition: number;
  taken: number;
  refused: number;
  state: string;
  people: number;
  users: number[];
  windowMs: number;
}

interface Part {
  readonly monitor: string;
  readonly part: string;
  readonly row: HeadRow;
}

/** undefined when it is not one of a monitor, or not one that this version of the engine can read. */
function partOf(row: HeadRow): Part | undefined {
  const [, monitor, part] = /^(.+?)_(expected|quality_total|quality|labels)$/.exec(row.name) ?? [];
  if (monitor === undefined || part === undefined) return undefined;
  const isOfMonitor = partStatistics[part]!.includes(row.statistic);
  return isOfMonitor && readableStatistic(row) !== undefined ? { monitor, part, row } : undefined;
}

type Parts = ReadonlyMap<string, Part>;

/** Of each model the parts of the monitor and version that were heard of last; those without a quality had no label yet. */
function newestByModel(rows: readonly HeadRow[]): Parts[] {
  const models = new Map<string, Map<string, Part>>();
  for (const each of rows.map(partOf)) {
    if (each === undefined) continue;
    const key = JSON.stringify([each.row.pipeline, each.row.model]);
    const parts = models.get(key) ?? new Map<string, Part>();
    models.set(key, parts);
    const [newest = each] = parts.values();
    const isSame = newest.monitor === each.monitor && newest.row.version === each.row.version;
    if (isSame && !parts.has(each.part)) parts.set(each.part, each);
  }
  return [...models.values()];
}

/** Figures of models with too few people are withheld. */
export async function readWatchedModels(
  reader: Reader,
  telling: Telling,
): Promise<WatchedModelsAnswer> {
  const held = isHeld(telling);
  const found = newestByModel(await reader.query<HeadRow>(heads));
  const models = found.slice(0, watchedModelsMax);
  const parts = models.flatMap((each) => [...each.values()].map(({ row }) => row));
  const distinct = (pick: (row: HeadRow) => string) => [...new Set(parts.map(pick))];
  const stored =
    parts.length === 0
      ? []
      : await reader.query<StateRow>(states, {
          pipelines: distinct(({ pipeline }) => pipeline),
          names: distinct(({ name }) => name),
          versions: distinct(({ version }) => version),
          held: held ? 1 : 0,
        });
  const pipelines = distinct(({ pipeline }) => pipeline);
  const closedTo = new Map(
    await Promise.all(
      pipelines.map(async (pipeline) => {
        const names = parts.filter((row) => row.pipeline === pipeline).map(({ name }) => name);
        return [
          pipeline,
          await readClosedTo(reader, 'statistics', pipeline, telling, names),
        ] as const;
      }),
    ),
  );
  const usable = held
    ? stored.filter(
        ({ pipeline, windowMs, start }) =>
          windowMs > 0 && start + windowMs <= (closedTo.get(pipeline) ?? 0),
      )
    : stored.filter(({ windowMs }) => windowMs === 0);
  return {
    models: models.map((each) => summaryOf(each, usable, telling)),
    more: found.length > models.length,
  };
}

function summaryOf(
  parts: Parts,
  stored: readonly StateRow[],
  telling: Telling,
): WatchedModelSummary {
  const { least } = telling;
  const [newest] = parts.values();
  const { pipeline, model, version, receivedAt } = newest!.row;
  const quality = parts.get(isHeld(telling) ? 'quality' : 'quality_total');
  const figures = figuresOf(quality, stored, least) ?? {};
  return {
    ...{ pipeline, model, version, monitor: newest!.monitor, receivedAt },
    // What numbers have is a quality, once there are labels, and no expectation.
    kind:
      quality?.row.statistic === 'regression-quality' ||
      (quality === undefined && !parts.has('expected'))
        ? 'number'
        : 'probability',
    total: { count: figures['count'] ?? 0, figures },
    labels: figuresOf(parts.get('labels'), stored, least) ?? null,
  };
}

function figuresOf(
  part: Part | undefined,
  stored: readonly StateRow[],
  least: number,
): Record<string, number | null> | undefined {
  if (part === undefined) return undefined;
  const { pipeline, name, model, version, statistic, parameters, stateVersion } = part.row;
  const rows = stored.filter(
    (row) =>
      row.pipeline === pipeline &&
      row.name === name &&
      row.parameters === parameters &&
      row.stateVersion === stateVersion &&
      row.key[0] === model &&
      row.key[1] === version,
  );
  const chosen = JSON.parse(parameters) as Record<string, unknown>;
  const { fold, states } = keptOf(
    statisticNamed(statistic)!,
    chosen,
    toldStates(rows, least, () => true).told.map((row) => ({
      ...row,
      state: Buffer.from(row.state, 'base64'),
    })),
  );
  const state = overWindows({ statistic: statisticNamed(statistic)!, fold, states }).get('');
  return state === undefined ? undefined : finiteFigures(fold.read(state));
}
