import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextTryAt, triedForMs } from '../../../control/notices/retryPace.ts';

const hour = 3_600_000;

/** When tries are made if all fail, and the pauses between them. */
function tries(random: () => number): number[] {
  const at = [0];
  for (let attempts = 1; ; attempts += 1) {
    const next = nextTryAt({ madeAt: 0, attempts, now: at.at(-1)!, random: random() });
    if (next === undefined) return at;
    at.push(next);
  }
}

test('pauses double from ten seconds to an hour, for a day', () => {
  const at = tries(() => 1 - 1e-9);
  const pauses = at.slice(1).map((time, i) => Math.round((time - at[i]!) / 1_000));
  expect(pauses.slice(0, 11)).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
  expect(at.at(-1)).toBe(triedForMs);
  // 10 s · (2⁹ − 1) = 5110 s; of the other 81 290 s each hour one, and one at the end.
  expect(at.length).toBe(1 + 9 + 22 + 1);
});

test('the last try is at the end of the day, whatever chance and the other side say', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }),
      (draws) => {
        let i = 0;
        const at = tries(() => draws[i++ % draws.length]!);
        expect(at.at(-1)).toBe(triedForMs);
        at.slice(1).forEach((time, k) => {
          const most = Math.min(hour, 10_000 * 2 ** k);
          const pause = time - at[k]!;
          expect(pause).toBeLessThanOrEqual(most);
          // Jitter takes a half at most; the last may be sooner, because the day ends.
          if (time < triedForMs) expect(pause).toBeGreaterThanOrEqual(most / 2 - 1);
        });
      },
    ),
  );
  const asked = (retryAfterMs: number) =>
    nextTryAt({ madeAt: 0, attempts: 1, now: 1_000, retryAfterMs, random: 0 });
  expect(asked(0)).toBe(6_000);
  expect(asked(90_000)).toBe(91_000);
  expect(asked(90 * 24 * hour)).toBe(triedForMs);
});

test('the example', () => {
  expect(nextTryAt({ madeAt: 0, attempts: 3, now: 60_000, random: 0.5 })).toBe(90_000);
});
