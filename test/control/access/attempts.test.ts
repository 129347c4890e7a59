/** Guessing gets dear: each failure beyond the free ones doubles the wait, up to a limit. */
import { expect, test } from 'vitest';
import { Attempts } from '../../../control/access/attempts.ts';

const options = { free: 3, firstMs: 1_000, mostMs: 60_000 };

test('the wait doubles behind the free attempts, up to the most', () => {
  const attempts = new Attempts(options);
  let now = 0;
  const waits: number[] = [];
  for (let i = 0; i < 12; i += 1) {
    const wait = attempts.waitMs('ada', now);
    waits.push(wait);
    now += wait;
    expect(attempts.waitMs('ada', now)).toBe(0);
    attempts.begin('ada', now);
  }
  expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60].map((s) => s * 1_000));
});

test('a thousand at once are a thousand', () => {
  const attempts = new Attempts(options);
  let made = 0;
  for (let i = 0; i < 1_000; i += 1) {
    if (attempts.waitMs('ada', 0) > 0) continue;
    attempts.begin('ada', 0);
    made += 1;
  }
  expect(made).toBe(options.free);
});

test('others are not kept waiting, success forgets, and so does an hour', () => {
  const attempts = new Attempts(options);
  for (let i = 0; i < 9; i += 1) attempts.begin('ada', 0);
  expect(attempts.waitMs('bob', 0)).toBe(0);
  expect(attempts.waitMs('ada', 3_600_000)).toBe(0);
  attempts.forget('ada');
  expect(attempts.waitMs('ada', 0)).toBe(0);
});

test('what is remembered is bounded', () => {
  const attempts = new Attempts({ ...options, free: 0, entriesMax: 10 });
  for (let i = 0; i < 1_000; i += 1) attempts.begin(`user-${i}`, 0);
  const remembered = Array.from({ length: 1_000 }, (_, i) => attempts.waitMs(`user-${i}`, 0));
  expect(remembered.filter((wait) => wait > 0)).toHaveLength(10);
});
