import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DesignGroup } from '../../../stats/sequential/designCounts.ts';
import { predictGroups } from '../../../stats/sequential/predictGroups.ts';

const group = (period: number, low: number, ...counts: number[]): DesignGroup => ({
  period,
  low,
  high: low,
  counts: Float64Array.from({ length: 8 }, (_, i) => counts[[0, 1, 4, 5].indexOf(i)] ?? 0),
});

describe('predictGroups', () => {
  // Golden: by hand. Before: 10 units' worth of mean ½, deviation ½. Period 0: control 20 of 100, treatment 40 of 100, so that
  // the mean is 65 / 210, the arms' (30.95 + 20) / 200 and (30.95 + 40) / 200 and the variance 65 / 210 × 145 / 210.
  test('draws arms to the common mean and takes the rarer arm at its word', () => {
    const period0 = group(0, 0.5, 80, 20, 60, 40);
    const [first, second, third] = predictGroups([period0, group(1, 0.1), group(1, 0.5)]);
    expect(first).toMatchObject({ centre: 0.5, deviation: 0.5 });
    const mean = 65 / 210;
    const control = (100 * mean + 20) / 200;
    const treatment = (100 * mean + 40) / 200;
    const nearest = (x: number) => Math.round(256 * x) / 256;
    expect(second!.centre).toBe(nearest(0.9 * treatment + 0.1 * control));
    expect(third!.centre).toBe(nearest((treatment + control) / 2));
    const deviation = Math.sqrt(mean * (1 - mean));
    expect(Math.abs(Math.log2(third!.deviation / deviation))).toBeLessThanOrEqual(1 / 8 + 1e-12);
  });

  test('a belief does not know its own period or later ones', () => {
    const counts = fc.array(fc.nat(50), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(counts, counts, counts, counts, (past, own, otherwise, later) => {
        const before = [group(0, 0.5, ...past)];
        const [, one] = predictGroups([...before, group(1, 0.3, ...own), group(2, 0.3)]);
        const [, two] = predictGroups([
          ...before,
          group(1, 0.3, ...otherwise),
          group(1, 0.4, ...own),
          group(2, 0.3, ...later),
        ]);
        expect(two!.centre).toBe(one!.centre);
        expect(two!.deviation).toBe(one!.deviation);
        expect(one!.deviation).toBeGreaterThan(0);
      }),
    );
  });

  test('begins with a baseline that it is given', () => {
    const [first] = predictGroups([group(0, 0.5)], { mean: 0.125, deviation: 0.25, weight: 500 });
    expect(first).toMatchObject({ centre: 0.125, deviation: 0.25 });
  });

  test('refuses a belief without meaning', () => {
    const belief = { mean: 0.5, deviation: 0.5, weight: 10 };
    expect(() => predictGroups([], { ...belief, mean: 2 })).toThrow('mean: expected in [0, 1]');
    expect(() => predictGroups([], { ...belief, deviation: 0 })).toThrow('deviation: expected');
    expect(() => predictGroups([], { ...belief, weight: 0 })).toThrow('weight: expected above 0');
  });
});
