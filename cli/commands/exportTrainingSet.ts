/** `millrace export-training-set`: what a model is trained on, as a file for whoever trains elsewhere. */
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { EngineError } from '../../contracts/errors.ts';
import { ModelPlan } from '../../contracts/modelPlan.ts';
import type { TrainingSetManifest } from '../../contracts/trainingSetManifest.ts';
import {
  type ExampleCondition,
  latestFeatureVersion,
} from '../../control/examples/exampleQuery.ts';
import type { ExampleSet } from '../../control/examples/exampleSet.ts';
import { selectExamples } from '../../control/examples/selectExamples.ts';
import { readObjectors } from '../../control/objections/objectionRows.ts';
import { learners } from '../../models/registry.ts';
import { pendingMigrations } from '../../sinks/clickhouse/migrate.ts';
import { type ClickHouseStore, createStore } from '../../sinks/clickhouse/store.ts';
import { openDatabase } from '../database.ts';
import { printable } from '../printable.ts';
import { progressBar } from '../progress.ts';
import { sinceOf } from '../since.ts';
import { manifestPath, type TrainingSetFormat, writeTrainingSet } from '../writeTrainingSet.ts';
import { numberBetween, settingsOf, withData } from './options.ts';

interface Options {
  readonly data?: string;
  readonly model: string;
  readonly featureVersion?: string;
  /** ms since 1970. */
  readonly from?: number;
  readonly to?: number;
  readonly rows: number;
  readonly filter: readonly ExampleCondition[];
  readonly holdout: number;
  readonly output: string;
}

const plan = ModelPlan.parse({});

const explanation = `
A manifest is written beside FILE, FILE.json: the features in their order, what is held out, and a hash of what
is in it. The columns time, holdout, served, online and the slices are not to be learnt from. Users are not in it.
With the embedded ClickHouse no engine may run on the directory.

Example: millrace export-training-set --model answer --from 30d --output answers.parquet`;

export const exportTrainingSetCommand = withData(
  new Command('export-training-set').description(
    'write what a model is trained on, for training elsewhere',
  ),
)
  .requiredOption('--model <name>', `the model: ${Object.keys(learners).join(', ')}`)
  .option('--feature-version <version>', 'of its features (default: that of the newest example)')
  .option('--from <time>', 'predicted since then: an age such as 30d, or a date', (text) =>
    sinceOf(text),
  )
  .option('--to <time>', 'predicted before then', (text) => sinceOf(text))
  .addOption(
    new Option('--rows <number>', 'most rows; the latest are taken')
      .default(plan.data.rowsMax)
      .argParser((text) => Math.floor(numberBetween(1, 5_000_000)(text))),
  )
  .addOption(
    new Option('--filter <condition>', 'context.course=algebra, or != it; again for more')
      .default([] as ExampleCondition[], 'none')
      .argParser((text, before: ExampleCondition[]) => [...before, conditionOf(text)]),
  )
  .addOption(
    new Option('--holdout <share>', 'of the rows, the latest, that are not to be learnt from')
      .default(plan.gates.holdoutShare)
      .argParser(numberBetween(0, 0.5)),
  )
  .requiredOption('--output <file>', 'file to write: its name ends with .csv or .parquet')
  .addHelpText('after', explanation)
  .action(async (options: Options) => {
    const format = formatOf(options.output);
    if (!Object.hasOwn(learners, options.model)) {
      const expected = Object.keys(learners).join(' or ');
      const reason = `model: expected ${expected}, got ${printable(options.model)}`;
      throw new EngineError('CONFIGURATION_INVALID', reason);
    }
    const database = await openDatabase(settingsOf({ data: options.data }), () => undefined);
    const store = createStore(database.access);
    try {
      await exportFrom(store, options, format);
    } finally {
      await store.close();
      await database.close();
    }
  });

/** @example conditionOf('context.course!=algebra'); // { column: 'context.course', is: '!=', value: 'algebra' } */
export function conditionOf(text: string): ExampleCondition {
  const found = /^([^=!]+)(!?=)(.*)$/su.exec(text);
  if (found === null)
    throw new InvalidArgumentError('expected a condition such as context.course=algebra');
  return { column: found[1]!.trim(), is: found[2] as ExampleCondition['is'], value: found[3]! };
}

function formatOf(path: string): TrainingSetFormat {
  if (path.endsWith('.csv')) return 'csv';
  if (path.endsWith('.parquet')) return 'parquet';
  throw new EngineError(
    'CONFIGURATION_INVALID',
    `output: expected a name that ends with .csv or .parquet, got ${printable(path)}`,
  );
}

async function exportFrom(
  store: ClickHouseStore,
  options: Options,
  format: TrainingSetFormat,
): Promise<void> {
  const { model, from, to, filter, rows: rowsMax, holdout } = options;
  const isOld = (await pendingMigrations(store)).length > 0;
  const newest = isOld ? undefined : await latestFeatureVersion(store, model);
  if (newest === undefined) throw nothingYet(model, isOld);
  const range = {
    ...{ model, featureVersion: options.featureVersion ?? newest, filter },
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const bar = progressBar(`Exporting ${model}`, 'examples');
  let examples: ExampleSet;
  let manifest: TrainingSetManifest;
  try {
    // Reading and writing take about as long.
    const onProgress = (read: number, of: number) => bar.update(read / of / 2, read / 2);
    const excluded = await readObjectors(store, 'training');
    examples = await selectExamples(store, { ...range, rowsMax, excluded, onProgress });
    const { rows } = examples;
    if (rows === 0) throw noneChosen(options, newest);
    manifest = await writeTrainingSet(examples, {
      ...{ path: options.output, format, range, rowsMax, holdout },
      onProgress: (done) => bar.update((1 + done / rows) / 2, (rows + done) / 2),
    });
  } finally {
    bar.stop();
  }
  tell(manifest, options.output, examples);
}

function nothingYet(model: string, isOld: boolean): EngineError {
  const why = isOld
    ? 'the database is not of this version yet, so nothing was stored'
    : 'they are stored while an engine takes events that have labels';
  const next = 'npm start runs one on a simulated campus; then try again';
  return new EngineError(
    'TRAINING_IMPOSSIBLE',
    `there are no examples of ${model} yet: ${why}. ${next}.`,
  );
}

function noneChosen({ model, featureVersion, filter }: Options, newest: string): EngineError {
  const hints = [
    ...(featureVersion !== undefined && featureVersion !== newest
      ? [`the newest have the features of version ${newest}`]
      : []),
    ...(filter.length > 0 ? ['look at --filter'] : []),
    'take a longer time by --from and --to',
  ];
  return new EngineError(
    'TRAINING_IMPOSSIBLE',
    `no example of ${model} is as you ask: ${hints.join(', or ')}.`,
  );
}

function tell(
  { rows, from, to, holdout, snapshot, repairs }: TrainingSetManifest,
  output: string,
  { users }: ExampleSet,
): void {
  const people = new Set(users).size.toLocaleString('en');
  const held = holdout.rows.toLocaleString('en');
  console.log(
    `${resolve(output)}: ${rows.toLocaleString('en')} examples of ${people} users, ${from.iso} to ${to.iso}; ` +
      `the latest ${held} are held out.\n` +
      `${resolve(manifestPath(output))}: features, bounds and hash ${snapshot.slice(0, 12)}….`,
  );
  for (const sentence of repairs) console.log(sentence);
}
