/** Values with declared bounds, as shares of their range. */
import { unexpected } from '../../contracts/statistic.ts';

export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

export interface Bounded {
  /** Largest less least value. */
  readonly width: number;
  /** What keeps the value from being taken. */
  problem(value: number): string | undefined;
  /** In [0, 1] for a value within the bounds. */
  shareOf(value: number): number;
  /** The value of a share. */
  valueOf(share: number): number;
}

/** @throws RangeError unless lower is below upper */
export function bounded({ lower, upper }: Bounds): Bounded {
  if (!(lower < upper)) throw new RangeError(unexpected('lower', `below ${upper}`, lower));
  const width = upper - lower;
  const expected = `in [${lower}, ${upper}]`;
  return {
    width,
    problem: (value) =>
      value >= lower && value <= upper ? undefined : unexpected('value', expected, value),
    shareOf: (value) => (value - lower) / width,
    valueOf: (share) => lower + share * width,
  };
}
