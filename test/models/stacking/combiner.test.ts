import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sigmoid } from '../../../models/features.ts';
import { combiner, combinerDefaults, createCombiner } from '../../../models/stacking/combiner.ts';
import { logit } from '../../../models/stacking/logit.ts';
import { replay } from '../../../models/stacking/replay.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';

const lossOf = (probability: number, label: number) =>
  -Math.log(label === 1 ? probability : 1 - probability);

function sumOf(probabilities: ArrayLike<number>, labels: ArrayLike<number>, from = 0): number {
  let sum = 0;
  for (let row = from; row < labels.length; row += 1) {
    sum += lossOf(probabilities[row]!, labels[row]!);
  }
  return sum;
}

describe('combiner', () => {
  // Golden: the same equations in Python, with matrices as lists, solved by Gauss–Jordan elimination, experts in a loop.
  test('agrees with a computation by hand', () => {
    const own = createCombiner({ share: 0.01, memoryRows: 50, priorPrecision: 4 });
    const state = new Float64Array(own.width + 2).fill(9);
    own.start(state, 1);
    const rows = [
      [1.5, 0.5, 1, 0.723697462008501],
      [-0.5, 0.25, 0, 0.46309024490059747],
      [2, -1, 1, 0.6690251548684509],
      [0.1, 0.9, 0, 0.5731410252025559],
      [-3, -2, 0, 0.05265273602827247],
      [0.7, 1.3, 1, 0.6857419449261298],
    ] as const;
    for (const [base, online, label, expected] of rows) {
      const predicted = own.predict(state, 1, base, online);
      expect(predicted).toBeCloseTo(expected, 12);
      own.learn(state, 1, base, online, predicted, label);
    }
    const expected = [
      [-0.07476201057329707, 0.7902900114130985, 0.41618240745721674],
      [5.096466488097344, 0.5984543439686032, 0.326660463039729],
      [5.795455767530016, 0.17429322977523923, 4.984824498377046],
      [0.6131572929949239, 0.07844638687012137, 0.30839632013495466],
    ].flat();
    expect(state[0]).toBe(9);
    expect(state[own.width + 1]).toBe(9);
    expected.forEach((value, i) => void expect(state[1 + i]).toBeCloseTo(value, 12));
  });

  const logits = fc.double({ min: -13, max: 13, noNaN: true });
  const label = fc.constantFrom(0, 1);

  // The bound of the head comment, for every stretch of every sequence.
  test('no stretch costs more than its best expert by the bound of fixed share', () => {
    const { share } = combinerDefaults;
    const each = fc.tuple(logits, logits, label);
    fc.assert(
      fc.property(fc.array(each, { minLength: 1, maxLength: 60 }), fc.nat(59), (rows, start) => {
        const [base, online, labels] = [0, 1, 2].map((i) => rows.map((row) => row[i]!));
        const loss = replay(combiner, { base: base!, online: online!, labels: labels! });
        const from = start % rows.length;
        const n = rows.length - from;
        const bound = Math.log(3 / (from === 0 ? 1 : share)) - n * Math.log(1 - share);
        for (const expert of [base!, online!]) {
          const regret = sumOf(loss, labels!, from) - sumOf(expert.map(sigmoid), labels!, from);
          expect(regret).toBeLessThan(bound + 1e-6);
        }
      }),
    );
  });

  test('whatever comes, probabilities stay inside (0, 1) and the state finite', () => {
    const any = fc.oneof(
      fc.double(),
      fc.constantFrom(Infinity, -Infinity, NaN, 1e308, -1e308, 0, 14),
    );
    const online = fc.oneof(logits, fc.constantFrom(Infinity, -Infinity, 1e300));
    const state = new Float64Array(combiner.width);
    fc.assert(
      fc.property(fc.array(fc.tuple(any, online, label), { maxLength: 80 }), (rows) => {
        combiner.start(state, 0);
        for (const [base, current, outcome] of rows) {
          const predicted = combiner.predict(state, 0, base, current);
          expect(predicted > 0 && predicted < 1).toBe(true);
          combiner.learn(state, 0, base, current, predicted, outcome);
          expect(state.every((value) => Number.isFinite(value))).toBe(true);
        }
      }),
    );
  });

  test('a hundred thousand sure rows, right or wrong, leave it able to learn', () => {
    const state = new Float64Array(combiner.width);
    combiner.start(state, 0);
    for (let row = 0; row < 100_000; row += 1) combiner.learn(state, 0, 50, 50, 1, 1);
    expect(state.every((value) => Number.isFinite(value))).toBe(true);
    for (let row = 0; row < 3_000; row += 1) combiner.learn(state, 0, 50, 50, 1, row & 1);
    const predicted = combiner.predict(state, 0, 50, 50);
    expect(predicted).toBeGreaterThan(0.3);
    expect(predicted).toBeLessThan(0.7);
  });

  test('without a base it is the online learner, and learns nothing', () => {
    const state = new Float64Array(combiner.width);
    combiner.start(state, 0);
    const before = state.slice();
    expect(combiner.predict(state, 0, NaN, 0.7)).toBe(sigmoid(0.7));
    combiner.learn(state, 0, NaN, 0.7, sigmoid(0.7), 1);
    expect(state).toEqual(before);
  });

  // The promise: two models that know different halves of the truth; then the base knows nothing, and is sure of it.
  test('better than both where each knows something, and within ε of the online learner once the base is useless', () => {
    const half = 10_000;
    const random = randomState(7);
    const [base, online, labels] = [0, 1, 2].map(() => new Float64Array(2 * half));
    for (let row = 0; row < 2 * half; row += 1) {
      const [x, z] = [normal(random), normal(random)];
      labels![row] = uniform(random) < sigmoid(1.2 * x + 1.2 * z) ? 1 : 0;
      base![row] = row < half ? x : 4 * normal(random);
      online![row] = z;
    }
    const combined = replay(combiner, { base: base!, online: online!, labels: labels! });
    const mean = (of: Float64Array, from: number, to: number) =>
      sumOf(of.subarray(from, to), labels!.subarray(from, to)) / (to - from);
    const ofOnline = online!.map(sigmoid);
    const ofBase = base!.map(sigmoid);
    const best = (to: number) => Math.min(mean(ofOnline, 0, to), mean(ofBase, 0, to));
    // From early on.
    expect(mean(combined, 0, 100)).toBeLessThan(best(100) + 0.01);
    expect(mean(combined, 0, half)).toBeLessThan(best(half) - 0.05);
    // The sum that the fall costs is bounded: ε = 0.011 on the first 1,000 rows by the bound, and nothing later on.
    const after = (from: number, to: number) =>
      mean(combined, half + from, half + to) - mean(ofOnline, half + from, half + to);
    expect(after(0, 1_000)).toBeLessThan(0.011);
    expect(after(1_000, half)).toBeLessThan(0.001);
    // And the test is not vacuous: a plain mean of the log-odds does not come back.
    const plain = base!.map((x, row) => sigmoid((x + online![row]!) / 2));
    expect(mean(plain, half, 2 * half)).toBeGreaterThan(mean(ofOnline, half, 2 * half) + 0.2);
  });

  test('refuses options out of range', () => {
    expect(() => createCombiner({ share: 1 })).toThrow('share: expected in (0, 1), got 1');
    expect(() => createCombiner({ memoryRows: 1 })).toThrow('memoryRows: expected above 1, got 1');
    expect(() => createCombiner({ priorPrecision: 0 })).toThrow('priorPrecision: expected above 0');
  });
});

describe('replay', () => {
  test('is predict and learn row by row, and goes on from a state', () => {
    const rows = { base: [1, -2, 0.5, 3], online: [0.5, -1, 1, -1], labels: [1, 0, 0, 1] };
    const whole = replay(combiner, rows);
    const state = new Float64Array(combiner.width);
    combiner.start(state, 0);
    const part = (from: number, to: number) => ({
      base: rows.base.slice(from, to),
      online: rows.online.slice(from, to),
      labels: rows.labels.slice(from, to),
    });
    const parts = [replay(combiner, part(0, 2), state), replay(combiner, part(2, 4), state)];
    expect(parts.flatMap((each) => [...each])).toEqual([...whole]);
  });

  test('a row without a label is predicted and teaches nothing', () => {
    const base = [2, 2, 2];
    const [first, second, third] = replay(combiner, { base, online: base, labels: [NaN, NaN, 0] });
    expect([second, third]).toEqual([first, first]);
  });

  test('refuses arrays of other lengths and labels of other kinds', () => {
    const labels = [1];
    expect(() => replay(combiner, { base: [], online: [1], labels })).toThrow('base: expected 1');
    expect(() => replay(combiner, { base: [1], online: [], labels })).toThrow('online: expected 1');
    expect(() => replay(combiner, { base: [1], online: [1], labels: [0.5] })).toThrow(
      'label of row 0: expected 0, 1 or NaN, got 0.5',
    );
  });
});

test('log-odds are finite, and the way back is the probability', () => {
  expect(logit(0.5)).toBe(0);
  expect(logit(0)).toBeCloseTo(-logit(1), 9);
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => {
      expect(sigmoid(logit(p))).toBeCloseTo(p, 10);
    }),
  );
});
