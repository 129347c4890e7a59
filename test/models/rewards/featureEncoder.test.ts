import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FeatureSet, sizeOf } from '../../../contracts/featureSet.ts';
import { encoderVersion, featureEncoder } from '../../../models/rewards/featureEncoder.ts';
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
    expect(Object.keys(found).filter((name) => name.startsWith('topics'))).not.toEqual([]);
    expect(encoded({ grade: -100 })['grade']).toBe(-3);
  });

  // Golden: what version 2 made when it was introduced. Another result is another version.
  test('encodes as its version says', () => {
    const into = new Float64Array(encoder.size);
    encoder.encode(
      { grade: 8, context: { minutes: 2 }, course: 'algebra', topics: ['x', 7] },
      into,
    );
    expect({ encoderVersion, into: [...into].map((each) => Number(each.toFixed(6))) }).toEqual({
      encoderVersion: 2,
      into: [
        ...[1, 0.5, 0, 2],
        ...[0.57735, 0, 0.57735, 0.57735, 0],
        ...[
          0, 0, 0, 0, 0, 0, 0, 0, 0.408248, 0, 0.408248, 0, -0.408248, -0.408248, 0.408248,
          0.408248,
        ],
      ],
    });
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
          4,
          1,
        ],
        [
          6,
          1,
        ],
        [
          7,
          1,
        ],
        [
          10,
          -1,
        ],
        [
          13,
          -1,
        ],
        [
          16,
          -1,
        ],
        [
          22,
          1,
        ],
        [
          23,
          1,
        ],
        [
          24,
          -1,
        ],
      ]
    `);
  });

  test('a category has three numbers of its field, of length 1 in all; fewer where there are fewer buckets', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 12 }),
        (c, buckets) => {
          const feature = { kind: 'categorical', field: 'c', buckets };
          const one = featureEncoder(FeatureSet.parse({ bias: false, features: [feature] }));
          const into = new Float64Array(one.size);
          one.encode({ c }, into);
          const filled = into.filter((value) => value !== 0);
          expect(filled).toHaveLength(Math.min(3, buckets));
          expect(Math.hypot(...filled)).toBeCloseTo(1, 14);
          const named = one.namesFor({ c }).filter((name) => name === `c = ${c}`);
          expect(named).toHaveLength(filled.length);
        },
      ),
    );
  });

  // The promise of several buckets: with one, 2 of 3 fields tell four categories apart, and 1 of 30 eight.
  test.each([
    [4, 0.97],
    [6, 0.93],
    [8, 0.8],
  ])('weights can be found for any worths of %i categories in 8 buckets', (count, least) => {
    const fields = 400;
    let full = 0;
    for (let field = 0; field < fields; field += 1) {
      const name = `field ${field}`.replace(' ', '-');
      const encoderOf = featureEncoder(
        FeatureSet.parse({ features: [{ kind: 'categorical', field: name }] }),
      );
      const rows = Array.from({ length: count }, (_, i) => {
        const into = new Float64Array(encoderOf.size);
        encoderOf.encode({ [name]: `value ${i}` }, into);
        return into;
      });
      full += rankOf(rows) === count ? 1 : 0;
    }
    expect(full / fields).toBeGreaterThan(least);
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
    // Each bucket: a sum of 3 × 500 signs, each of the size 1 / √3.
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

/** By Gaussian elimination with row pivots. */
function rankOf(rows: readonly Float64Array[]): number {
  const left = rows.map((row) => row.slice());
  let rank = 0;
  for (let column = 0; column < left[0]!.length && rank < left.length; column += 1) {
    let pivot = rank;
    for (let i = rank; i < left.length; i += 1) {
      if (Math.abs(left[i]![column]!) > Math.abs(left[pivot]![column]!)) pivot = i;
    }
    if (Math.abs(left[pivot]![column]!) < 1e-9) continue;
    [left[pivot], left[rank]] = [left[rank]!, left[pivot]!];
    for (let i = rank + 1; i < left.length; i += 1) {
      const factor = left[i]![column]! / left[rank]![column]!;
      for (let j = column; j < left[i]!.length; j += 1) left[i]![j]! -= factor * left[rank]![j]!;
    }
    rank += 1;
  }
  return rank;
}
