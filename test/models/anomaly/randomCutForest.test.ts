import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutTrees } from '../../../models/anomaly/cutTrees.ts';
import {
  type RandomCutForestParameters,
  randomCutForest,
} from '../../../models/anomaly/randomCutForest.ts';
import { parametersOf } from '../../../models/spec.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { rankAuc } from '../../../stats/rankAuc.ts';

const create = (given: Partial<RandomCutForestParameters>) =>
  randomCutForest.create(
    parametersOf<RandomCutForestParameters>(randomCutForest.parameters, given),
  );
/** Coarse, so that points are often equal. */
const coarse = fc.integer({ min: -5, max: 5 });

/** Everything that must hold of a tree, from its leaves up. @returns its sampled points */
function checkTree(state: CutTrees, tree: number, sample: number, dimensions: number): number {
  const offset = tree * sample;
  const counted = new Map<number, number>();
  for (let slot = 0; slot < state.size[tree]!; slot += 1) {
    const leaf = state.slotLeaf[offset + slot]!;
    counted.set(leaf, (counted.get(leaf) ?? 0) + 1);
    if (slot === 0) continue;
    expect(state.keys[offset + ((slot - 1) >> 1)]!).toBeGreaterThanOrEqual(
      state.keys[offset + slot]!,
    );
  }
  const leaves: number[] = [];
  const visit = (node: number, above: number): { mass: number; points: number[][] } => {
    expect(state.parent[2 * offset + node]).toBe(above);
    if (node < sample) {
      leaves.push(node);
      const mass = state.mass[2 * offset + node]!;
      expect(counted.get(node)).toBe(mass);
      const at = (offset + node) * dimensions;
      return { mass, points: [[...state.points.subarray(at, at + dimensions)]] };
    }
    const at = offset + node - sample;
    const left = visit(state.left[at]!, node);
    const right = visit(state.right[at]!, node);
    const cut = state.cutValue[at]!;
    const dimension = state.cutDimension[at]!;
    for (const point of left.points) expect(point[dimension]).toBeLessThanOrEqual(cut);
    for (const point of right.points) expect(point[dimension]).toBeGreaterThan(cut);
    const points = [...left.points, ...right.points];
    const box = state.boxes.subarray(at * dimensions * 2, (at + 1) * dimensions * 2);
    for (let i = 0; i < dimensions; i += 1) {
      const values = points.map((point) => point[i]!);
      expect([box[i], box[dimensions + i]]).toEqual([Math.min(...values), Math.max(...values)]);
    }
    const mass = left.mass + right.mass;
    expect(state.mass[2 * offset + node]).toBe(mass);
    return { mass, points };
  };
  const root = state.root[tree]!;
  if (root < 0) return 0;
  const { mass } = visit(root, -1);
  expect(new Set(leaves).size).toBe(leaves.length);
  expect([...counted.keys()].sort()).toEqual([...leaves].sort());
  expect(state.freeLeafCount[tree]).toBe(sample - leaves.length);
  expect(state.freeInnerCount[tree]).toBe(sample - leaves.length + 1);
  return mass;
}

describe('random cut forest', () => {
  // By hand: every tree is one cut between 0 and 10.
  test('the score of two points', () => {
    const model = create({ shingle: 1, trees: 3, sample: 2, outputAfter: 1 });
    const state = model.initial();
    expect(model.step(state, [0])).toBe(0);
    expect(model.step(state, [10])).toBe(0);
    const scale = Math.log2(3);
    // Cut off at the root with probability ½: 1 / 1; else at the leaf: 1 / 2.
    expect(model.score(state, [20])).toBeCloseTo((0.5 * 1 + 0.5 * 0.5) * scale, 12);
    // Seen once among two: damped by 1 − 1/4; depth 1 + log₂ 2.
    expect(model.score(state, [0])).toBeCloseTo((0.75 / 2) * scale, 12);
    expect(model.score(state, [5])).toBeCloseTo(0.5 * scale, 12);
  });

  test('trees stay whole under insertion and deletion', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coarse, coarse), { maxLength: 60 }), (rows) => {
        const sample = 7;
        const model = create({ features: 2, shingle: 2, trees: 3, sample, decay: 0.1 });
        const state = model.initial();
        for (const row of rows) model.step(state, row);
        for (let tree = 0; tree < 3; tree += 1) {
          expect(checkTree(state.forest, tree, sample, 4)).toBe(
            Math.min(sample, Math.max(0, rows.length - 1)),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  test('parts points that a rounding apart', () => {
    const model = create({ shingle: 1, trees: 5, sample: 8 });
    const state = model.initial();
    const values = [1, 1 + Number.EPSILON, 1 + 2 * Number.EPSILON, 1e150, -1e150, 0, 5e-324, -1];
    for (const x of [...values, ...values, ...values]) model.step(state, [x]);
    for (let tree = 0; tree < 5; tree += 1) checkTree(state.forest, tree, 8, 1);
  });

  // The law of a random cut tree: the first cut is in a dimension as often as its range is of all ranges.
  test('cuts in proportion to the ranges, after many insertions and deletions', () => {
    const trees = 1_000;
    const model = create({ features: 2, shingle: 1, trees, sample: 8, decay: 0.05 });
    const state = model.initial();
    const random = randomState(3);
    for (let i = 0; i < 60; i += 1) model.step(state, [3 * uniform(random), uniform(random)]);
    let expected = 0;
    let variance = 0;
    let seen = 0;
    for (let tree = 0; tree < trees; tree += 1) {
      const at = tree * 8 + state.forest.root[tree]! - 8;
      const [low0, low1, high0, high1] = state.forest.boxes.subarray(at * 4, at * 4 + 4);
      const share = (high0! - low0!) / (high0! - low0! + high1! - low1!);
      expected += share;
      variance += share * (1 - share);
      if (state.forest.cutDimension[at] === 0) seen += 1;
    }
    expect(Math.abs(seen - expected)).toBeLessThan(4 * Math.sqrt(variance));
  });

  test('recent points are sampled more often, by exp(−decay × age)', () => {
    const model = create({ shingle: 1, trees: 400, sample: 16, decay: 1 / 160 });
    const state = model.initial();
    for (let i = 0; i < 1_000; i += 1) model.step(state, [i]);
    let age = 0;
    const { points, slotLeaf } = state.forest;
    for (let slot = 0; slot < slotLeaf.length; slot += 1) {
      age += 999 - points[(slot >> 4) * 16 + slotLeaf[slot]!]!;
    }
    // Were points drawn with replacement, the mean age would be 160; without, the recent ones are used up: a little more.
    expect(age / slotLeaf.length).toBeGreaterThan(150);
    expect(age / slotLeaf.length).toBeLessThan(185);
  });

  test('high and low sum to the score', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coarse, coarse), { minLength: 9, maxLength: 40 }),
        fc.tuple(fc.integer({ min: -30, max: 30 }), coarse),
        (rows, next) => {
          const model = create({ features: 2, shingle: 3, trees: 4, sample: 8 });
          const state = model.initial();
          for (const row of rows) model.step(state, row);
          const into = { high: new Float64Array(6), low: new Float64Array(6) };
          const score = model.attribute(state, next, into);
          expect(score).toBe(model.score(state, next));
          expect(score).toBeGreaterThan(0);
          let sum = 0;
          for (let i = 0; i < 6; i += 1) {
            expect(into.high[i]).toBeGreaterThanOrEqual(0);
            expect(into.low[i]).toBeGreaterThanOrEqual(0);
            sum += into.high[i]! + into.low[i]!;
          }
          expect(sum).toBeCloseTo(score, 10);
        },
      ),
    );
  });

  test('attribution names the value that is strange, and its direction', () => {
    const model = create({ features: 3, shingle: 1 });
    const state = model.initial();
    const random = randomState(8);
    for (let i = 0; i < 600; i += 1)
      model.step(
        state,
        [0, 1, 2].map(() => normal(random)),
      );
    const into = { high: new Float64Array(3), low: new Float64Array(3) };
    const score = model.attribute(state, [0, -12, 0], into);
    expect(into.low[1]! / score).toBeGreaterThan(0.85);
  });

  test('a copy of the state goes on as the original would', () => {
    const model = create({ shingle: 2, trees: 3, sample: 8, decay: 0.1 });
    fc.assert(
      fc.property(fc.array(coarse), fc.array(coarse), (before, after) => {
        const original = model.initial();
        for (const x of before) model.step(original, [x]);
        const copy = structuredClone(original);
        for (const x of after) expect(model.step(copy, [x])).toBe(model.step(original, [x]));
        expect(copy).toEqual(original);
      }),
    );
  });

  test('what is no finite number is refused, and changes nothing', () => {
    const model = create({ features: 2, shingle: 2, trees: 2, sample: 8 });
    const state = model.initial();
    model.step(state, [1, 2]);
    const before = structuredClone(state);
    expect(() => model.step(state, [NaN, 0])).toThrow(
      'point: expected finite values, got NaN at 0',
    );
    expect(() => model.score(state, [0, -Infinity])).toThrow('got -Infinity at 1');
    expect(() => model.step(state, [0])).toThrow('point: expected 2 values, got 1');
    expect(state).toEqual(before);
  });

  test('a constant is never strange, a first other value is', () => {
    const model = create({});
    const state = model.initial();
    for (let i = 0; i < 600; i += 1) expect(model.step(state, [4])).toBeLessThan(1);
    expect(model.score(state, [5])).toBeGreaterThan(3);
  });

  // The promise: a wave whose shape breaks while its values stay ordinary.
  test('finds the break in a wave by its shingle', () => {
    const model = create({});
    const state = model.initial();
    const random = randomState(2);
    const count = 2_500;
    const labels = new Uint8Array(count);
    const scores = Float64Array.from(labels, (_, i) => {
      const phase = i > 1_000 ? i % 300 : 299;
      const isBroken = phase >= 8 && phase < 14;
      // A shingle of 8 has a part of the break until seven points later.
      labels[i] = phase >= 8 && phase < 21 ? 1 : 0;
      const wave = Math.sin((2 * Math.PI * i) / 50 + (isBroken ? Math.PI : 0));
      return model.step(state, [10 * wave + 0.3 * normal(random)]);
    });
    expect(rankAuc(scores.subarray(1_000), labels.subarray(1_000))).toBeGreaterThan(0.95);
  });
});
