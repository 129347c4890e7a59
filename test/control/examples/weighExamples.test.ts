import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weighExamples } from '../../../control/examples/weighExamples.ts';

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

test('half as much after each half-life, counted from the last example', () => {
  const weights = Float64Array.of(4, 1, 1, 2);
  const times = Float64Array.of(0, 10, 15, 20);
  const labels = Float64Array.of(0, 1, 1, 1);
  weighExamples(weights, times, labels, { halfLifeMs: 10, classWeights: 'none' });
  const expected = [1, 0.5, Math.SQRT1_2, 2];
  expected.forEach((weight, i) => {
    expect(weights[i]).toBeCloseTo(weight, 14);
  });
});

// As "balanced" of scikit-learn: rows / (2 × rows of the class); here 3 / (2 × 1) and 3 / (2 × 2).
test('balanced classes weigh the same in sum', () => {
  const weights = Float64Array.of(1, 1, 1);
  const labels = Float64Array.of(1, 0, 0);
  weighExamples(weights, new Float64Array(3), labels, {
    ...{ halfLifeMs: null, classWeights: 'balanced' },
  });
  expect([...weights]).toEqual([1.5, 0.75, 0.75]);
});

test('balancing changes neither the sum, nor what examples of one class weigh beside each other', () => {
  const example = fc.record({
    weight: fc.integer({ min: 1, max: 64 }),
    label: fc.constantFrom(0, 1),
    time: fc.integer({ min: 0, max: 1_000 }),
  });
  fc.assert(
    fc.property(fc.array(example, { minLength: 2 }), (rows) => {
      const examples = rows.toSorted((a, b) => a.time - b.time);
      const times = Float64Array.from(examples, ({ time }) => time);
      const labels = Float64Array.from(examples, ({ label }) => label);
      const decayed = Float64Array.from(examples, ({ weight }) => weight);
      weighExamples(decayed, times, labels, { halfLifeMs: 300, classWeights: 'none' });
      const balanced = Float64Array.from(examples, ({ weight }) => weight);
      weighExamples(balanced, times, labels, { halfLifeMs: 300, classWeights: 'balanced' });
      expect(sum(balanced)).toBeCloseTo(sum(decayed), 8);
      const ofOnes = sum(balanced.filter((_, i) => labels[i] === 1));
      if (new Set(labels).size < 2) expect(balanced).toEqual(decayed);
      else expect(ofOnes).toBeCloseTo(sum(balanced) / 2, 8);
      for (const label of [0, 1]) {
        const ratios = [...balanced].flatMap((weight, i) =>
          labels[i] === label ? [weight / decayed[i]!] : [],
        );
        for (const ratio of ratios) expect(ratio).toBeCloseTo(ratios[0]!, 10);
      }
    }),
  );
});

test('a half-life that is none is refused', () => {
  expect(() =>
    weighExamples(new Float64Array(1), new Float64Array(1), new Float64Array(1), {
      ...{ halfLifeMs: 0, classWeights: 'none' },
    }),
  ).toThrow('halfLifeMs: expected > 0, got 0');
});
