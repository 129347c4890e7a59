/** `millrace replay`: sends a file of events to a running engine. */
import { type Command as Base, Command, Option } from 'commander';
import { replayFormats } from '../../sources/replay/formats.ts';
import { type RecordBatch, replayFile } from '../../sources/replay/replayFile.ts';
import { postEvents } from '../client.ts';
import { asLines } from '../lines.ts';
import { progressBar } from '../progress.ts';
import { sendUntilTaken } from '../send.ts';
import { numberBetween, withUrl } from './options.ts';

export interface ReplayOptions {
  readonly format: string;
  readonly pace?: number;
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
    );
}

export function recordBatches(
  path: string,
  { format, pace }: ReplayOptions,
  signal: AbortSignal,
): AsyncGenerator<RecordBatch> {
  return replayFile({
    path,
    format,
    signal,
    ...(pace === undefined ? {} : { eventsPerSecond: pace }),
  });
}

export const replayCommand = withReplayOptions(
  withUrl(new Command('replay').description('send a file of events to a running engine')),
)
  .argument('<file>', 'file of events, plain or gzip')
  .action(async (file: string, options: ReplayOptions & { url: string }) => {
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    const bar = progressBar(`Replaying ${file}`);
    let sent = 0;
    let refused = 0;
    try {
      for await (const batch of recordBatches(file, options, stop.signal)) {
        const lines = asLines(batch);
        const answer = await sendUntilTaken(() => postEvents(options.url, lines), stop.signal);
        sent += batch.length;
        refused += answer.refused;
        bar.update(batch.progress, sent);
      }
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    } finally {
      bar.stop();
    }
    console.log(
      `${sent.toLocaleString('en')} events sent, ${refused.toLocaleString('en')} refused.`,
    );
  });
