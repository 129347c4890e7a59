/** `millrace audit list`: who did what and who looked at single people, the newest first. */
import { Command, Option } from 'commander';
import { AuditAnswer, type StoredAuditEntry } from '../../contracts/auditApi.ts';
import { get } from '../client.ts';
import { printable } from '../printable.ts';
import { sinceOf } from '../since.ts';
import { numberBetween, withUrl } from './options.ts';

interface ListOptions {
  readonly url: string;
  /** ms since 1970. */
  readonly from?: number;
  readonly to?: number;
  readonly who?: string;
  readonly subject?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** Entries asked for at once. */
const pageMax = 1_000;

const explanation = `
Of what was done there are two entries: where it began, and how it ended. Looking at the record is recorded as well.

Example: millrace audit list --from 7d --subject hints`;

export const auditListCommand = withUrl(
  new Command('list').description('show who did what, the newest first'),
)
  .addOption(
    new Option('--from <time>', 'since: 30m, 2h, 7d, or a date').argParser((text) => sinceOf(text)),
  )
  .addOption(new Option('--to <time>', 'before').argParser((text) => sinceOf(text)))
  .option('--who <name>', 'who did it')
  .option('--subject <text>', 'what it was about: a key, the name of a model, a user')
  .addOption(
    new Option('--limit <number>', 'entries at most')
      .default(50)
      .argParser(numberBetween(1, 1_000_000)),
  )
  .option('--json', 'print the entries as JSON, one a line')
  .addHelpText('after', explanation)
  .action(async ({ url, from, to, who, subject, limit, json }: ListOptions) => {
    let left = Math.floor(limit);
    let after: string | null = null;
    let shown = 0;
    do {
      const page = { from, to, who, subject, after, limit: Math.min(pageMax, left) };
      const answer: AuditAnswer = await get(url, pathOf(page), AuditAnswer);
      for (const entry of answer.entries) {
        console.log(json === true ? JSON.stringify(entry) : lineOf(entry));
      }
      shown += answer.entries.length;
      left -= page.limit;
      after = answer.next;
    } while (after !== null && left > 0);
    if (shown === 0 && json !== true) console.log('No entries.');
  });

function pathOf(parameters: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  return `/v1/audit?${query}`;
}

function lineOf({ at, principal, act, subject, reason, status }: StoredAuditEntry): string {
  const how = status === 0 ? 'began' : String(status);
  const about = subject === '' ? '' : `  ${subject}`;
  const why = reason === '' ? '' : `  (${reason})`;
  return `${new Date(at).toISOString()}  ${printable(`${principal.name}  ${act}${about}  ${how}${why}`)}`;
}
