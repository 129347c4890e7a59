/** `millrace replay`: sends a file of events to a running engine. */
import { type Command as Base, Command, InvalidArgumentError, Option } from 'commander';
import { PipelinesAnswer } from '../../contracts/api.ts';
import { EngineError } from '../../contracts/errors.ts';
import { expectFormat } from '../../sources/replay/expectFormat.ts';
import { replayFormats } from '../../sources/replay/formats.ts';
import { type RecordBatch, replayFile } from '../../sources/replay/replayFile.ts';
import { expectEngine, get, postEvents } from '../client.ts';
import { asLines } from '../lines.ts';
import { progressBar } from '../progress.ts';
import { countRefusals } from '../refusals.ts';
import { sendUntilTaken } from '../send.ts';
import { stopOnSignal } from '../stopOnSignal.ts';
import { tellRetries } from '../tellRetries.ts';
import { numberBetween, withUrl } from './options.ts';

export interface ReplayOptions {
  readonly format: string;
  readonly pace?: number;
  /** ms since 1970. */
  readonly startTime?: number;
}

export function withReplayOptions(command: Base): Base {
  return command
    .addOption(
      new Option('--format <name>', 'format of the file')
        .choices([...replayFormats.keys()])
        .default('ndjson'),
    )
    .addOption(
      new Option(
        '--pace <number>',
        'events per second (default: as fast as they are taken)',
      ).argParser(numberBetween(0.001, 10_000_000)),
    )
    .addOption(
      new Option(
        '--start-time <date>',
        'time of the first event where the format has no clock (default: 2017-01-01)',
      ).argParser(dateOf),
    );
}

function dateOf(text: string): number {
  const time = Date.parse(text);
  if (Number.isFinite(time)) return time;
  throw new InvalidArgumentError('expected a date such as 2017-01-01 or 2017-01-01T08:00:00Z');
}

export function recordBatches(
  path: string,
  { format, pace, startTime }: ReplayOptions,
  signal: AbortSignal,
  skipRows = 0,
): AsyncGenerator<RecordBatch> {
  return replayFile({
    path,
    format,
    signal,
    skipRows,
    ...(pace === undefined ? {} : { eventsPerSecond: pace }),
    ...(startTime === undefined ? {} : { startTime }),
  });
}

export const replayCommand = withReplayOptions(
  withUrl(new Command('replay').description('send a file of events to a running engine')),
)
  .argument('<file>', 'file of events, plain or gzip')
  .action(async (file: string, options: ReplayOptions & { url: string }) => {
    await expectFormat(file, options.format);
    const signal = stopOnSignal();
    const bar = progressBar(`Replaying ${file}`);
    const attempt = tellRetries((sentence) => console.error(sentence));
    let lateBefore: number | null = null;
    let sent = 0;
    const refusals = countRefusals(file, options.format);
    try {
      for await (const batch of recordBatches(file, options, signal)) {
        // Asked once the file has shown that it can be read.
        if (sent === 0) {
          await expectEngine(options.url);
          lateBefore = await lateEvents(options.url);
        }
        const lines = asLines(batch);
        const send = () => attempt(() => postEvents(options.url, lines));
        const answer = await sendUntilTaken(send, signal);
        sent += batch.length;
        refusals.take(answer);
        bar.update(batch.progress, sent);
      }
      refusals.end();
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      bar.stop();
    }
    console.log(
      `${sent.toLocaleString('en')} events sent, ${refusals.count.toLocaleString('en')} refused.`,
    );
    if (lateBefore === null) return;
    const lateAfter = await lateEvents(options.url);
    if (lateAfter === null) return;
    const late = lateAfter - lateBefore;
    if (late > sent / 10) console.log(lateHint(late));
  });

/**
 * Of the pipeline that has most; null while the engine cannot tell, as without ClickHouse: it takes events all the same,
 * and only a hint needs the number.
 */
async function lateEvents(url: string): Promise<number | null> {
  try {
    const { pipelines } = await get(url, '/v1/pipelines', PipelinesAnswer);
    let most = 0;
    for (const { totals } of pipelines) {
      if (totals === null) return null;
      most = Math.max(most, totals.late);
    }
    return most;
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}

function lateHint(late: number): string {
  return (
    `${late.toLocaleString('en')} events so far were late: they lie before events that the engine has seen, so they are ` +
    'archived but not learnt from. Replay history into an engine of its own: npm start -- --replay FILE.'
  );
}
