import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawAction } from '../../../models/policies/drawAction.ts';
import {
  drawSlate,
  positionProbabilities,
  slateProbability,
} from '../../../models/policies/slate.ts';
import { randomState, uniform } from '../../../stats/random.ts';

/** Calls `visit` with every slate of so many different actions. */
function everySlate(actions: number, positions: number, visit: (slate: number[]) => void): void {
  const extend = (slate: number[]): void => {
    if (slate.length === positions) {
      visit(slate);
      return;
    }
    for (let action = 0; action < actions; action += 1) {
      if (!slate.includes(action)) extend([...slate, action]);
    }
  };
  extend([]);
}

const distribution = fc
  .array(fc.double({ min: -5, max: 0, noNaN: true }), { minLength: 2, maxLength: 6 })
  .map((powers) => {
    const weights = powers.map((power) => 10 ** power);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return Float64Array.from(weights, (weight) => weight / sum);
  });

describe('drawAction', () => {
  test('cuts [0, 1) in the order of the actions', () => {
    const probabilities = Float64Array.of(0, 0.25, 0, 0.5, 0.25, 0);
    const found = [0, 0.2499, 0.25, 0.7499, 0.75, 1 - 2 ** -53].map((u) =>
      drawAction(probabilities, u),
    );
    expect(found).toEqual([1, 1, 3, 3, 4, 4]);
    expect(drawAction(Float64Array.of(0.1, 0.2, 0.7 - 1e-13, 0), 1 - 2 ** -53)).toBe(2);
    expect(() => drawAction(probabilities, 1)).toThrow('uniform: expected in [0, 1), got 1');
    expect(() => drawAction(new Float64Array(2), 0.5)).toThrow('expected one above 0');
  });
});

describe('slates', () => {
  test('the probabilities of all slates add up to 1', () => {
    fc.assert(
      fc.property(distribution, fc.integer({ min: 1, max: 4 }), (probabilities, wanted) => {
        const positions = Math.min(wanted, probabilities.length);
        let sum = 0;
        everySlate(probabilities.length, positions, (slate) => {
          sum += slateProbability(probabilities, slate);
        });
        expect(sum).toBeCloseTo(1, 10);
      }),
    );
  });

  test('an action at a position has the sum over the slates that have it there', () => {
    fc.assert(
      fc.property(distribution, fc.integer({ min: 1, max: 6 }), (probabilities, wanted) => {
        const positions = Math.min(wanted, probabilities.length);
        const size = probabilities.length;
        const sums = new Float64Array(positions * size);
        everySlate(size, positions, (slate) => {
          const joint = slateProbability(probabilities, slate);
          for (const [position, action] of slate.entries())
            sums[position * size + action]! += joint;
        });
        const found = positionProbabilities(probabilities, positions);
        for (let i = 0; i < sums.length; i += 1) {
          expect(Math.abs(found[i]! - sums[i]!)).toBeLessThan(1e-10);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('rows of a large slate are distributions; the first is that of the actions', () => {
    const weights = Float64Array.from({ length: 40 }, (_, i) => (i === 7 ? 0 : 1.5 ** -i));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const probabilities = weights.map((weight) => weight / sum);
    const found = positionProbabilities(probabilities, 6);
    for (let position = 0; position < 6; position += 1) {
      const row = found.subarray(position * 40, position * 40 + 40);
      expect(Math.abs(row.reduce((total, each) => total + each, 0) - 1)).toBeLessThan(1e-9);
      expect(row[7]).toBe(0);
    }
    for (let i = 0; i < 40; i += 1) expect(found[i]).toBeCloseTo(probabilities[i]!, 10);
    expect(() => positionProbabilities(probabilities, 40)).toThrow('positions: expected 0 … 39');
  });

  // The promise: slates are drawn as often as they are said to be.
  test('a slate is drawn with its probability', () => {
    const probabilities = Float64Array.of(0.6, 0.3, 0, 0.1);
    const random = randomState(2);
    const slate = new Int32Array(2);
    const counts = new Map<string, number>();
    const draws = 50_000;
    let worst = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      const joint = drawSlate(probabilities, [uniform(random), uniform(random)], slate);
      worst = Math.max(worst, Math.abs(joint - slateProbability(probabilities, slate)));
      const key = slate.join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(worst).toBeLessThan(1e-12);
    expect(counts.size).toBe(6);
    for (const [key, count] of counts) {
      const p = slateProbability(probabilities, key.split(',').map(Number));
      expect(Math.abs(count / draws - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / draws));
    }
    expect(slateProbability(probabilities, [0, 0])).toBe(0);
    expect(() => drawSlate(probabilities, [0, 0, 0, 0], new Int32Array(4))).toThrow(
      'slate: expected at most 3 positions, got 4',
    );
  });
});
