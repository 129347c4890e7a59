/**
 * Which parts of a whole are shown when the whole is known: those with enough people, as long as the others have enough together.
 *
 * The parts that are not shown can be computed as one, the whole less the parts shown. So they are one group like the others: it
 * must have enough people, and where it has not, the smallest part that would be shown joins it. Then the parts shown and that
 * group are a partition into groups of enough people each.
 *
 * Source: Cox 1980 (complementary suppression); Hundepool et al. 2012, §4.
 */
import { type People, PeopleUnion } from './people.ts';

export interface Part {
  readonly people: People;
  /** Rows: of parts with enough people, the one with the fewest rows is the first to be withheld. */
  readonly rows: number;
}

/**
 * @param parts disjoint, all of the whole
 * @param least smallest group that may be shown
 * @returns for each part whether it is shown
 *
 * @example
 * // Of 3, 40 and 60 users and k = 10: [false, false, true].
 */
export function shownParts(parts: readonly Part[], least: number): boolean[] {
  const shown = parts.map(({ people }) => people.people >= least);
  const hidden = new PeopleUnion();
  parts.forEach(({ people }, i) => {
    if (!shown[i]) hidden.add(people);
  });
  if (!shown.includes(false) || hidden.count >= least) return shown;
  let smallest = -1;
  parts.forEach(({ rows }, i) => {
    if (shown[i] && (smallest < 0 || rows < parts[smallest]!.rows)) smallest = i;
  });
  if (smallest >= 0) shown[smallest] = false;
  return shown;
}
