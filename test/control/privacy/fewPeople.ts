/** Small tables of who did what when, and what an adversary can compute from linear figures of them. */
import fc from 'fast-check';
import type { People } from '../../../control/privacy/people.ts';

export interface Row {
  readonly user: number;
  readonly time: number;
  readonly part: number;
}

export const rowsOf = (times: number, parts: number, users: number): fc.Arbitrary<Row[]> =>
  fc.array(
    fc.record({
      user: fc.integer({ min: 1, max: users }),
      time: fc.integer({ min: 0, max: times - 1 }),
      part: fc.integer({ min: 0, max: parts - 1 }),
    }),
    { maxLength: 60 },
  );

export function peopleIn(rows: readonly Row[]): People {
  const users = [...new Set(rows.map(({ user }) => user))];
  return { people: users.length, users };
}

/** Whether a vector is a linear combination of others: exact up to rounding, by Gaussian elimination. */
export function isInSpan(
  vectors: readonly (readonly number[])[],
  wanted: readonly number[],
): boolean {
  const basis: { readonly vector: number[]; readonly pivot: number }[] = [];
  const reduce = (given: readonly number[]) => {
    const vector = [...given];
    for (const { vector: other, pivot } of basis) {
      const factor = vector[pivot]! / other[pivot]!;
      if (factor !== 0) for (let i = 0; i < vector.length; i += 1) vector[i]! -= factor * other[i]!;
    }
    return vector;
  };
  for (const each of vectors) {
    const vector = reduce(each);
    const size = Math.max(0, ...vector.map(Math.abs));
    if (size > 1e-9) basis.push({ vector, pivot: vector.findIndex((x) => Math.abs(x) === size) });
  }
  return reduce(wanted).every((x) => Math.abs(x) < 1e-7);
}
