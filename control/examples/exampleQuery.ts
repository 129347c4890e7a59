/** Which rows of `examples` a selection asks for, as a condition in SQL. */
import { EngineError } from '../../contracts/errors.ts';
import type { Store } from '../../contracts/store.ts';

/** Of a slice's value. */
export interface ExampleCondition {
  /** As it is stored: `context.course`. */
  readonly column: string;
  readonly is: '=' | '!=';
  readonly value: string;
}

export interface ExampleRange {
  /** The pipeline that predicts; `learning` by default. */
  readonly pipeline?: string;
  readonly model: string;
  readonly featureVersion: string;
  /** Half-open, ms since 1970; by default all. */
  readonly from?: number;
  readonly to?: number;
  /** All of them must hold. */
  readonly filter?: readonly ExampleCondition[];
}

export interface ExampleQuery {
  /** Behind WHERE. */
  readonly condition: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Beyond what DateTime64(3) holds nothing is stored. */
const timeMax = 253_402_300_799_999;

export function exampleQuery(range: ExampleRange): ExampleQuery {
  const {
    pipeline = 'learning',
    model,
    featureVersion,
    from = 0,
    to = timeMax,
    filter = [],
  } = range;
  const parameters: Record<string, unknown> = {
    ...{ pipeline, model, features: featureVersion },
    from: within(from),
    to: within(to),
  };
  const conditions = [
    'pipeline = {pipeline:String} AND model = {model:String} AND feature_version = {features:String}',
    "time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')",
    "time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')",
  ];
  filter.forEach(({ column, is, value }, i) => {
    parameters[`column${i}`] = column;
    parameters[`value${i}`] = value;
    conditions.push(`slices[{column${i}:String}] ${is} {value${i}:String}`);
  });
  return { condition: conditions.join('\n    AND '), parameters };
}

function within(time: number): number {
  return Math.ceil(Math.min(Math.max(time, 0), timeMax));
}

/** Columns of the slices that the newest example has, or undefined when there is no example of the model and version. */
export async function sliceColumns(
  store: Store,
  range: ExampleRange,
): Promise<string[] | undefined> {
  const { condition, parameters } = exampleQuery({ ...range, filter: [] });
  const [newest] = await store.query<{ columns: string[] }>(
    `SELECT mapKeys(slices) AS columns FROM examples WHERE ${condition} ORDER BY time DESC, partition, offset LIMIT 1`,
    parameters,
  );
  return newest?.columns;
}

/** @throws EngineError CONFIGURATION_INVALID when a condition is on none of the columns */
export function expectColumns(
  filter: readonly ExampleCondition[],
  columns: readonly string[],
): void {
  const strange = filter.find(({ column }) => !columns.includes(column));
  if (strange === undefined) return;
  const expected = columns.length === 0 ? 'none: examples have no slices' : columns.join(' or ');
  throw new EngineError(
    'CONFIGURATION_INVALID',
    `filter: expected ${expected}, got ${strange.column}`,
  );
}

/** Version of the features of the newest example of a model; undefined when there is none. */
export async function latestFeatureVersion(
  store: Store,
  model: string,
  pipeline = 'learning',
): Promise<string | undefined> {
  const [newest] = await store.query<{ version: string }>(
    `SELECT feature_version AS version FROM examples
     WHERE pipeline = {pipeline:String} AND model = {model:String} ORDER BY time DESC LIMIT 1`,
    { pipeline, model },
  );
  return newest?.version;
}
