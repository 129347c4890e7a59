/** Segments of experiments: small ones are left out, with as many others as keep them from being computed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentGroups } from '../../../control/experiments/segmentGroups.ts';

const size = (segment: string, ...units: number[]) => ({ segment, units });

test('two small ones that are too few together take the next smallest with them', () => {
  const sizes = [
    size('course=a', 3, 4),
    size('course=b', 2, 2),
    size('course=c', 30, 30),
    size('course=d', 90, 90),
  ];
  expect(segmentGroups(sizes)).toEqual({
    shown: ['course=d'],
    suppressed: ['course=a', 'course=b', 'course=c'],
  });
  expect(
    segmentGroups([size('course=a', 9, 40), size('course=b', 8, 40), size('x=c', 30, 30)]),
  ).toEqual({
    shown: ['x=c'],
    suppressed: ['course=a', 'course=b'],
  });
});

test('of each name those shown have enough in each arm, and those left out together, unless all are', () => {
  const value = fc.tuple(fc.constantFrom('x', 'y'), fc.nat(30), fc.nat(30));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 8 }), fc.integer({ min: 2, max: 12 }), (values, k) => {
      const sizes = values.map(([name, a, b], i) => size(`${name}=${i}`, a, b));
      const { shown, suppressed } = segmentGroups(sizes, k);
      expect([...shown, ...suppressed].sort()).toEqual(sizes.map(({ segment }) => segment).sort());
      for (const { segment, units } of sizes) {
        if (shown.includes(segment)) expect(Math.min(...units)).toBeGreaterThanOrEqual(k);
      }
      for (const name of ['x', 'y']) {
        const of = sizes.filter(({ segment }) => segment.startsWith(name));
        const left = of.filter(({ segment }) => suppressed.includes(segment));
        if (left.length === 0 || left.length === of.length) continue;
        for (const arm of [0, 1]) {
          const units = left.reduce((sum, each) => sum + each.units[arm]!, 0);
          expect(units).toBeGreaterThanOrEqual(k);
        }
      }
    }),
  );
});
