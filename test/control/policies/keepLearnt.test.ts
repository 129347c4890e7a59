/** Keeping up with what is learnt must leave the thread to those who ask. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { keepLearnt } from '../../../control/policies/keepLearnt.ts';

test('solving takes a quarter of the time at most, one policy a turn', async () => {
  const began = performance.now();
  let solving = 0;
  let inTurn = 0;
  let mostInTurn = 0;
  const keeping = keepLearnt({
    sums: { refresh: async () => new Set(['a', 'b']) },
    deciders: {
      refresh(policies) {
        const from = performance.now();
        if (inTurn === 0) {
          setImmediate(() => {
            inTurn = 0;
          });
        }
        inTurn += [...policies].length;
        mostInTurn = Math.max(mostInTurn, inTurn);
        while (performance.now() - from < 20);
        solving += performance.now() - from;
      },
    },
    isWanted: () => true,
    say: () => {},
    everyMs: 1,
  });
  await sleep(600);
  const share = solving / (performance.now() - began);
  await keeping.stop();
  expect(solving).toBeGreaterThan(40);
  expect(share).toBeLessThan(0.4);
  expect(mostInTurn).toBe(1);
});

test('a policy that fails holds up no other, and is tried again', async () => {
  const changed = [['a', 'b']];
  const tried: string[] = [];
  const said: string[] = [];
  const keeping = keepLearnt({
    sums: { refresh: async () => new Set(changed.pop()) },
    deciders: {
      refresh(policies) {
        const [policy] = policies;
        tried.push(policy!);
        if (policy === 'a' && tried.length < 3) throw new RangeError('not positive definite');
      },
    },
    isWanted: () => true,
    say: (sentence) => said.push(sentence),
    everyMs: 1,
  });
  await expect.poll(() => tried).toEqual(['a', 'b', 'a']);
  await keeping.stop();
  expect(tried).toEqual(['a', 'b', 'a']);
  expect(said).toEqual(['Policies decide by what they had learnt before: not positive definite']);
});
