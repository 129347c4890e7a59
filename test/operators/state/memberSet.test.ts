/** Sets of members: exact while few, and one set of parts that were counted apart. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { peopleMax } from '../../../contracts/groupMin.ts';
import { memberSet } from '../../../operators/state/memberSet.ts';

const hashes = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 90 });

function setOf(members: readonly number[]) {
  const state = memberSet.initial();
  for (const member of members) memberSet.step(state, member);
  return state;
}

test('counts distinct members up to the bound, and keeps nobody beyond it', () => {
  fc.assert(
    fc.property(hashes, (members) => {
      const state = setOf(members);
      const distinct = new Set(members).size;
      expect(memberSet.read(state)).toBe(Math.min(distinct, peopleMax));
      expect(state.hashes.length).toBe(distinct >= peopleMax ? 0 : distinct);
    }),
  );
});

test('merged sets are the set of all', () => {
  fc.assert(
    fc.property(hashes, hashes, (one, other) => {
      const merged = setOf(one);
      memberSet.merge(merged, setOf(other));
      expect(memberSet.read(merged)).toBe(memberSet.read(setOf([...one, ...other])));
    }),
  );
});
