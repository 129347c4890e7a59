/** Which dead letters a command is about: its options, and what they say to the engine. */
import { type Command, Option } from 'commander';
import { errors } from '../../contracts/errors.ts';
import { sinceOf } from '../since.ts';
import { withUrl } from './options.ts';

export interface LetterFilter {
  readonly url: string;
  readonly code?: string;
  /** ms since 1970. */
  readonly since?: number;
}

const eventCodes = Object.keys(errors).filter((code) => code.startsWith('EVENT_'));

export function withLetterFilter(command: Command): Command {
  return withUrl(command)
    .addOption(new Option('--code <code>', 'refused with this code').choices(eventCodes))
    .addOption(
      new Option('--since <time>', 'received since: 30m, 2h, 7d, or a date').argParser((text) =>
        sinceOf(text),
      ),
    );
}

/** As the API takes it; what is absent is left out. */
export function conditionsOf({ code, since }: LetterFilter): { code?: string; from?: number } {
  return {
    ...(code === undefined ? {} : { code }),
    ...(since === undefined ? {} : { from: since }),
  };
}

/** Path of a list of letters. */
export function lettersPath(parameters: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) query.set(name, String(value));
  return `/v1/dead-letters?${query}`;
}
