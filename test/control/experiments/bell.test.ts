/** A pause that may be ended early, and no ring is missed. */
import { expect, test } from 'vitest';
import { Bell } from '../../../control/experiments/bell.ts';

const { signal } = new AbortController();

test('ends by its time, by a ring, or at once by a ring that came before', async () => {
  const bell = new Bell();
  expect(await bell.rest(1, signal)).toBe(false);
  setTimeout(() => bell.ring(), 1);
  expect(await bell.rest(Infinity, signal)).toBe(true);
  bell.ring();
  bell.ring();
  expect(await bell.rest(Infinity, signal)).toBe(true);
  expect(await bell.rest(1, signal)).toBe(false);
});

test('ends when the signal aborts, also before it has begun', async () => {
  const bell = new Bell();
  const stopping = new AbortController();
  setTimeout(() => stopping.abort(), 1);
  expect(await bell.rest(Infinity, stopping.signal)).toBe(false);
  expect(await bell.rest(Infinity, stopping.signal)).toBe(false);
});
