import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterEvenHours, chronotypes, intensityAt } from '../../../sources/campus/calendar.ts';

const hour = 3_600_000;
const monday = Date.UTC(2026, 2, 2);

describe('the calendar', () => {
  test.each(chronotypes.map((_, i) => i))('gives chronotype %i a mean intensity of 1', (kind) => {
    let sum = 0;
    for (let i = 0; i < 168; i += 1) sum += intensityAt(kind, monday + i * hour);
    expect(sum / 168).toBeCloseTo(1, 12);
  });

  test('has school hours above nights and weekdays above weekends', () => {
    expect(intensityAt(1, monday + 10 * hour)).toBeGreaterThan(
      3 * intensityAt(1, monday + 3 * hour),
    );
    expect(intensityAt(1, monday + 10 * hour)).toBeGreaterThan(
      2 * intensityAt(1, monday + (5 * 24 + 10) * hour),
    );
  });

  test('bends even hours back: the intensity over the way is what was asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 0, max: 400 * hour }),
        fc.double({ min: 0, max: 400, noNaN: true }),
        (kind, offset, evenHours) => {
          const from = monday + offset;
          const to = afterEvenHours(kind, from, evenHours);
          let sum = 0;
          for (let at = from; at < to; ) {
            const next = Math.min(to, (Math.floor(at / hour) + 1) * hour);
            sum += (intensityAt(kind, at) * (next - at)) / hour;
            at = next;
          }
          expect(sum).toBeCloseTo(evenHours, 5);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });
});
