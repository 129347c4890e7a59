/**
 * The limit of a day's distance from reference days (`stats/drift/dayToDay.ts`): how many days without drift exceed it, and how many
 * with a shift, for rows that hang together in several ways. Beside it the critical value for independent rows alone.
 *
 * The shift doubles the share of the most frequent value, others giving way evenly.
 */
import { dayToDay, dayToDayLimit } from '../stats/drift/dayToDay.ts';
import { populationStability } from '../stats/drift/populationStability.ts';
import { randomState } from '../stats/random.ts';
import type { Figures, Size } from './run.ts';
import { clusteredDay, type DayKind } from './support/clusteredDays.ts';

const alpha = 0.01;
const users = { users: 40, rowsOfUser: 25, likeness: 3, dayEffect: 0 };

interface Setting {
  readonly name: string;
  readonly values: number;
  readonly kind: DayKind;
  /** Of the day that is judged; by default as many as of the others. */
  readonly usersLater?: number;
}

const settings: readonly Setting[] = [
  { name: 'independent', values: 10, kind: { ...users, likeness: Infinity } },
  { name: 'users', values: 8, kind: users },
  { name: 'few users', values: 8, kind: { ...users, users: 12, rowsOfUser: 80, likeness: 2 } },
  { name: 'days', values: 8, kind: { ...users, likeness: Infinity, dayEffect: 0.3 } },
  { name: 'many values', values: 100, kind: { ...users, likeness: 5 } },
  { name: 'two values', values: 2, kind: users },
  { name: 'fewer rows', values: 8, kind: users, usersLater: 12 },
];

function sharesOf(values: number): number[] {
  const weights = Array.from({ length: values }, (_, i) => 1 / (1 + 0.3 * i));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / all);
}

function shifted([first = 0, ...others]: readonly number[]): number[] {
  const all = 1 + first;
  return [(2 * first) / all, ...others.map((share) => share / all)];
}

export async function run({ full }: Size): Promise<Figures> {
  const figures: Record<string, number> = {};
  const runs = full ? 2_000 : 40;
  let worst = 0;
  for (const [i, { name, values, kind, usersLater = kind.users }] of settings.entries()) {
    const shares = sharesOf(values);
    for (const days of [3, 7, 14]) {
      const random = randomState(1_000 * i + days);
      const exceeding = { critical: 0, limit: 0, shifted: 0 };
      for (let each = 0; each < runs; each += 1) {
        const parts = Array.from({ length: days }, () => clusteredDay(random, shares, kind));
        const reference = shares.map((_, bin) => parts.reduce((sum, day) => sum + day[bin]!, 0));
        const between = dayToDay(parts);
        const judge = (of: readonly number[]) => {
          const current = clusteredDay(random, of, { ...kind, users: usersLater });
          const read = populationStability({ reference, current }, alpha);
          const limit = Math.max(read.critical, dayToDayLimit(between, read.noise, alpha));
          return { critical: read.distance > read.critical, limit: read.distance > limit };
        };
        const still = judge(shares);
        if (still.critical) exceeding.critical += 1;
        if (still.limit) exceeding.limit += 1;
        if (judge(shifted(shares)).limit) exceeding.shifted += 1;
      }
      const of = `${name}, ${days} days`;
      figures[`exceeding, ${of}`] = exceeding.limit / runs;
      figures[`exceeding_critical, ${of}`] = exceeding.critical / runs;
      figures[`shift_found, ${of}`] = exceeding.shifted / runs;
      worst = Math.max(worst, exceeding.limit / runs);
    }
  }
  return { ...figures, days_without_drift: runs, exceeding_worst: worst };
}
