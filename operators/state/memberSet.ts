/**
 * How many distinct members something has, exactly while they are few: hashes of members up to a bound, then only that there are
 * as many or more.
 *
 * Two members with one hash count as one: of 32 with hashes of 32 bits that happens once in nine million sets, and never makes a
 * set look larger than it is. Once full, a step costs one comparison.
 */
import { peopleMax } from '../../contracts/groupMin.ts';

export interface MemberSetState {
  /** Distinct, in the order in which they came; empty when the set is full. */
  hashes: number[];
  /** There are `peopleMax` members or more. */
  isFull: boolean;
}

export const memberSet = {
  initial: (): MemberSetState => ({ hashes: [], isFull: false }),

  /** @param hash of 32 bits, the same for a member everywhere */
  step(state: MemberSetState, hash: number): void {
    if (state.isFull) return;
    const { hashes } = state;
    for (let i = hashes.length - 1; i >= 0; i -= 1) if (hashes[i] === hash) return;
    if (hashes.length < peopleMax - 1) hashes.push(hash);
    else fill(state);
  },

  merge(state: MemberSetState, other: MemberSetState): void {
    if (other.isFull) fill(state);
    for (const hash of other.hashes) memberSet.step(state, hash);
  },

  /** Distinct members; `peopleMax` stands for so many or more. */
  read: ({ hashes, isFull }: MemberSetState): number => (isFull ? peopleMax : hashes.length),
};

function fill(state: MemberSetState): void {
  state.hashes = [];
  state.isFull = true;
}
