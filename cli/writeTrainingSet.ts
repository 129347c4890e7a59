/** A training set as a file, CSV or Parquet, and its manifest beside it. */
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { EngineError } from '../contracts/errors.ts';
import { TrainingSetManifest } from '../contracts/trainingSetManifest.ts';
import type { ExampleRange } from '../control/examples/exampleQuery.ts';
import type { ExampleSet } from '../control/examples/exampleSet.ts';
import { writeCsv } from '../sinks/files/csvFile.ts';
import type { FileColumn, NumberColumn } from '../sinks/files/fileColumn.ts';
import { writeParquet } from '../sinks/files/parquetFile.ts';

export type TrainingSetFormat = 'csv' | 'parquet';

export interface TrainingSetFile {
  readonly path: string;
  readonly format: TrainingSetFormat;
  /** What was asked for. */
  readonly range: ExampleRange;
  readonly rowsMax: number;
  /** Share of the rows that is held out, the latest, in [0, 1). */
  readonly holdout: number;
  readonly onProgress?: (rows: number) => void;
}

/** Where the manifest of a file stands: `answers.csv` has `answers.csv.json`. */
export function manifestPath(path: string): string {
  return `${path}.json`;
}

/**
 * Writes both under other names first, so that what has its name is whole. Nobody's name is in them.
 *
 * @throws EngineError CONFIGURATION_INVALID when the file cannot be written
 */
export async function writeTrainingSet(
  examples: ExampleSet,
  file: TrainingSetFile,
): Promise<TrainingSetManifest> {
  const { path, format, holdout, onProgress } = file;
  const { rows } = examples;
  const firstHeldOut = rows - Math.floor(rows * holdout);
  const manifest = manifestOf(examples, file, firstHeldOut);
  const columns = columnsOf(examples, firstHeldOut);
  const options = { rows, ...(onProgress === undefined ? {} : { onProgress }) };
  const [draft, target] = [`${path}.new`, manifestPath(path)];
  try {
    const handle = await open(draft, 'w');
    try {
      const write = async (bytes: Uint8Array) => {
        await handle.writeFile(bytes);
      };
      if (format === 'csv') await writeCsv(columns, options, write);
      else await writeParquet(columns, { millrace: JSON.stringify(manifest) }, options, write);
    } finally {
      await handle.close();
    }
    await writeFile(`${target}.new`, `${JSON.stringify(manifest, null, 2)}\n`);
    await rename(draft, path);
    await rename(`${target}.new`, target);
  } catch (error) {
    await Promise.all([draft, `${target}.new`].map((each) => rm(each, { force: true })));
    const why = error instanceof Error ? error.message : String(error);
    const reason = `output: ${path} cannot be written: ${why}`;
    throw new EngineError('CONFIGURATION_INVALID', reason, { cause: error });
  }
  return manifest;
}

function columnsOf(examples: ExampleSet, firstHeldOut: number): FileColumn[] {
  const { set, times, served, online, slices, rows } = examples;
  const { features, values, labels } = set;
  const one = (
    name: string,
    kind: NumberColumn['kind'],
    column: ArrayLike<number>,
  ): FileColumn => ({
    ...{ name, kind, values: column, first: 0, step: 1 },
  });
  return [
    one('time', 'int64', times),
    one('label', 'float64', labels),
    one('weight', 'float64', set.weights ?? new Float64Array(rows).fill(1)),
    one('holdout', 'int64', new Uint8Array(rows).fill(1, firstHeldOut)),
    ...features.map(
      ({ name }, first): FileColumn => ({
        ...{ name, kind: 'float32', values, first, step: features.length },
      }),
    ),
    one('served', 'float64', served),
    one('online', 'float64', online),
    ...[...slices].map(([name, texts]): FileColumn => ({ name, kind: 'text', texts })),
  ];
}

function manifestOf(
  { set, times, slices, snapshot, from, to, rows, excludedUsers, repairs }: ExampleSet,
  { path, format, range, rowsMax }: TrainingSetFile,
  firstHeldOut: number,
): TrainingSetManifest {
  const { model, featureVersion, filter = [] } = range;
  const held = rows - firstHeldOut;
  return TrainingSetManifest.parse({
    ...{ format: 'millrace-training-set', formatVersion: 1, model, featureVersion },
    ...{ task: set.task, features: set.features },
    columns: {
      ...{ time: 'time', label: 'label', weight: 'weight', holdout: 'holdout' },
      ...{ served: 'served', online: 'online', slices: [...slices.keys()] },
    },
    file: { name: basename(path), format },
    ...{ rows, from: timeOf(from), to: timeOf(to), snapshot, excludedUsers },
    holdout: {
      ...{ row: firstHeldOut, rows: held },
      from: held > 0 ? timeOf(times[firstHeldOut]!) : null,
    },
    selection: {
      from: range.from === undefined ? null : timeOf(range.from),
      to: range.to === undefined ? null : timeOf(range.to),
      ...{ rowsMax, filter },
    },
    repairs,
  });
}

function timeOf(ms: number) {
  return { ms, iso: new Date(ms).toISOString() };
}
