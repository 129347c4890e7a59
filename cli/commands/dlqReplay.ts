/** `millrace dlq replay`: sends refused events in again. */
import { Command } from 'commander';
import { DeadLettersAnswer, ReplayAnswer } from '../../contracts/api.ts';
import { get, post } from '../client.ts';
import { printable } from '../printable.ts';
import { type Progress, progressBar } from '../progress.ts';
import { sendUntilTaken } from '../send.ts';
import { stopOnSignal } from '../stopOnSignal.ts';
import { tellRetries } from '../tellRetries.ts';
import { conditionsOf, type LetterFilter, lettersPath, withLetterFilter } from './letterFilter.ts';

interface ReplayOptions extends LetterFilter {
  readonly dryRun?: boolean;
  readonly again?: boolean;
}

interface Outcome {
  accepted: number;
  refused: number;
  /** Why the first letter was refused again; '' when none was. */
  firstRefusal: string;
}

/** Letters a request: what the progress jumps by. */
const pageMax = 2_000;

const explanation = `
Each letter is judged as if its event came now. What is accepted goes in with its original bytes and is not sent
a second time without --again; what would be refused again is not sent and stays a dead letter.

Exit status: 0 when something was accepted or nothing was there, 1 when every letter would be refused again.`;

export const dlqReplayCommand = withLetterFilter(
  new Command('replay').description('send refused events in again, the oldest first'),
)
  .option('--dry-run', 'send nothing: only say what would be accepted')
  .option('--again', 'also those that were sent in again before')
  .addHelpText('after', explanation)
  .action(async (options: ReplayOptions) => {
    const signal = stopOnSignal();
    const chosen = { ...conditionsOf(options), ...(options.again ? {} : { replayed: false }) };
    const path = lettersPath({ ...chosen, limit: 1 });
    // What is refused while the replay runs is not part of it: else a poisonous event would come round for ever.
    const { total, to } = await get(options.url, path, DeadLettersAnswer);
    if (total === 0) {
      console.log('No dead letters to send in again.');
      return;
    }
    const bar = progressBar(options.dryRun ? 'Judging dead letters' : 'Sending dead letters');
    const outcome: Outcome = { accepted: 0, refused: 0, firstRefusal: '' };
    try {
      await replayAll(options, { total, to }, outcome, bar, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      bar.stop();
    }
    console.log(summary(outcome, options.dryRun === true));
    if (outcome.accepted === 0 && outcome.refused > 0) process.exitCode = 1;
  });

async function replayAll(
  options: ReplayOptions,
  { total, to }: { total: number; to: number },
  outcome: Outcome,
  bar: Progress,
  signal: AbortSignal,
): Promise<void> {
  const attempt = tellRetries((sentence) => console.error(sentence));
  const { dryRun = false, again = false } = options;
  const chosen = { ...conditionsOf(options), to, dryRun, again, limit: pageMax };
  const replay = (page: object) =>
    attempt(() =>
      post(options.url, '/v1/dead-letters/replay', { ...chosen, ...page }, ReplayAnswer),
    );
  let after: string | null = null;
  do {
    const page = after === null ? {} : { after };
    const answer: ReplayAnswer = await sendUntilTaken(() => replay(page), signal);
    outcome.accepted += answer.accepted;
    outcome.refused += answer.refused;
    const [first] = answer.refusals;
    if (outcome.firstRefusal === '' && first !== undefined) {
      outcome.firstRefusal = `${first.code} (${printable(first.reason)})`;
    }
    const done = outcome.accepted + outcome.refused;
    bar.update(Math.min(1, done / total), done);
    after = answer.next;
  } while (after !== null);
}

function summary({ accepted, refused, firstRefusal }: Outcome, dryRun: boolean): string {
  const because = firstRefusal === '' ? '' : `, the first because of ${firstRefusal}`;
  const [good, bad] = [accepted.toLocaleString('en'), refused.toLocaleString('en')];
  return dryRun
    ? `${good} would be accepted, ${bad} refused again${because}.`
    : `${good} accepted, ${bad} refused again${because}.`;
}
