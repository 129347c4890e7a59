import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FeatureSet, sizeOf } from '../../../contracts/featureSet.ts';
import { featureEncoder } from '../../../models/rewards/featureEncoder.ts';
import {
  interact,
  interactionNames,
  interactionSize,
} from '../../../models/rewards/interaction.ts';

const set = FeatureSet.parse({
  features: [
    { kind: 'numeric', field: 'grade', centre: 7, scale: 2, clip: 3 },
    { kind: 'numeric', field: 'context.minutes', missing: 'zero' },
    { kind: 'categorical', field: 'course', buckets: 4 },
    { kind: 'categorical', field: 'topics', buckets: 16, missing: 'zero' },
  ],
});
const encoder = featureEncoder(set);

function encoded(attributes: Record<string, unknown>): Record<string, number> {
  const into = new Float64Array(encoder.size).fill(NaN);
  encoder.encode(attributes, into);
  const names = encoder.namesFor(attributes);
  const entries = [...into].map((value, i) => [names[i]!, value] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== 0));
}

describe('featureEncoder', () => {
  test('scales, clips, hashes; names what it made', () => {
    expect(encoder.size).toBe(1 + 2 + 1 + 5 + 16);
    expect(sizeOf(set)).toBe(encoder.size);
    expect(encoder.names.slice(0, 5)).toEqual([
      'bias',
      'grade',
      'grade is missing',
      'context.minutes',
      'course #0',
    ]);
    const found = encoded({
      grade: 8,
      context: { minutes: 1e9 },
      course: 'algebra',
      topics: ['x', 7],
    });
    expect(found).toMatchObject({ bias: 1, grade: 0.5, 'context.minutes': 5 });
    expect(Math.abs(found['course = algebra']!)).toBe(1);
    expect(Math.abs(found['topics = x']!)).toBeCloseTo(Math.SQRT1_2, 14);
    expect(Math.abs(found['topics = 7']!)).toBeCloseTo(Math.SQRT1_2, 14);
    expect(Object.keys(found)).toHaveLength(6);
    expect(encoded({ grade: -100 })['grade']).toBe(-3);
  });

  test('what is absent or unfit is a feature of its own, 0, or an error', () => {
    for (const grade of [undefined, null, NaN, 'seven', {}]) {
      expect(encoded({ grade })).toEqual({
        bias: 1,
        'grade is missing': 1,
        'course is missing': 1,
      });
    }
    const strict = featureEncoder(
      FeatureSet.parse({
        features: [
          { kind: 'numeric', field: 'grade', missing: 'refuse' },
          { kind: 'categorical', field: 'course', missing: 'refuse' },
        ],
      }),
    );
    const into = new Float64Array(strict.size);
    expect(() => strict.encode({ grade: NaN, course: 'x' }, into)).toThrow(
      'grade: expected a number, got NaN',
    );
    expect(() => strict.encode({ grade: 1, course: [] }, into)).toThrow(
      'course: expected a category or a list of them, got []',
    );
  });

  test('whatever it is given, every number is finite', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('grade', 'course', 'topics'), fc.anything()),
        (any) => {
          const into = new Float64Array(encoder.size).fill(NaN);
          encoder.encode(any, into);
          expect(into.every(Number.isFinite)).toBe(true);
        },
      ),
    );
  });

  // Golden: this version's own, so that a change of the hash is noticed: learnt weights would be lost.
  test('a category keeps its place and its sign', () => {
    const into = new Float64Array(encoder.size);
    encoder.encode({ course: 'algebra', topics: ['fractions', 'geometry', 'ä'] }, into);
    const places = [...into.entries()].filter(([, value]) => value !== 0);
    expect(places.map(([place, value]) => [place, Math.sign(value)])).toMatchInlineSnapshot(`
      [
        [
          0,
          1,
        ],
        [
          2,
          1,
        ],
        [
          6,
          1,
        ],
        [
          13,
          -1,
        ],
        [
          23,
          -1,
        ],
        [
          24,
          -1,
        ],
      ]
    `);
  });

  // The promise of the signs: what collides cancels on average.
  test('signs are balanced in every bucket', () => {
    const one = featureEncoder(
      FeatureSet.parse({
        bias: false,
        features: [{ kind: 'categorical', field: 'c', buckets: 8 }],
      }),
    );
    const count = 4_000;
    const vectors = Array.from({ length: count }, (_, i) => {
      const into = new Float64Array(one.size);
      one.encode({ c: `value ${i}` }, into);
      return into;
    });
    const sums = new Float64Array(one.size);
    for (const vector of vectors) {
      for (let i = 0; i < sums.length; i += 1) sums[i]! += vector[i]!;
    }
    // Each bucket: a sum of 500 signs.
    for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(4 * Math.sqrt(count / 8));
  });

  test('a field twice, and too many numbers, are refused', () => {
    const numeric = { kind: 'numeric', field: 'grade' };
    expect(() => FeatureSet.parse({ features: [numeric, numeric] })).toThrow('each field once');
    const wide = (field: string) => ({ kind: 'categorical', field, buckets: 128 });
    expect(() => FeatureSet.parse({ features: [wide('a'), wide('b')] })).toThrow('1 to 256');
    expect(() => FeatureSet.parse({ bias: false })).toThrow('1 to 256');
  });
});

describe('interaction', () => {
  test('every product of one of each, with names', () => {
    const action = Float64Array.of(1, 0.5);
    const context = Float64Array.of(1, -2, 3);
    const into = new Float64Array(interactionSize(2, 3));
    interact(action, context, into);
    expect([...into]).toEqual([1, -2, 3, 0.5, -1, 1.5]);
    expect(interactionNames(['bias', 'hard'], ['bias', 'grade', 'minutes'])).toEqual([
      'bias',
      'grade',
      'minutes',
      'hard',
      'hard × grade',
      'hard × minutes',
    ]);
    expect(() => interactionSize(20, 20)).toThrow('expected at most 256 products, got 20 × 20');
  });
});
