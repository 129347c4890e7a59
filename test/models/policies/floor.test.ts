import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { raiseToFloor } from '../../../models/policies/floor.ts';

function raised(
  floor: number,
  probabilities: readonly number[],
  eligible = probabilities.map(() => 1),
): number[] {
  const into = Float64Array.from(probabilities);
  raiseToFloor(floor, Uint8Array.from(eligible), into);
  return [...into];
}

const near = (...values: number[]) => values.map((value) => expect.closeTo(value, 12));

describe('raiseToFloor', () => {
  test('of 0 changes nothing', () => {
    expect(raised(0, [0.25, 0.75, 0])).toEqual([0.25, 0.75, 0]);
  });

  // Golden: Vowpal Wabbit, explore_test.cc, enforce_minimum_probability; there the amount is ours, for all together.
  test.each([
    [0.3, [1, 0, 0], [0.8, 0.1, 0.1]],
    [1, [0.9, 0.1, 0, 0], [0.25, 0.25, 0.25, 0.25]],
    // By hand: 0.11 pays for the zeros and would fall below 0.1, so it is raised to it.
    [0.4, [0.89, 0.11, 0, 0], [0.7, 0.1, 0.1, 0.1]],
  ])('floor %f', (floor, probabilities, expected) => {
    expect(raised(floor, probabilities)).toEqual(near(...expected));
  });

  test('the floor is for who is eligible', () => {
    const found = raised(0.2, [1, 0, 0], [1, 1, 0]);
    expect(found).toEqual(near(0.9, 0.1, 0));
  });

  test('keeps a distribution, the floor and the order of the actions', () => {
    const input = fc.record({
      weights: fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }),
      mask: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      floor: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(input, ({ weights, mask, floor }) => {
        const eligible = weights.map((_, i) => (mask[i] === true ? 1 : 0));
        const total = weights.reduce((sum, weight, i) => sum + weight * eligible[i]!, 0);
        fc.pre(total > 0);
        const probabilities = weights.map((weight, i) => (weight * eligible[i]!) / total);
        const found = raised(floor, probabilities, eligible);
        const count = eligible.reduce<number>((sum, each) => sum + each, 0);
        expect(Math.abs(found.reduce((sum, each) => sum + each, 0) - 1)).toBeLessThan(1e-12);
        for (let i = 0; i < found.length; i += 1) {
          const least = eligible[i]! > 0 ? floor / count : 0;
          expect(found[i]).toBeGreaterThanOrEqual(least * (1 - 1e-12));
          if (eligible[i] === 0) expect(found[i]).toBe(0);
          for (let j = 0; j < i; j += 1) {
            if (probabilities[j]! <= probabilities[i]! && eligible[i]! > 0) {
              expect(found[j]).toBeLessThanOrEqual(found[i]! + 1e-12);
            }
          }
        }
      }),
    );
  });

  test('refuses what is no distribution, and to choose among none', () => {
    expect(() => raised(0, [0.5, 0.4])).toThrow('probabilities: expected to add up to 1');
    expect(() => raised(0, [NaN, 1])).toThrow('probabilities: expected to add up to 1');
    expect(() => raised(0, [0, 0], [0, 0])).toThrow('eligible: expected at least one');
  });
});
