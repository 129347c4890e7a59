import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import { roundToGrid } from '../../../stats/sequential/roundToGrid.ts';

const part = fc.double({ min: 0, max: 1, noNaN: true });

describe('roundToGrid', () => {
  // Golden: by hand.
  test('chooses the upper neighbour for draws below the part beyond the lower', () => {
    expect(roundToGrid(0.25, 2, 0.2)).toBe(1);
    expect(roundToGrid(0.25, 2, 0.25)).toBe(0);
    expect(roundToGrid(0.55, 11, 0.49)).toBe(6);
    expect(roundToGrid(0.55, 11, 0.51)).toBe(5);
  });

  test('keeps grid points whatever the draw', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(300), part, (bins, at, draw) => {
        const index = at % bins;
        expect(roundToGrid(index / (bins - 1), bins, draw === 1 ? 0 : draw)).toBe(index);
      }),
    );
  });

  // The mean over draws is the measure of draws that go up: where the answer changes is the part itself.
  test('has the mean of its input', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), part, (bins, value) => {
        const lower = roundToGrid(value, bins, 1 - 2 ** -53);
        const beyond = value * (bins - 1) - lower;
        if (beyond > 1e-12) expect(roundToGrid(value, bins, beyond * (1 - 1e-12))).toBe(lower + 1);
        if (beyond < 1 - 1e-12) expect(roundToGrid(value, bins, beyond + 1e-12)).toBe(lower);
        expect(Math.abs(beyond)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('keeps the mean of exponential outcomes and adds no more than a quarter of a squared step', () => {
    const random = randomState(3);
    const n = 40_000;
    const step = 1 / 63;
    let sum = 0;
    let excess = 0;
    for (let i = 0; i < n; i += 1) {
      const value = Math.min(1, -Math.log(1 - uniform(random)) / 6);
      const error = roundToGrid(value, 64, uniform(random)) * step - value;
      sum += error;
      excess += error * error;
    }
    expect(Math.abs(sum / n)).toBeLessThan((4 * step) / 2 / Math.sqrt(n));
    expect(excess / n).toBeLessThan((step * step) / 4);
    expect(excess / n).toBeGreaterThan((step * step) / 10); // a sixth for a smooth density
  });

  test('refuses what is not capped', () => {
    expect(() => roundToGrid(1.01, 64, 0)).toThrow('value: expected in [0, 1], got 1.01');
    expect(() => roundToGrid(NaN, 64, 0)).toThrow(RangeError);
    expect(() => roundToGrid(0.5, 1, 0)).toThrow('bins: expected an integer from 2, got 1');
  });
});
