/** The examples that runs learn from, out of the store. */
import type { Store } from '../../contracts/store.ts';
import { selectExamples } from '../examples/selectExamples.ts';
import { readObjectors } from '../objections/objectionRows.ts';
import type { KnownModel } from '../registry/modelRegistry.ts';
import type { SelectExamples } from './exampleSet.ts';

/** Of the features that the model has now; to be read as of a model that is known. */
export type KnownModels = (model: string) => KnownModel | undefined;

interface Newest {
  /** Latest time of an example, ms since 1970; 0 when there is none. */
  readonly latest: number;
}

/** Event time of the newest example. */
async function newestOf(store: Store, known: KnownModel): Promise<number> {
  const [newest] = await store.query<Newest>(
    `SELECT toUnixTimestamp64Milli(max(time)) AS latest FROM examples
     WHERE pipeline = {pipeline:String} AND model = {model:String} AND feature_version = {version:String}`,
    { pipeline: known.pipeline, model: known.model, version: known.featureVersion },
  );
  return newest?.latest ?? 0;
}

/** Those of who objects to training are left out. The latest examples of a model by its plan, or those between given times; nothing of what lies further back than the plan's window. */
export function selectStored(store: Store, knownModel: KnownModels): SelectExamples {
  return async ({ model, plan, learnFrom, bounds }, signal) => {
    const known = expectKnown(knownModel, model);
    const { rowsMax, halfLifeMs, classWeights, windowMs } = plan;
    const newest = bounds === null ? await newestOf(store, known) : 0;
    const range =
      bounds === null
        ? { from: Math.max(0, newest - windowMs, learnFrom ?? 0), to: newest + 1 }
        : { from: bounds.from, to: bounds.to + 1 };
    return selectExamples(store, {
      ...{
        pipeline: known.pipeline,
        model,
        featureVersion: known.featureVersion,
        task: known.task,
      },
      ...range,
      ...{ rowsMax, halfLifeMs, classWeights, signal },
      features: known.features,
      excluded: await readObjectors(store, 'training'),
    });
  };
}

/** How many there are after a time; null: in the window of the plan. */
export function countStored(store: Store, knownModel: KnownModels) {
  return async (model: string, after: number | null): Promise<number> => {
    const known = expectKnown(knownModel, model);
    const newest = await newestOf(store, known);
    const from = Math.max(after === null ? 0 : after + 1, newest - known.plan.data.windowMs);
    const [counted] = await store.query<{ rows: number }>(
      `SELECT count() AS rows FROM examples FINAL
       WHERE pipeline = {pipeline:String} AND model = {model:String} AND feature_version = {version:String}
         AND time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')`,
      { pipeline: known.pipeline, model, version: known.featureVersion, from: Math.max(0, from) },
    );
    return counted?.rows ?? 0;
  };
}

function expectKnown(knownModel: KnownModels, model: string): KnownModel {
  const known = knownModel(model);
  if (known === undefined) throw new RangeError(`model: expected one that is known, got ${model}`);
  return known;
}
