import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyCaps, Constraints, constrain } from '../../../models/policies/constraints.ts';

const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

function constrained(
  constraints: Partial<Constraints>,
  probabilities: readonly number[],
  eligible = probabilities.map(() => 1),
): number[] {
  const into = Float64Array.from(probabilities);
  const actions = keys.slice(0, probabilities.length);
  constrain(Constraints.parse(constraints), actions, Uint8Array.from(eligible), into);
  return [...into];
}

const near = (...values: number[]) => values.map((value) => expect.closeTo(value, 12));

describe('constrain', () => {
  test('by default changes nothing', () => {
    expect(constrained({}, [0.25, 0.75, 0])).toEqual([0.25, 0.75, 0]);
  });

  // Golden: Vowpal Wabbit, explore_test.cc, enforce_minimum_probability; there the amount is ours, for all together.
  test.each([
    [0.3, [1, 0, 0], [0.8, 0.1, 0.1]],
    [1, [0.9, 0.1, 0, 0], [0.25, 0.25, 0.25, 0.25]],
    // By hand: 0.11 pays for the zeros and would fall below 0.1, so it is raised to it.
    [0.4, [0.89, 0.11, 0, 0], [0.7, 0.1, 0.1, 0.1]],
  ])('floor %f', (floor, probabilities, expected) => {
    expect(constrained({ floor }, probabilities)).toEqual(near(...expected));
  });

  test('the floor is for who is eligible', () => {
    const found = constrained({ floor: 0.2 }, [1, 0, 0], [1, 1, 0]);
    expect(found).toEqual(near(0.9, 0.1, 0));
  });

  test('temperature sharpens and flattens', () => {
    expect(constrained({ temperature: 0.5 }, [0.75, 0.25])).toEqual(near(0.9, 0.1));
    expect(constrained({ temperature: 2 }, [0.9, 0.1])).toEqual(near(0.75, 0.25));
    expect(constrained({ temperature: 0.01 }, [0.6, 0.4, 0])).toEqual(near(1, 0, 0));
  });

  test('the control has its share of all decisions', () => {
    const controlShare = 0.1;
    expect(constrained({ controlShare }, [1, 0])).toEqual(near(0.95, 0.05));
    expect(constrained({ controlShare, control: 'b' }, [1, 0])).toEqual(near(0.9, 0.1));
    // Not eligible: evenly.
    expect(constrained({ controlShare, control: 'c' }, [1, 0, 0], [1, 1, 0])).toEqual(
      near(0.95, 0.05, 0),
    );
  });

  test('keeps a distribution, the floor and the order of the actions', () => {
    const input = fc.record({
      weights: fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }),
      mask: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      floor: fc.double({ min: 0, max: 1, noNaN: true }),
      temperature: fc.double({ min: 0.05, max: 10, noNaN: true }),
      controlShare: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(input, ({ weights, mask, ...constraints }) => {
        const eligible = weights.map((_, i) => (mask[i] === true ? 1 : 0));
        const total = weights.reduce((sum, weight, i) => sum + weight * eligible[i]!, 0);
        fc.pre(total > 0);
        const probabilities = weights.map((weight, i) => (weight * eligible[i]!) / total);
        const found = constrained(constraints, probabilities, eligible);
        const count = eligible.reduce<number>((sum, each) => sum + each, 0);
        expect(Math.abs(found.reduce((sum, each) => sum + each, 0) - 1)).toBeLessThan(1e-12);
        for (let i = 0; i < found.length; i += 1) {
          const least = eligible[i]! > 0 ? constraints.floor / count : 0;
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
    expect(() => constrained({}, [0.5, 0.4])).toThrow('probabilities: expected to add up to 1');
    expect(() => constrained({}, [NaN, 1])).toThrow('probabilities: expected to add up to 1');
    expect(() => constrained({}, [0, 0], [0, 0])).toThrow('eligible: expected at least one');
  });
});

test('applyCaps takes away who was seen often enough', () => {
  const eligible = Uint8Array.of(1, 1, 0, 1);
  expect(applyCaps(eligible, [0, 3, 0, 9], [1, 3, 5, Infinity])).toBe(2);
  expect([...eligible]).toEqual([1, 0, 0, 1]);
});
