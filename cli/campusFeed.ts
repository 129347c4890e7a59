/** The synthetic campus as the commands use it: its options, and where it goes on after a restart. */
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { type Campus, createCampus } from '../sources/campus/campus.ts';
import { numberBetween } from './commands/options.ts';
import { readRecord, writeRecord } from './storedRecord.ts';

export interface CampusChoice {
  readonly students: number;
  readonly rate: number;
  readonly seed: number;
}

/** What a campus is made from, and how far its records were taken: `campus.json` in the data directory. */
const CampusRecord = z.object({
  seed: z.number(),
  students: z.number(),
  rate: z.number(),
  /** ms since 1970. */
  start: z.number(),
  /** See `CampusOptions`. */
  edition: z.number().int().min(1).default(1),
  /** Arrival time up to which everything was taken, ms since 1970. */
  takenUntil: z.number(),
});
type CampusRecord = z.infer<typeof CampusRecord>;

const day = 86_400_000;
/** A campus is played anew from its start to where it goes on: so it does not grow older than this, ms. */
const ageMaxMs = 3 * day;

export function withCampusOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--students <number>', 'students of the synthetic campus')
        .default(2_000)
        .argParser(numberBetween(1, 1_000_000)),
    )
    .addOption(
      new Option('--rate <number>', 'mean events per second of the synthetic campus')
        .default(20)
        .argParser(numberBetween(0.1, 100_000)),
    )
    .addOption(
      new Option('--seed <number>', 'seed of the synthetic campus')
        .default(1)
        .argParser(numberBetween(0, 2 ** 31 - 1)),
    );
}

function campusOf({ seed, students, rate }: CampusChoice, start: number, edition = 1): Campus {
  // Hours and weekdays of the campus are those of this machine.
  const zoneOffsetMs = -new Date().getTimezoneOffset() * 60_000;
  return createCampus({ seed, students, intensity: rate, start, zoneOffsetMs, edition });
}

/** A campus that begins `pastMs` before `now`. */
export function newCampus(choice: CampusChoice, now: number, pastMs: number): Campus {
  return campusOf(choice, now - pastMs);
}

/**
 * The campus of a data directory: the one that was there, going on where it stopped, or a new one with a day of past.
 *
 * @param next edition of a new one
 * @returns `taken` is to be called with each arrival time up to which everything was taken
 */
export function storedCampus(choice: CampusChoice, file: string, now: number, next = 1) {
  const stored = readRecord(file, CampusRecord);
  const same =
    stored !== undefined &&
    stored.seed === choice.seed &&
    stored.students === choice.students &&
    stored.rate === choice.rate &&
    now - stored.start < ageMaxMs;
  const start = same ? stored.start : Math.max(now - day, stored?.takenUntil ?? 0);
  const from = same ? stored.takenUntil : start;
  const { seed, students, rate } = choice;
  const edition = same ? stored.edition : next;
  return {
    campus: campusOf(choice, start, edition),
    from,
    resumed: same,
    taken(takenUntil: number): void {
      const record: CampusRecord = { seed, students, rate, start, edition, takenUntil };
      writeRecord(file, record);
    },
  };
}
