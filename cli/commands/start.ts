/** `millrace start`: the engine, fed by the synthetic campus, by a file, or by producers only. */
import { join } from 'node:path';
import { Command } from 'commander';
import { EngineError } from '../../contracts/errors.ts';
import type { Settings } from '../../contracts/settings.ts';
import { feedCampus } from '../../sources/campus/feed.ts';
import { expectFormat } from '../../sources/replay/expectFormat.ts';
import { defineCampusExperiments, nextEdition } from '../campusExperiments.ts';
import { type CampusChoice, storedCampus, withCampusOptions } from '../campusFeed.ts';
import { defineCampusPolicy, playTutor } from '../campusTutor.ts';
import { type Engine, startEngine } from '../engine.ts';
import { asLines } from '../lines.ts';
import { progressBar } from '../progress.ts';
import { countRefusals } from '../refusals.ts';
import { replayDirectory } from '../replayDirectory.ts';
import { replayProgress } from '../replayProgress.ts';
import { sendUntilTaken } from '../send.ts';
import { stopOnSignal } from '../stopOnSignal.ts';
import { tellRetries } from '../tellRetries.ts';
import { settingsOf, withSettings } from './options.ts';
import { type ReplayOptions, recordBatches, withReplayOptions } from './replay.ts';

interface StartOptions extends ReplayOptions, CampusChoice {
  readonly replay?: string;
  readonly campus: boolean;
}

/** What keeps the engine fed until its signal aborts, or until there is no more. */
type Feed = (engine: Engine, signal: AbortSignal) => Promise<void>;

const hour = 3_600_000;
/** Events are handed over as lines of JSON. */
const lines = 'application/x-ndjson';

export const startCommand = withCampusOptions(
  withReplayOptions(
    withSettings(new Command('start').description('start the engine and its dashboard')),
  ),
)
  .option('--replay <file>', 'feed a file instead of the synthetic campus; needs the role serving')
  .option('--no-campus', 'feed nothing: wait for producers')
  .addHelpText(
    'after',
    `
Several processes, each with some of the roles, share a Kafka cluster (KAFKA_BROKERS) and a ClickHouse server
(CLICKHOUSE_URL, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD): data reads the topic and computes, serving takes events and has
API and dashboard, control does the work of which there is one at a time. Without --roles a process has all three.`,
  )
  .action(start);

async function start(options: StartOptions & Record<string, unknown>): Promise<void> {
  const settings = settingsOf({ ...options, data: options['data'] ?? ownDirectory(options) });
  const serves = settings.roles.includes('serving');
  if (options.replay !== undefined && !serves) {
    throw new EngineError(
      'CONFIGURATION_INVALID',
      '--replay needs the role serving: the other processes take no events',
    );
  }
  // Before the engine is there: a file in another format leaves nothing behind.
  if (options.replay !== undefined) await expectFormat(options.replay, options.format);
  const engine = await startEngine({ settings, say });
  say(`\n  millrace runs: ${placeOf(engine, settings)}\n  Ctrl-C stops it.\n`);
  const signal = stopOnSignal({
    onStop: () => say('\nStopping: what is under way is committed first …'),
    onImpatience: () =>
      console.error('Stopped without waiting: what was acknowledged is safe in the event log.'),
  });
  try {
    if (serves) await feedOf(options, settings.data)(engine, signal);
    await untilAborted(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await engine.stop();
  }
  say('Stopped cleanly.');
}

function placeOf({ url }: Engine, { roles, origins }: Settings): string {
  if (url !== '') return `dashboard and API on ${origins[0] ?? url}`;
  return (
    `${roles.join(' and ')}, for the processes with the role serving. ` +
    'It takes no events, so no synthetic campus is fed.'
  );
}

/** That of the replayed file, unless one is named. */
function ownDirectory({ replay }: StartOptions): string | undefined {
  if (replay === undefined || process.env['MILLRACE_DATA'] !== undefined) return undefined;
  return replayDirectory(replay);
}

function say(sentence: string): void {
  console.log(sentence);
}

/** A timer keeps the process alive meanwhile. */
async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const alive = setInterval(() => {}, hour);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  clearInterval(alive);
}

function feedOf(options: StartOptions, data: string): Feed {
  if (options.replay !== undefined) {
    return replayFeed(options.replay, options, join(data, 'replay.json'));
  }
  if (options.campus) return campusFeed(options, join(data, 'campus.json'));
  return async () => say(`Waiting for events: POST /v1/events takes them.`);
}

function replayFeed(file: string, options: ReplayOptions, record: string): Feed {
  return async (engine, signal) => {
    const progress = replayProgress({ ...options, path: file }, record);
    if (progress.rows > 0) {
      say(`${progress.rows.toLocaleString('en')} events of this file were taken before.`);
    }
    const bar = progressBar(`Replaying ${file}`);
    const attempt = tellRetries(say);
    let rows = progress.rows;
    const { refused } = progress;
    const refusals = countRefusals(file, options.format, { accepted: rows - refused, refused });
    try {
      for await (const batch of recordBatches(file, options, signal, progress.rows)) {
        rows = batch.rows;
        bar.update(batch.progress, rows);
        const body = asLines(batch);
        const send = () => attempt(() => engine.ingest(body, lines));
        refusals.take(await sendUntilTaken(send, signal));
        progress.save(rows, refusals.count);
      }
      refusals.end();
    } finally {
      bar.stop();
    }
    const of =
      refusals.count === 0 ? '' : `, ${refusals.count.toLocaleString('en')} of them refused`;
    say(`Replayed ${rows.toLocaleString('en')} events${of}; the engine goes on until Ctrl-C.`);
  };
}

function campusFeed(choice: CampusChoice, file: string): Feed {
  return async (engine, signal) => {
    const { experiments, policies } = engine;
    const next = experiments === undefined ? 1 : nextEdition(experiments);
    const { campus, from, resumed, taken } = storedCampus(choice, file, Date.now(), next);
    say(
      resumed
        ? 'The synthetic campus goes on where it stopped.'
        : 'The synthetic campus sends events: a day of its past, then as they happen.',
    );
    const attempt = tellRetries(say);
    if (experiments !== undefined) {
      const define = () => defineCampusExperiments(experiments, campus);
      for (const sentence of await sendUntilTaken(() => attempt(define), signal)) say(sentence);
    }
    let served: Promise<void> | undefined;
    if (policies !== undefined) {
      const define = () => defineCampusPolicy(policies, campus);
      for (const sentence of await sendUntilTaken(() => attempt(define), signal)) say(sentence);
    }
    let told = false;
    await feedCampus({
      campus,
      from,
      now: Date.now,
      signal,
      append: async (block) => {
        await attempt(() => engine.ingest(asLines(block), lines));
      },
      onProgress({ phase, campusTime, records }) {
        taken(campusTime);
        if (phase !== 'live' || told) return;
        told = true;
        say(`${records.toLocaleString('en')} events of its past were taken; it is live now.`);
        if (engine.url !== '') served = playTutor(engine, campus, signal);
      },
    });
    await served;
  };
}
