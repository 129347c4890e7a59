/** Days of rows that hang together: those of one user resemble each other, and those of one day a little. */
import { normal, type RandomState, uniform } from '../../stats/random.ts';

export interface DayKind {
  /** Users of a day, drawn anew each day. */
  readonly users: number;
  readonly rowsOfUser: number;
  /** The more, the more a user is like all others; Infinity: rows are independent. */
  readonly likeness: number;
  /** Standard deviation of ln shares from day to day. */
  readonly dayEffect: number;
}

/** Marsaglia & Tsang 2000; below a shape of 1 by way of one more, as they say. */
function gamma(random: RandomState, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * uniform(random) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(uniform(random)) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Rows of a day by value. @param shares of the values, > 0, adding up to 1 */
export function clusteredDay(
  random: RandomState,
  shares: readonly number[],
  { users, rowsOfUser, likeness, dayEffect }: DayKind,
): number[] {
  const counts = shares.map(() => 0);
  const today = shares.map((share) => share * Math.exp(dayEffect * normal(random)));
  for (let user = 0; user < users; user += 1) {
    const own = likeness === Infinity ? today : today.map((x) => gamma(random, x * likeness));
    const all = own.reduce((sum, x) => sum + x, 0);
    for (let row = 0; row < rowsOfUser; row += 1) {
      let left = uniform(random) * all;
      const value = own.findIndex((x) => {
        left -= x;
        return left < 0;
      });
      counts[Math.max(0, value)]! += 1;
    }
  }
  return counts;
}
