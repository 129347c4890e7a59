/** `millrace experiment replay`: computes a stored result again from the events that it was counted from. */
import { Command, Option } from 'commander';
import { EngineError } from '../../contracts/errors.ts';
import { learning } from '../../pipelines/learning.ts';
import { createStore } from '../../sinks/clickhouse/store.ts';
import { openDatabase } from '../database.ts';
import { type OpenPastLog, openPastLog, type PastSource, pastSources } from '../openPastLog.ts';
import { printable } from '../printable.ts';
import { type Progress, progressBar } from '../progress.ts';
import { type ReplayOfStored, replayStored } from '../replayStored.ts';
import type { Difference } from '../resultDifferences.ts';
import { sinceOf } from '../since.ts';
import { numberBetween, settingsOf, withData } from './options.ts';

interface Options {
  readonly data?: string;
  /** ms since 1970. */
  readonly at?: number;
  readonly back: number;
  readonly partitions: number;
  readonly source: PastSource;
  readonly json?: boolean;
}

const explanation = `
The events are counted again up to the offsets of the result, by the definitions that stand among them, and evaluated
by the definition of then. With --partitions the users of each partition of the log are divided among so many, which
keep its clock: the result must not show it. With the embedded ClickHouse no engine may run on the directory.

Exit status: 0 when the result is the same byte for byte, 1 when it is not, 2 when that cannot be told: there is no such
result, or neither log nor archive has all of its events.`;

/** Differences that are printed without --json. */
const differencesShown = 50;

export const experimentReplayCommand = withData(
  new Command('replay').description('compute a past result again from the event log, and compare'),
)
  .argument('<experiment>', 'its key')
  .addOption(
    new Option(
      '--at <time>',
      'the newest result at that time: an age such as 2h, or a date (default: now)',
    ).argParser((text) => sinceOf(text)),
  )
  .addOption(
    new Option('--back <number>', 'so many results before it')
      .default(0)
      .argParser(numberBetween(0, 1_000_000)),
  )
  .addOption(
    new Option('--partitions <number>', 'partitions for each of the log')
      .default(1)
      .argParser(numberBetween(1, 64)),
  )
  .addOption(
    new Option('--source <name>', 'where events are read from; auto: the log, or the archive')
      .choices(pastSources)
      .default('auto'),
  )
  .option('--json', 'print the outcome as JSON')
  .addHelpText('after', explanation)
  .action(async (experiment: string, options: Options) => {
    try {
      const replayed = await replay(experiment, options);
      if (replayed === undefined) {
        unavailable(options, `There is no result of the experiment ${experiment} of that time.`);
        return;
      }
      if (options.json === true) console.log(JSON.stringify(replayed));
      else print(replayed);
      if (!replayed.same) process.exitCode = 1;
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'LOG_UNAVAILABLE') throw error;
      unavailable(options, `The result cannot be computed again: ${error.message}`);
    }
  });

function unavailable({ json }: Options, why: string): void {
  if (json === true) console.log(JSON.stringify({ same: null, why }));
  else console.error(printable(why));
  process.exitCode = 2;
}

async function replay(experiment: string, options: Options): Promise<ReplayOfStored | undefined> {
  const { at, back, partitions, source } = options;
  // An option of the same name means the partitions of a new log there.
  const settings = settingsOf({ data: options.data });
  const database = await openDatabase(settings, () => undefined);
  const store = createStore(database.access);
  const bar = options.json === true ? undefined : progressBar(`Replaying ${experiment}`);
  let log: OpenPastLog | undefined;
  try {
    return await replayStored({
      ...{ store, experiment, at, back: Math.floor(back), parts: Math.floor(partitions) },
      open: async (needed) => {
        const say = (sentence: string) => console.error(sentence);
        const { name: pipeline } = learning;
        log = await openPastLog({ settings, store, pipeline, needed, source, say });
        return log;
      },
      onProgress: (done, needed) => tell(bar, done, needed),
    });
  } finally {
    bar?.stop();
    await log?.close();
    await store.close();
    await database.close();
  }
}

function tell(bar: Progress | undefined, done: number, needed: number): void {
  bar?.update(needed === 0 ? 1 : done / needed, done);
}

function print(replayed: ReplayOfStored): void {
  const { experiment, at, revision, verdict, records, source, parts, differences } = replayed;
  const split = parts === 1 ? '' : `, each partition in ${parts}`;
  console.log(
    `Result of ${printable(experiment)} of ${new Date(at).toISOString()}, revision ${revision}: ${verdict}.\n` +
      `Counted again from ${records.toLocaleString('en')} records of the ${source}${split}.`,
  );
  if (replayed.same) {
    console.log('The same, byte for byte.');
    return;
  }
  console.log(
    differences.length === 0
      ? 'All figures are the same, but the stored text has them in another way.'
      : `Not the same, in ${differences.length.toLocaleString('en')} figure${differences.length === 1 ? '' : 's'}:`,
  );
  for (const each of differences.slice(0, differencesShown)) console.log(lineOf(each));
  const rest = differences.length - differencesShown;
  if (rest > 0) console.log(`  … and ${rest.toLocaleString('en')} more: --json has all.`);
  if (!replayed.noted) {
    console.log(
      'The result does not say how far each kind of counts went: it may have been evaluated while an epoch was being written.',
    );
  }
}

function lineOf({ field, stored, recomputed }: Difference): string {
  return `  ${printable(field)}: stored ${figure(stored)}, counted again ${figure(recomputed)}`;
}

function figure(value: unknown): string {
  return value === undefined ? 'nothing' : printable(JSON.stringify(value));
}
