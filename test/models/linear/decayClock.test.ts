import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decayClock } from '../../../models/linear/decayClock.ts';

describe('decayClock', () => {
  test('weights double with every half-life from the landmark', () => {
    const clock = decayClock(1_000);
    expect(clock.landmark(32_000)).toBe(1);
    expect(clock.weight(32_000, 1)).toBe(1);
    expect(clock.weight(33_000, 1)).toBe(2);
    expect(clock.shift(1, 2)).toBe(2 ** -32);
  });

  test('without forgetting all weights are 1', () => {
    const clock = decayClock(Infinity);
    expect([clock.landmark(1e12), clock.weight(1e12, 0), clock.tick(1e12)]).toEqual([0, 1, 0]);
  });

  test('a tick is at most a 64th of a half-life old, never before its landmark, and its own', () => {
    const halfLives = fc.integer({ min: 1, max: 10 ** 11 });
    const times = fc.integer({ min: 0, max: 4 * 10 ** 12 });
    fc.assert(
      fc.property(halfLives, times, (halfLifeMs, time) => {
        const clock = decayClock(halfLifeMs);
        const tick = clock.tick(time);
        expect(tick).toBeLessThanOrEqual(time);
        expect(time - tick).toBeLessThan(halfLifeMs / 64 + 1e-3);
        expect(tick).toBeGreaterThanOrEqual(clock.landmark(time) * 32 * halfLifeMs);
        expect(clock.tick(Math.max(tick, Math.ceil(tick)))).toBeCloseTo(tick, 2);
      }),
    );
  });
});
