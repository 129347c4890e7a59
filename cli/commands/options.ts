/** Options that several commands share, and how the command line turns them into settings. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { encodeActor, readActor } from '../../contracts/actor.ts';
import { readSettings, type Settings } from '../../contracts/settings.ts';

/** A number within [minimum, maximum]. */
export function numberBetween(minimum: number, maximum: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`expected a number between ${minimum} and ${maximum}`);
  };
}

export function withData(command: Command): Command {
  return command.option(
    '--data <directory>',
    'where the embedded stores keep their files (MILLRACE_DATA)',
  );
}

export function withSettings(command: Command): Command {
  return withData(command)
    .option('--port <number>', 'port of dashboard and API (PORT)')
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--partitions <number>', 'partitions of a new event log (MILLRACE_PARTITIONS)')
    .option('--roles <names>', 'what this process does: data,control,serving (MILLRACE_ROLES)');
}

export function settingsOf(options: Readonly<Record<string, unknown>>): Settings {
  const { data, port, host, partitions, roles } = options;
  return readSettings(process.env, { data, port, host, partitions, roles });
}

export function withUrl(command: Command): Command {
  return command.addOption(
    new Option('--url <address>', 'the running engine')
      .default(`http://localhost:${process.env['PORT'] ?? 8080}`)
      .argParser(httpAddress),
  );
}

function httpAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('expected an address like http://localhost:8080');
}

/** Of commands that change something: who does so, and why. */
export interface ByOptions {
  readonly url: string;
  readonly reason: string;
  readonly actor?: string;
}

export function withReason(command: Command): Command {
  return withUrl(command)
    .requiredOption('--reason <text>', 'why, for the record')
    .addOption(
      new Option(
        '--actor <name>',
        'who does it, for the record (default: administrator)',
      ).argParser(actorName),
    );
}

/** A name as it may stand in the record. */
export function actorName(text: string): string {
  const read = readActor(encodeActor(text));
  if ('name' in read) return read.name;
  throw new InvalidArgumentError(read.problem);
}
