import { describe, expect, test } from 'vitest';
import { type Days, keepDays } from '../../control/keptDays.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const days = (from: number, to: number): Days => ({ from: from * dayMs, to: to * dayMs });
const one = () => 1;

/** Answers each day but those that are `empty` with its number and how often anything was asked, and notes what was asked. */
function source(empty: readonly number[] = []) {
  const asked: string[] = [];
  const ask = async ({ from, to }: Days): Promise<Map<number, string>> => {
    asked.push(`${from / dayMs}-${to / dayMs}`);
    const found = new Map<number, string>();
    for (let start = from; start < to; start += dayMs) {
      const day = start / dayMs;
      if (!empty.includes(day)) found.set(start, `${day} of ${asked.length}`);
    }
    return found;
  };
  return { asked, ask };
}

describe('days that are over', () => {
  test('are asked for once, and what is new of those that are not each time', async () => {
    const { asked, ask } = source();
    const kept = keepDays(() => 0);
    const read = () => kept.read('a', days(0, 4), 3 * dayMs, ask, one);
    expect([...(await read()).values()]).toEqual(['0 of 1', '1 of 1', '2 of 1', '3 of 1']);
    expect([...(await read()).values()]).toEqual(['0 of 1', '1 of 1', '2 of 1', '3 of 2']);
    expect(asked).toEqual(['0-4', '3-4']);
  });

  test('are kept one by one: a longer range asks for what it adds', async () => {
    const { asked, ask } = source();
    const kept = keepDays(() => 0);
    await kept.read('a', days(3, 5), 9 * dayMs, ask, one);
    await kept.read('a', days(4, 7), 9 * dayMs, ask, one);
    const all = await kept.read('a', days(3, 7), 9 * dayMs, ask, one);
    expect(asked).toEqual(['3-5', '5-7']);
    expect([...all.keys()].map((start) => start / dayMs)).toEqual([3, 4, 5, 6]);
  });

  test('without rows are known to have none', async () => {
    const { asked, ask } = source([1]);
    const kept = keepDays(() => 0);
    const read = () => kept.read('a', days(0, 3), 3 * dayMs, ask, one);
    expect((await read()).size).toBe(2);
    expect((await read()).size).toBe(2);
    expect(asked).toEqual(['0-3']);
  });

  test('are told apart by what is asked', async () => {
    const { asked, ask } = source();
    const kept = keepDays(() => 0);
    await kept.read('a', days(0, 1), dayMs, ask, one);
    await kept.read('b', days(0, 1), dayMs, ask, one);
    expect(asked).toHaveLength(2);
  });

  test('are asked for again when a partition may have been late: after six hours', async () => {
    const { asked, ask } = source();
    let now = 0;
    const kept = keepDays(() => now);
    const read = () => kept.read('a', days(0, 1), dayMs, ask, one);
    await read();
    now = 6 * hourMs - 1;
    await read();
    expect(asked).toHaveLength(1);
    now += 1;
    expect([...(await read()).values()]).toEqual(['0 of 2']);
    await read();
    expect(asked).toHaveLength(2);
  });

  test('whose reading failed are not kept', async () => {
    const { ask } = source();
    const kept = keepDays(() => 0);
    const fail = () => Promise.reject(new Error('no answer'));
    await expect(kept.read('a', days(0, 1), dayMs, fail, one)).rejects.toThrow('no answer');
    expect((await kept.read('a', days(0, 1), dayMs, ask, one)).size).toBe(1);
  });
});

describe('what there is no room for', () => {
  test('what was asked for longest ago goes first, and everything is answered all the same', async () => {
    const { asked, ask } = source();
    const kept = keepDays(() => 0, 10);
    const read = (of: string) => kept.read(of, days(0, 3), 3 * dayMs, ask, () => 1);
    for (const of of ['a', 'b', 'a', 'b', 'c']) expect((await read(of)).size).toBe(3);
    // Each takes six: of two there is never room.
    expect(asked).toHaveLength(5);
    await read('c');
    expect(asked).toHaveLength(5);
  });

  test('what is larger than all the room is not kept', async () => {
    const { asked, ask } = source();
    const kept = keepDays(() => 0, 10);
    for (let i = 0; i < 2; i += 1) {
      expect((await kept.read('a', days(0, 3), 3 * dayMs, ask, () => 100)).size).toBe(3);
    }
    expect(asked).toHaveLength(2);
    await kept.read('b', days(0, 3), 3 * dayMs, ask, one);
    await kept.read('b', days(0, 3), 3 * dayMs, ask, one);
    expect(asked).toHaveLength(3);
  });
});
