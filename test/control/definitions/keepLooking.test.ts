/** Looks and writes in turn, by the clock and on demand. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { keepLooking } from '../../../control/definitions/keepLooking.ts';

test('one at a time, whatever fails, and none after the end', async () => {
  let inside = 0;
  let looks = 0;
  const outcomes: unknown[] = [];
  const task = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await sleep(3);
    inside -= 1;
  };
  const { alone, close } = keepLooking({
    async look() {
      await task();
      looks += 1;
      if (looks === 2) throw new Error('away');
    },
    everyMs: 1,
    onLooked: (error) => outcomes.push(error),
  });
  const failing = alone(async () => {
    await task();
    throw new RangeError('not so');
  });
  const results = [alone(task), failing.catch(() => 'told'), alone(task)];
  expect(await Promise.all(results)).toEqual([undefined, 'told', undefined]);
  while (looks < 4) await sleep(1);
  const ending = close();
  const then = outcomes.length;
  await ending;
  const ended = looks;
  await sleep(20);
  expect(looks).toBe(ended);
  expect(outcomes.length).toBe(then);
  expect(outcomes.map((error) => error instanceof Error)).toEqual(outcomes.map((_, i) => i === 1));
});
