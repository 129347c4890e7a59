/** Distances of distributions: published and computed values, merges, and what chance makes of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binAt, binCounts, binEdges } from '../../../stats/drift/bins.ts';
import { jensenShannon } from '../../../stats/drift/jensenShannon.ts';
import { populationStability } from '../../../stats/drift/populationStability.ts';
import { countedValues, wasserstein } from '../../../stats/drift/wasserstein.ts';
import { quantileSketch } from '../../../stats/quantileSketch.ts';
import { below, normal, randomState } from '../../../stats/random.ts';
import { expectRelative } from '../../support/relative.ts';

const reference = [120, 340, 310, 180, 50, 0];
const current = [90, 150, 260, 240, 90, 12];

function sketchOf(values: readonly number[]) {
  const state = quantileSketch.initial();
  for (const x of values) quantileSketch.step(state, x);
  return state;
}

describe('populationStability', () => {
  // By hand: shares 3/4 and 1/4 against 1/4 and 3/4 are 2 × ½ ln 3; with half counts 300.5/401 and 100.5/401.
  test('is the sum over bins of the difference by its logarithm', () => {
    const { distance } = populationStability({ reference: [300, 100], current: [100, 300] });
    const p = 300.5 / 401;
    expect(distance).toBeCloseTo(2 * (2 * p - 1) * Math.log(p / (1 - p)), 12);
    expect(distance).toBeCloseTo(Math.log(3), 1);
  });

  // Golden: NumPy 2.4 and scipy.stats.chi2 1.17.1 on the same counts, half a count added to each of six bins.
  test('agrees with NumPy and SciPy, an empty bin included', () => {
    const { distance, critical, noise, pValue } = populationStability({ reference, current });
    expectRelative(distance, 0.244868464239539, 1e-12);
    expectRelative(critical, 0.03300346067531416, 1e-9);
    expectRelative(pValue, 1.5997590996126397e-22, 1e-6);
    expectRelative(noise, 5 * (1 / 1000 + 1 / 842), 1e-12);
  });

  test('bins that both leave empty do not count', () => {
    const more = { reference: [0, ...reference, 0], current: [0, ...current, 0] };
    expect(populationStability(more)).toEqual(populationStability({ reference, current }));
  });
});

describe('jensenShannon', () => {
  // Golden: scipy.spatial.distance.jensenshannon 1.17.1, squared.
  test('agrees with SciPy, an empty bin included', () => {
    const { distance, pValue } = jensenShannon({ reference, current });
    expectRelative(distance, 0.029241714328634042, 1e-12);
    expectRelative(pValue, 1.8206356106357643e-21, 1e-6);
  });

  test('is at most ln 2, and the same both ways', () => {
    const counts = fc.array(fc.nat(500), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const one = jensenShannon({ reference: a, current: b }).distance;
        if (Number.isNaN(one)) return;
        expect(one).toBeGreaterThanOrEqual(0);
        expect(one).toBeLessThanOrEqual(Math.LN2 * (1 + 1e-12));
        expect(jensenShannon({ reference: b, current: a }).distance).toBeCloseTo(one, 12);
      }),
    );
  });
});

describe('wasserstein', () => {
  const weighted = {
    reference: { values: [-2.5, 0, 1, 4, 9], counts: [3, 5, 1, 2, 2] },
    current: { values: [1, 2, 3, 6, 8], counts: [1.5, 4, 2, 7, 1] },
  };

  // Golden: scipy.stats.wasserstein_distance 1.17.1 with weights; its documentation has the example of 5.
  test('agrees with SciPy', () => {
    const { distance } = wasserstein(weighted.reference, weighted.current);
    expectRelative(distance, 3.390818858560794, 1e-12);
    const [one, other] = [
      { values: [0, 1, 3], counts: [1, 1, 1] },
      { values: [5, 6, 8], counts: [1, 1, 1] },
    ];
    expect(wasserstein(one, other).distance).toBeCloseTo(5, 12);
  });

  test('a shift is as far as it shifts, within the error of the sketch', () => {
    const random = randomState(61);
    const values = Array.from({ length: 2_000 }, () => 100 + normal(random));
    const moved = values.map((x) => x + 7);
    const [one, other] = [countedValues(sketchOf(values)), countedValues(sketchOf(moved))];
    expect(Math.abs(wasserstein(one, other).distance - 7)).toBeLessThan(1.1); // 1 % of 107
  });

  // The promise: the noise is the mean distance of samples of one distribution.
  test('the noise is what chance makes', () => {
    const random = randomState(62);
    let distances = 0;
    let noises = 0;
    for (let run = 0; run < 100; run += 1) {
      const sample = (size: number) => {
        const values = Array.from({ length: size }, () => normal(random)).sort((a, b) => a - b);
        return { values, counts: values.map(() => 1) };
      };
      const { distance, noise } = wasserstein(sample(400), sample(200));
      distances += distance;
      noises += noise;
    }
    // A single distance varies by about a half of its mean: a standard error of 5 %.
    expect(distances / noises).toBeGreaterThan(0.8);
    expect(distances / noises).toBeLessThan(1.15);
  });
});

describe('bins', () => {
  test('hold equal shares, but for values that are alike', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => i / 100 - 30);
    const sketch = sketchOf(values);
    const edges = binEdges(sketch, 10);
    expect(edges).toHaveLength(9);
    const counts = binCounts(edges, sketch, 7);
    expect(counts.at(-1)).toBe(7);
    for (const count of counts.slice(0, -1)) expect(Math.abs(count - 1_000)).toBeLessThan(120);
    expect(binEdges(sketchOf([0, 0, 0, 1, 1, 0]))).toEqual([0]);
    expect(binEdges(sketchOf([5, 5, 5]))).toEqual([]);
    expect(binEdges(sketchOf([]))).toEqual([]);
  });

  test('a value counts where its sketch does', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(values, (xs) => {
        const sketch = sketchOf(xs);
        const edges = binEdges(sketch, 5);
        const counts = new Array<number>(edges.length + 2).fill(0);
        for (const x of xs) counts[binAt(edges, x)]! += 1;
        expect(counts).toEqual(binCounts(edges, sketch));
      }),
    );
  });
});

// The promise: the critical value is exceeded with probability alpha. 600 pairs, 10 bins: a standard error of .9 points at .05.
test('chance exceeds the critical value as often as it says', () => {
  const random = randomState(63);
  const exceeding = { psi: 0, js: 0 };
  for (let run = 0; run < 600; run += 1) {
    const draw = (size: number) => {
      const counts = new Array<number>(10).fill(0);
      for (let i = 0; i < size; i += 1) counts[below(random, 10)]! += 1;
      return counts;
    };
    const pair = { reference: draw(1_500), current: draw(300) };
    const psi = populationStability(pair, 0.05);
    const js = jensenShannon(pair, 0.05);
    if (psi.distance > psi.critical) exceeding.psi += 1;
    if (js.distance > js.critical) exceeding.js += 1;
    expect(psi.distance > psi.critical).toBe(psi.pValue < 0.05);
  }
  for (const count of Object.values(exceeding)) {
    expect(count / 600).toBeGreaterThan(0.02);
    expect(count / 600).toBeLessThan(0.09);
  }
});

test('nothing to compare is NaN, and broken counts are named', () => {
  const empty = { reference, current: reference.map(() => 0) };
  expect(populationStability(empty).distance).toBeNaN();
  expect(jensenShannon(empty).critical).toBeNaN();
  expect(wasserstein({ values: [], counts: [] }, { values: [1], counts: [1] })).toEqual({
    distance: NaN,
    noise: NaN,
  });
  const one = populationStability({ reference: [5, 0], current: [9, 0] });
  expect(one).toEqual({ distance: 0, noise: 0, critical: 0, pValue: 1 });
  expect(() => populationStability({ reference, current: [1] })).toThrow(
    'current: expected 6 counts, got 1',
  );
  expect(() => jensenShannon({ reference: [1, -1], current: [1, 1] })).toThrow(
    'reference: expected counts ≥ 0, got -1',
  );
  expect(() => populationStability({ reference, current }, 0)).toThrow(RangeError);
  expect(() => binEdges(sketchOf([1]), 1)).toThrow('bins: expected an integer ≥ 2, got 1');
  expect(() => wasserstein({ values: [2, 1], counts: [1, 1] }, { values: [], counts: [] })).toThrow(
    'reference.values: expected ascending, got 1',
  );
});
