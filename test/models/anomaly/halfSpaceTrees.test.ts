import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type HalfSpaceTreesParameters,
  type HalfSpaceTreesState,
  halfSpaceTrees,
} from '../../../models/anomaly/halfSpaceTrees.ts';
import { parametersOf } from '../../../models/spec.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { rankAuc } from '../../../stats/rankAuc.ts';

const create = (given: Partial<HalfSpaceTreesParameters>) =>
  halfSpaceTrees.create(parametersOf<HalfSpaceTreesParameters>(halfSpaceTrees.parameters, given));
const small = { features: 2, trees: 5, depth: 6, window: 20 };
const point = fc.tuple(
  fc.double({ min: -0.5, max: 1.5, noNaN: true }),
  fc.double({ min: -0.5, max: 1.5, noNaN: true }),
);
const unit = [
  [0, 0],
  [1, 1],
] as const;

describe('half-space trees', () => {
  // By hand: with a padding of .49 all cuts are within .02 of the middle, so the leaves of depth 2 are quarters of [0, 1].
  test('the score is 1 / (1 + density of the last window)', () => {
    const model = create({ trees: 3, depth: 2, window: 4, padding: 0.49 });
    const state = model.initial([0], [1]);
    for (const x of [0.1, 0.1, 0.6, 0.9]) expect(model.step(state, [x])).toBe(0);
    expect(model.score(state, [0.1])).toBe(1 / (1 + (2 * 4) / 4)); // two of four in a quarter
    expect(model.score(state, [0.6])).toBe(1 / 2); // as dense as uniform
    expect(model.score(state, [0.4])).toBe(1); // nothing was there
    expect(model.score(state, [7])).toBe(1 / 2); // counts as 1
    // Three more points are the next window's: what they meet is still the first.
    for (const x of [0.4, 0.4, 0.4]) expect(model.step(state, [x])).toBe(1);
    model.step(state, [0.1]);
    expect(model.score(state, [0.4])).toBe(1 / (1 + (3 * 4) / 4));
    expect(model.score(state, [0.6])).toBe(1);
  });

  test('a walk ends at the first node with less than a tenth of the window', () => {
    const model = create({ trees: 1, depth: 2, window: 20, padding: 0.49 });
    const state = model.initial([0], [1]);
    model.step(state, [0.6]);
    for (let i = 1; i < 20; i += 1) model.step(state, [0.1]);
    // The upper half holds 1 < 2: 1 × 2¹ / 20, though its lower quarter would be 1 × 2² / 20.
    expect(model.score(state, [0.6])).toBe(1 / (1 + 2 / 20));
    expect(model.score(state, [0.9])).toBe(1 / (1 + 2 / 20));
  });

  test('bounds that are learnt are the extremes of the windows so far', () => {
    const learnt = create(small);
    const given = create(small);
    const state = learnt.initial();
    const points = Array.from({ length: 60 }, (_, i) => [(i * 7) % 20, 100 - ((i * 11) % 20)]);
    const known = given.initial([0, 81], [19, 100]);
    const masses = ({ latest, reference }: HalfSpaceTreesState) => ({ latest, reference });
    for (const [i, each] of points.entries()) {
      const score = learnt.step(state, each);
      expect(given.step(known, each)).toBe(score);
      if (i < 20) expect(score).toBe(0);
    }
    expect(masses(state)).toEqual(masses(known));
    // The next window is wider: in the end it is as if its bounds had been known.
    const wide = given.initial([-40, 81], [19, 300]);
    const next = points.slice(0, 20).map(([x, y], i) => (i === 7 ? [-40, 300] : [x!, y!]));
    for (const each of next) {
      learnt.step(state, each);
      given.step(wide, each);
    }
    expect([[...state.lower], [...state.upper]]).toEqual([
      [-40, 81],
      [19, 300],
    ]);
    expect(masses(state)).toEqual(masses(wide));
  });

  test('masses of one window, counted apart in any split, add to those of all', () => {
    const model = create({ ...small, window: 1_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(point, fc.integer({ min: 0, max: 2 }))), (rows) => {
        const whole = model.initial(...unit);
        const parts = [0, 1, 2].map(() => model.initial(...unit));
        for (const [each, part] of rows) {
          model.step(whole, each);
          model.step(parts[part]!, each);
        }
        const [first, second, third] = parts as [
          HalfSpaceTreesState,
          HalfSpaceTreesState,
          HalfSpaceTreesState,
        ];
        model.merge(third, first);
        model.merge(third, second);
        expect(third).toEqual(whole);
      }),
    );
  });

  test('so do those of complete windows', () => {
    const model = create(small);
    const [one, other] = [model.initial(...unit), model.initial(...unit)];
    const random = randomState(6);
    for (let i = 0; i < 20; i += 1) {
      model.step(one, [uniform(random), uniform(random)]);
      model.step(other, [uniform(random) / 2, uniform(random)]);
    }
    const sum = one.reference.map((mass, i) => mass + other.reference[i]!);
    model.merge(one, other);
    expect(one.reference).toEqual(sum);
    expect(one.reference[0]).toBe(40);
  });

  test('a copy of the state goes on as the original would', () => {
    const model = create(small);
    fc.assert(
      fc.property(fc.array(point), fc.array(point), (before, after) => {
        const original = model.initial();
        for (const each of before) model.step(original, each);
        const copy = structuredClone(original);
        for (const each of after) expect(model.step(copy, each)).toBe(model.step(original, each));
        expect(copy).toEqual(original);
      }),
    );
  });

  test('what is no finite number is refused, and changes nothing', () => {
    const model = create(small);
    const state = model.initial(...unit);
    const before = structuredClone(state);
    expect(() => model.step(state, [0, NaN])).toThrow(
      'point: expected finite values, got NaN at 1',
    );
    expect(() => model.score(state, [Infinity, 0])).toThrow('got Infinity at 0');
    expect(() => model.step(state, [0])).toThrow('point: expected 2 values, got 1');
    expect(state).toEqual(before);
    expect(() => model.initial([0, 1], [1, 1])).toThrow('upper: expected above 1, got 1');
    expect(() => model.merge(model.initial(), state)).toThrow(
      'bounds: expected given ones, got learnt ones',
    );
    expect(() => model.merge(state, model.initial([0, 0], [1, 2]))).toThrow(
      'upper: expected the same in both states, got 1, 2',
    );
  });

  test('a constant is never strange, a first other value is', () => {
    const model = create(small);
    const state = model.initial();
    for (let i = 0; i < 200; i += 1) expect(model.step(state, [3, -5])).toBeLessThan(0.05);
    expect(model.score(state, [4, -6])).toBe(1);
  });

  // The promise: planted points far from two clouds get higher scores than nearly all others.
  test('ranks planted outliers first', () => {
    const model = create({ features: 3, trees: 25, depth: 8 });
    const state = model.initial();
    const random = randomState(5);
    const count = 4_000;
    const labels = Uint8Array.from({ length: count }, (_, i) => (i > 300 && i % 97 === 0 ? 1 : 0));
    const scores = Float64Array.from(labels, (label, i) => {
      const centre = i % 2 === 0 ? 0 : 10;
      const at = label === 1 ? 5 : centre;
      return model.step(
        state,
        [0, 1, 2].map(() => at + normal(random)),
      );
    });
    expect(rankAuc(scores, labels)).toBeGreaterThan(0.97);
  });
});
