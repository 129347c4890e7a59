/** Reads what a promise is about, block by block, from the tables that the data plane writes. */
import type { Measure } from '../../../contracts/insight.ts';
import { type QualitySums, qualityOf } from '../../modelQuality.ts';
import { keptOf } from '../../monitoring/watchedModel.ts';
import { bounded, type Reader } from '../../statement.ts';
import { readableStatistic } from '../../statisticNamed.ts';
import type { StoredStatistic } from '../../statisticReadings.ts';
import { type Block, type BlockPlan, spanOf } from './blocks.ts';

export type Measured = Exclude<Measure, { readonly kind: 'standing' }>;

/** What is measured, in words: part of a sentence. */
export function measureName(measure: Measured): string {
  switch (measure.kind) {
    case 'metric':
      return measure.segment === null ? measure.metric : `${measure.metric} of ${measure.segment}`;
    case 'model': {
      const figures = {
        ...{ logLoss: 'log loss', brier: 'Brier score', accuracy: 'accuracy' },
        calibrationError: 'calibration error',
      };
      const of = measure.slice === null ? measure.model : `${measure.model}, ${measure.slice},`;
      return `${figures[measure.figure]} of ${of}`;
    }
    case 'alerts':
      return `alerts of ${measure.watch} a day`;
    case 'refused':
      return 'refused events';
    case 'reward':
      return `mean reward of ${measure.policy}`;
  }
}

/**
 * @returns by index, from −blocks to blocks − 1; blocks without data are left out
 * @throws EngineError SINK_UNAVAILABLE
 */
export function readBlocks(
  reader: Reader,
  measure: Measured,
  plan: BlockPlan,
): Promise<Map<number, Block>> {
  switch (measure.kind) {
    case 'metric':
      return readMetric(reader, measure, plan);
    case 'model':
      return measure.slice === null
        ? readModel(reader, measure, plan)
        : readMonitor(reader, measure, plan);
    case 'alerts':
      return readAlertCounts(reader, measure.watch, plan);
    case 'refused':
      return readRefused(reader, measure.pipeline, plan);
    case 'reward':
      return readRewards(reader, measure.policy, plan);
  }
}

/** Index of the block of an instant. */
const blockOf = (column: string) =>
  `toInt32(floor((toUnixTimestamp64Milli(${column}) - {at:Int64}) / {block:Float64}))`;
const inSpan = (column: string) => `
  ${column} >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
  AND ${column} < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;
/** A window in which before and after are mixed counts for neither. */
const isWhole = `NOT (toUnixTimestamp64Milli(window_start) < {at:Int64}
  AND toUnixTimestamp64Milli(window_start) + window_ms > {at:Int64})`;

function parametersOf(plan: BlockPlan): Record<string, number> {
  const { from, to } = spanOf(plan);
  return {
    ...{ at: Math.floor(plan.at), block: plan.blockMs },
    ...{ from: Math.max(0, Math.floor(from)), to: Math.floor(to) },
  };
}

interface BlockRow extends Block {
  readonly block: number;
}

async function blocksOf(
  reader: Reader,
  sql: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<Map<number, Block>> {
  const rows = await reader.query<BlockRow>(
    bounded(`${sql} ORDER BY block LIMIT 2000`),
    parameters,
  );
  return new Map(rows.map(({ block, mean, count }) => [block, { mean, count }]));
}

function readMetric(
  reader: Reader,
  { pipeline, metric, segment }: Extract<Measure, { kind: 'metric' }>,
  plan: BlockPlan,
): Promise<Map<number, Block>> {
  const sql = `
    SELECT ${blockOf('window_start')} AS block, sum(m.sum) / sum(m.count) AS mean,
      toFloat64(sum(m.count)) AS count
    FROM metrics AS m FINAL
    WHERE pipeline = {pipeline:String} AND metric = {metric:String}
      AND window_ms = (SELECT min(window_ms) FROM metrics
        WHERE pipeline = {pipeline:String} AND metric = {metric:String})
      AND ({every:UInt8} OR segment = {segment:String}) AND m.count > 0
      AND ${inSpan('window_start')} AND ${isWhole}
    GROUP BY block`;
  const every = segment === null ? 1 : 0;
  return blocksOf(reader, sql, {
    ...{ ...parametersOf(plan), pipeline, metric, every, segment: segment ?? '' },
  });
}

type ModelMeasure = Extract<Measure, { kind: 'model' }>;

/** A model of the engine has its quality as sums; another has a monitor. */
async function readModel(
  reader: Reader,
  measure: ModelMeasure,
  plan: BlockPlan,
): Promise<Map<number, Block>> {
  const { pipeline, model, figure } = measure;
  const rows = await reader.query<QualitySums & { block: number }>(
    bounded(`
    SELECT ${blockOf('q.window_start')} AS block, toFloat64(sum(q.count)) AS count,
      toFloat64(sum(q.positives)) AS positives, toFloat64(sum(q.hits)) AS hits,
      sum(q.log_loss) AS logLoss, sum(q.brier) AS brier,
      sumForEach(q.positives_by_bin) AS positivesByBin,
      sumForEach(q.negatives_by_bin) AS negativesByBin,
      sumForEach(q.predicted_by_bin) AS predictedByBin
    FROM (
      SELECT * FROM model_quality FINAL
      WHERE pipeline = {pipeline:String} AND model = {model:String} AND count > 0
        AND ${inSpan('window_start')} AND ${isWhole}
    ) AS q
    GROUP BY block
    ORDER BY block
    LIMIT 2000`),
    { ...parametersOf(plan), pipeline, model },
  );
  if (rows.length === 0) return readMonitor(reader, measure, plan);
  return new Map(
    rows.map(({ block, ...sums }) => {
      return [block, { mean: qualityOf(sums)[figure] ?? NaN, count: sums.count }];
    }),
  );
}

interface StateRow extends Omit<StoredStatistic, 'state'> {
  readonly name: string;
  readonly statistic: string;
  readonly stateVersion: number;
  readonly parameters: string;
  readonly windowMs: number;
  readonly state: string;
}

/** What a monitor has kept of all versions that were served, of the whole or of one value of a slice. */
async function readMonitor(
  reader: Reader,
  { pipeline, model, figure, slice }: ModelMeasure,
  plan: BlockPlan,
): Promise<Map<number, Block>> {
  const [field = '', ...rest] = (slice ?? '').split('=');
  const ending = slice === null ? '_quality' : `_slices_${field}`;
  const rows = await reader.query<StateRow>(
    bounded(`
    SELECT name, statistic, state_version AS stateVersion, parameters, window_ms AS windowMs, key,
      toUnixTimestamp64Milli(window_start) AS start, partition, taken, refused,
      base64Encode(state) AS state
    FROM statistics FINAL
    WHERE pipeline = {pipeline:String} AND endsWith(name, {ending:String}) AND key[1] = {model:String}
      AND length(key) = {parts:UInt8} AND ({parts:UInt8} = 2 OR key[3] = {value:String})
      AND window_ms > 0 AND ${inSpan('window_start')} AND ${isWhole}
    ORDER BY start, name, partition
    LIMIT 20000`),
    {
      ...{ ...parametersOf(plan), pipeline, model, ending },
      ...{ parts: slice === null ? 2 : 3, value: rest.join('=') },
    },
  );
  const first = rows[0];
  const statistic = first && readableStatistic(first);
  if (first === undefined || statistic === undefined) return new Map();
  // Of several monitors one: their rows would be counted twice.
  const own = rows.filter(
    ({ name, parameters, stateVersion }) =>
      name === first.name && parameters === first.parameters && stateVersion === first.stateVersion,
  );
  // All windows of a block are one: so are all versions.
  const inBlocks = own.map((row) => ({
    ...{ ...row, key: [model, '', ''] },
    start: Math.floor((row.start - plan.at) / plan.blockMs),
    state: Buffer.from(row.state, 'base64'),
  }));
  const chosen = JSON.parse(first.parameters) as Record<string, unknown>;
  const { fold, states } = keptOf(statistic, chosen, inBlocks);
  return new Map(
    [...states].map(([block, bySlice]) => {
      const figures = fold.read(bySlice.get(''));
      return [block, { mean: figures[figure] ?? NaN, count: figures['count'] ?? 0 }];
    }),
  );
}

/** A block without any had none. */
async function readAlertCounts(
  reader: Reader,
  watch: string,
  plan: BlockPlan,
): Promise<Map<number, Block>> {
  const fired = await blocksOf(
    reader,
    `
    SELECT toInt32(floor((fired - {at:Int64}) / {block:Float64})) AS block,
      count() * 86400000 / {block:Float64} AS mean, toFloat64(count()) AS count
    FROM (
      SELECT max(JSONExtractFloat(a.alert, 'firedAt')) AS fired
      FROM alerts AS a
      WHERE watch = {watch:String}
      GROUP BY id
    )
    WHERE fired >= {from:Int64} AND fired < {to:Int64}
    GROUP BY block`,
    { ...parametersOf(plan), watch },
  );
  for (let block = -plan.blocks; block < plan.blocks; block += 1) {
    if (!fired.has(block)) fired.set(block, { mean: 0, count: 0 });
  }
  return fired;
}

/** By when they were committed: of what is refused the time is not known. */
function readRefused(
  reader: Reader,
  pipeline: string,
  plan: BlockPlan,
): Promise<Map<number, Block>> {
  const sql = `
    SELECT ${blockOf('committed_at')} AS block, sum(e.refused) / sum(e.events + e.refused) AS mean,
      toFloat64(sum(e.events + e.refused)) AS count
    FROM epochs AS e
    WHERE pipeline = {pipeline:String} AND ${inSpan('committed_at')}
    GROUP BY block
    HAVING count > 0`;
  return blocksOf(reader, sql, { ...parametersOf(plan), pipeline });
}

/** Of decisions whose horizon has ended. */
function readRewards(reader: Reader, policy: string, plan: BlockPlan): Promise<Map<number, Block>> {
  const sql = `
    SELECT ${blockOf('time')} AS block, avg(assumeNotNull(reward)) AS mean,
      toFloat64(count()) AS count
    FROM policy_decisions FINAL
    WHERE policy = {policy:String} AND ${inSpan('time')} AND closed AND isNotNull(reward)
    GROUP BY block`;
  return blocksOf(reader, sql, { ...parametersOf(plan), policy });
}
