/** `millrace simulate`: sends the events of a synthetic campus to a running engine over HTTP. */
import { Command, Option } from 'commander';
import { feedCampus } from '../../sources/campus/feed.ts';
import { type CampusChoice, newCampus, withCampusOptions } from '../campusFeed.ts';
import { expectEngine, postEvents } from '../client.ts';
import { asLines } from '../lines.ts';
import { stopOnSignal } from '../stopOnSignal.ts';
import { tellRetries } from '../tellRetries.ts';
import { numberBetween, withUrl } from './options.ts';

interface SimulateOptions extends CampusChoice {
  readonly url: string;
  readonly past: number;
  readonly speed: number;
}

const hour = 3_600_000;
/** Pause between two lines about progress, ms. */
const sayEveryMs = 5_000;

export const simulateCommand = withCampusOptions(
  withUrl(
    new Command('simulate').description(
      'send a synthetic campus to a running engine, until Ctrl-C',
    ),
  ),
)
  .addOption(
    new Option('--past <hours>', 'hours of its past to send first')
      .default(0)
      .argParser(numberBetween(0, 24 * 365)),
  )
  .addOption(
    new Option('--speed <factor>', 'campus seconds per second')
      .default(1)
      .argParser(numberBetween(0.01, 10_000)),
  )
  .action(async (options: SimulateOptions) => {
    const signal = stopOnSignal();
    await expectEngine(options.url);
    const attempt = tellRetries((sentence) => console.error(sentence));
    let refused = 0;
    let saidAt = Date.now();
    const { records } = await feedCampus({
      campus: newCampus(options, Date.now(), options.past * hour),
      now: Date.now,
      speed: options.speed,
      signal,
      // The feed itself offers a block again until it is taken, or until the signal aborts.
      append: async (block) => {
        const answer = await attempt(() => postEvents(options.url, asLines(block)));
        refused += answer.refused;
      },
      onProgress({ phase, records, behindMs }) {
        if (Date.now() - saidAt < sayEveryMs) return;
        saidAt = Date.now();
        const behind = phase === 'backfill' ? `, ${(behindMs / hour).toFixed(1)} h to go` : '';
        console.log(`${records.toLocaleString('en')} events sent, ${refused} refused${behind}`);
      },
    });
    console.log(`${records.toLocaleString('en')} events sent, ${refused} refused.`);
  });
