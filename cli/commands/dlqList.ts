/** `millrace dlq list`: refused events, the newest first. */
import { Command, Option } from 'commander';
import { type Content, type DeadLetter, DeadLettersAnswer } from '../../contracts/api.ts';
import { get } from '../client.ts';
import { printable } from '../printable.ts';
import { conditionsOf, type LetterFilter, lettersPath, withLetterFilter } from './letterFilter.ts';
import { numberBetween } from './options.ts';

interface ListOptions extends LetterFilter {
  readonly limit: number;
  readonly json?: boolean;
}

/** Letters asked for at once. */
const pageMax = 200;
/** Characters of an event that a line shows. */
const previewMax = 200;

export const dlqListCommand = withLetterFilter(
  new Command('list').description('show refused events, the newest first'),
)
  .addOption(
    new Option('--limit <number>', 'letters at most')
      .default(20)
      .argParser(numberBetween(1, 1_000_000)),
  )
  .option('--json', 'print the letters as JSON, one a line')
  .action(async (options: ListOptions) => {
    const limit = Math.floor(options.limit);
    let shown = 0;
    let total = 0;
    let more: object = {};
    for (;;) {
      const page = { ...conditionsOf(options), ...more, limit: Math.min(pageMax, limit - shown) };
      const answer = await get(options.url, lettersPath(page), DeadLettersAnswer);
      for (const letter of answer.letters) {
        console.log(options.json === true ? JSON.stringify(letter) : paragraph(letter));
      }
      if (shown === 0) total = answer.total;
      shown += answer.letters.length;
      if (answer.next === null || shown >= limit) break;
      more = { to: answer.to, after: answer.next };
    }
    if (options.json === true) return;
    const [count, all] = [shown.toLocaleString('en'), total.toLocaleString('en')];
    console.log(total === 0 ? 'No dead letters.' : `${count} of ${all} dead letters.`);
  });

function paragraph(letter: DeadLetter): string {
  const { pipeline, partition, offset, receivedAt, code, reason, bytes, replayedAt } = letter;
  const replayed = replayedAt === null ? '' : `, sent again ${timeText(replayedAt)}`;
  return [
    `${timeText(receivedAt)}  ${code}  ${printable(pipeline)}, partition ${partition}, offset ${offset}${replayed}`,
    `  ${printable(reason)}`,
    `  ${preview(bytes)}`,
    '',
  ].join('\n');
}

function timeText(time: number): string {
  return new Date(time).toISOString();
}

function preview(bytes: Content): string {
  const text = 'text' in bytes ? printable(bytes.text) : `base64: ${bytes.base64}`;
  return text.length <= previewMax ? text : `${text.slice(0, previewMax - 1)}…`;
}
