/** A training set out of the examples that are stored, by a selection; the same selection gives the same set. */
import { type DataPlan, ModelPlan } from '../../contracts/modelPlan.ts';
import type { Store } from '../../contracts/store.ts';
import { learners } from '../../models/registry.ts';
import type { Task, TrainingFeature } from '../../models/training/trainingSet.ts';
import { type ExampleRange, exampleQuery, expectColumns, sliceColumns } from './exampleQuery.ts';
import type { ExampleSet } from './exampleSet.ts';
import { readExamples } from './readExamples.ts';
import { readPlaces, renumbered } from './readPlaces.ts';
import { snapshotOf } from './snapshotOf.ts';
import { moveTogether, soundRows } from './soundRows.ts';
import { weighExamples } from './weighExamples.ts';

export interface ExampleSelection
  extends ExampleRange,
    Partial<Pick<DataPlan, 'rowsMax' | 'halfLifeMs' | 'classWeights'>> {
  /** In their order; by default those of the registered learner of that name, all numeric. */
  readonly features?: readonly TrainingFeature[];
  /** `binary` by default. */
  readonly task?: Task;
  /** Users who are not to be learnt from. Those who were erased have no examples. */
  readonly excluded?: Iterable<string>;
  /** Columns of slices that are wanted; by default all that the newest example has. */
  readonly slices?: readonly string[];
  /** @param rows read so far */
  readonly onProgress?: (rows: number, of: number) => void;
  readonly signal?: AbortSignal;
}

const plan = ModelPlan.parse({}).data;

/**
 * The latest examples of a selection, in the order of time.
 *
 * Its hash stays the same over restarts, merges and a replay of the log, as long as no row comes that lies within the bounds (`to`
 * behind the watermark), and nobody in it is erased. With another number of partitions it is another set: what the online
 * learner knows of items and skills, it knows by partition. Memory: the set, and some 50 MB besides.
 *
 * @throws EngineError SINK_UNAVAILABLE; CONFIGURATION_INVALID for a condition on no column of the slices
 * @throws RangeError when `rowsMax` is no whole number > 0, or the features of the model are not known
 */
export async function selectExamples(
  store: Store,
  selection: ExampleSelection,
): Promise<ExampleSet> {
  const { rowsMax = plan.rowsMax, filter = [], excluded = [], onProgress, signal } = selection;
  const {
    task = 'binary',
    halfLifeMs = plan.halfLifeMs,
    classWeights = plan.classWeights,
  } = selection;
  if (!(Number.isSafeInteger(rowsMax) && rowsMax > 0)) {
    throw new RangeError(`rowsMax: expected a whole number > 0, got ${rowsMax}`);
  }
  if (classWeights === 'balanced' && task !== 'binary') {
    throw new RangeError(`classWeights: expected none of a model that predicts numbers`);
  }
  const features = selection.features ?? knownFeatures(selection.model);
  const width = features.length;
  const known = await sliceColumns(store, selection);
  if (known !== undefined) expectColumns(filter, known);
  const columns = selection.slices ?? known ?? [];
  const query = exampleQuery(selection);
  const places = await readPlaces(store, query, rowsMax, new Set(excluded), signal);
  const contents = await readExamples(store, query, places, {
    ...{ width, columns, signal },
    onProgress: (rows) => onProgress?.(rows, places.rows),
  });
  const { kept, repairs } = soundRows(contents, features, task);
  const times = moveTogether(places.times, kept);
  const labels = moveTogether(contents.labels, kept);
  const weights = moveTogether(contents.weights, kept);
  const values = moveTogether(contents.values, kept, width);
  const stands = weights.slice();
  weighExamples(weights, times, labels, { halfLifeMs, classWeights });
  const set = { task, features, values, labels, weights };
  const isWhole = kept.length === places.rows;
  return {
    ...{ set, stands, times, repairs, rows: kept.length, excludedUsers: places.excludedUsers },
    served: moveTogether(contents.served, kept),
    online: moveTogether(contents.online, kept),
    users: renumbered(moveTogether(places.users, kept)),
    slices: isWhole ? contents.slices : picked(contents.slices, kept),
    snapshot: snapshotOf(set, times),
    from: times.at(0) ?? Number.NaN,
    to: times.at(-1) ?? Number.NaN,
  };
}

function picked(
  slices: ReadonlyMap<string, readonly string[]>,
  kept: Int32Array,
): Map<string, string[]> {
  return new Map(
    [...slices].map(([column, texts]) => [column, Array.from(kept, (row) => texts[row]!)]),
  );
}

function knownFeatures(model: string): TrainingFeature[] {
  const names = learners[model]?.examples;
  if (names !== undefined) return names.map((name) => ({ name, kind: 'numeric' }));
  throw new RangeError(`features: expected those of ${model}, which is no registered learner`);
}
