import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boundedBelowTerms,
  type Floors,
  ipsTerms,
} from '../../../stats/offPolicy/boundedBelowTerms.ts';
import {
  differenceFloors,
  differenceSequence,
  differenceTerms,
} from '../../../stats/offPolicy/differenceSequence.ts';
import { lnMeanWealth, lowerMeanBound } from '../../../stats/offPolicy/meanBets.ts';
import { termCounts } from '../../../stats/offPolicy/termCounts.ts';
import { sidedCounts, valueSequence } from '../../../stats/offPolicy/valueSequence.ts';
import { type RandomState, randomState, uniform } from '../../../stats/random.ts';
import { loggedBandit } from '../../support/loggedBandit.ts';

const same = (k: number): Floors => ({ lower: k, upper: k });

/** The golden log, twenty times over, rounded up from 0.3 of a step on. */
function repeated(fold: { step: typeof sidedCounts.step }, floors: Floors, less = false) {
  const state = sidedCounts.initial();
  for (let round = 0; round < 20; round += 1) {
    for (const decision of loggedBandit) {
      const own = boundedBelowTerms(decision, floors);
      const control = boundedBelowTerms({ ...decision, target: decision.logged }, floors);
      fold.step(state, { ...(less ? differenceTerms(own, control) : own), draw: 0.3 });
    }
  }
  return state;
}

/** A log of two actions, chosen by a policy that learns; the target takes the first with 0.8. */
function* learningLog(random: RandomState, units: number) {
  const wins = [0, 0];
  const tries = [0, 0];
  for (let n = 0; n < units; n += 1) {
    const rates = wins.map((won, b) => (won + 0.5) / (tries[b]! + 1));
    const logged = rates[1]! > rates[0]! ? [0.1, 0.9] : [0.9, 0.1];
    const action = uniform(random) < logged[1]! ? 1 : 0;
    const reward = uniform(random) < (action === 1 ? 0.6 : 0.3) ? 1 : 0;
    yield { action, reward, logged, target: [0.8, 0.2], predictions: rates };
    wins[action]! += reward;
    tries[action]! += 1;
  }
}

describe('boundedBelowTerms', () => {
  // Golden: numpy 2.4, means of w (r − q̃) + Σ π q̃ with q̃ = min(q, k / w), over the log of test/support/loggedBandit.
  test.each([
    [0, 0.5930989583333334, 0.7819010416666666],
    [0.25, 0.5654296875, 0.7587890625],
    [1, 0.5139973958333334, 0.6373697916666666],
    [4, 0.5084635416666666, 0.4915364583333333],
  ])('with the floor %d has the means of the formula', (k, lower, upper) => {
    const terms = loggedBandit.map((decision) => boundedBelowTerms(decision, same(k)));
    const mean = (side: 'lower' | 'upper') => terms.reduce((s, each) => s + each[side], 0) / 48;
    expect(mean('lower')).toBeCloseTo(lower, 13);
    expect(mean('upper')).toBeCloseTo(upper, 13);
  });

  test('never falls below its floor, and has the value as its mean over the actions', () => {
    const chances = fc
      .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
      .map((parts) => {
        const total = parts.reduce((sum, part) => sum + part, 0);
        return parts.map((part) => part / total);
      });
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const four = fc.array(part, { minLength: 4, maxLength: 4 });
    const floor = fc.double({ min: 0, max: 20, noNaN: true });
    fc.assert(
      fc.property(chances, chances, four, four, floor, (logged, target, predictions, means, k) => {
        let value = 0;
        let mean = 0;
        let mirror = 0;
        for (let action = 0; action < 4; action += 1) {
          const decision = { action, reward: means[action]!, logged, target, predictions };
          const { lower, upper } = boundedBelowTerms(decision, same(k));
          expect(lower).toBeGreaterThanOrEqual(-k);
          expect(upper).toBeGreaterThanOrEqual(-k);
          value += target[action]! * means[action]!;
          mean += logged[action]! * lower;
          mirror += logged[action]! * upper;
        }
        expect(mean).toBeCloseTo(value, 9);
        expect(mirror).toBeCloseTo(1 - value, 9);
      }),
    );
  });

  test('counts an action without a chance as nothing below, as everything above', () => {
    const decision = { action: 0, reward: 1, logged: [1, 0], target: [0.5, 0.5] };
    const predictions = [0.5, 0.5];
    const { lower, upper } = boundedBelowTerms({ ...decision, predictions }, same(3));
    expect(lower).toBe(0.5); // v ≥ 0.5
    expect(1 - upper).toBe(1); // v ≤ 1
  });

  test('its examples hold, and it refuses what is no reward', () => {
    const decision = { action: 0, reward: 1, logged: [0.5, 0.5], target: [1, 0] };
    expect(boundedBelowTerms(decision, same(0))).toEqual({ lower: 2, upper: 0 });
    expect(boundedBelowTerms(decision, { lower: 0, upper: 2 })).toEqual({ lower: 2, upper: -1 });
    expect(ipsTerms(2, 1)).toEqual({ lower: 2, upper: 0 });
    expect(ipsTerms(2, 1, 2)).toEqual({ lower: 2, upper: -1 });
    expect(() => boundedBelowTerms({ ...decision, reward: 2 }, same(0))).toThrow(
      'reward: expected',
    );
    expect(() => ipsTerms(3, 1, 2)).toThrow('weight: expected in [0, 2], got 3');
  });
});

describe('valueSequence', () => {
  // Golden: scipy 1.17, brentq on the mean over twenty bets of the products, term by term; rounded in Python as well.
  test.each([
    [0, 0.5224679582236875, 0.31496493347448884],
    [1, 0.44523364780926133, 0.44629340861531663],
    [4, 0.4421410878754073, 0.5764575962331596],
  ])('with the floor %d agrees with an independent computation', (k, lower, upper) => {
    const fold = valueSequence({ alpha: 0.05, floors: same(k) });
    const interval = fold.read(repeated(fold, same(k)));
    expect(interval.lower).toBeCloseTo(lower, 8);
    expect(interval.upper).toBeCloseTo(upper, 8);
  });

  // Golden: as above, for the target less the logging policy.
  test('so does the sequence of a difference', () => {
    const floors = differenceFloors(same(1), same(1));
    expect(floors).toEqual(same(3));
    const fold = differenceSequence({ alpha: 0.05, floors });
    const interval = fold.read(repeated(fold, same(1), true));
    expect(interval.lower).toBeCloseTo(0.051828357431885116, 8);
    expect(interval.upper).toBeCloseTo(-0.005936985464570061, 8);
  });

  test('any partition in any order has the same bits', () => {
    const rows = fc.array(
      fc.record({
        lower: fc.double({ min: -1, max: 1e6, noNaN: true }),
        upper: fc.double({ min: -1, max: 1e6, noNaN: true }),
        draw: fc.double({ min: 0, max: 0.999, noNaN: true }),
        at: fc.nat(2),
      }),
      { maxLength: 60 },
    );
    const fold = valueSequence({ alpha: 0.05, floors: same(1) });
    fc.assert(
      fc.property(rows, (terms) => {
        const whole = fold.initial();
        for (const each of terms) fold.step(whole, each);
        const merged = fold.initial();
        for (const part of [2, 0, 1]) {
          const state = fold.initial();
          for (const each of terms.filter(({ at }) => at === part).reverse())
            fold.step(state, each);
          fold.merge(merged, structuredClone(state));
        }
        expect(merged).toEqual(whole);
        expect(fold.read(merged)).toEqual(fold.read(whole));
      }),
    );
  });

  test('the wealth falls along the candidates, and grows with every larger term', () => {
    const terms = fc.array(fc.double({ min: -1, max: 50, noNaN: true }), { maxLength: 40 });
    const means = fc.double({ min: 0.01, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(terms, means, (values, mean) => {
        const counts = termCounts.initial();
        for (const term of values) termCounts.step(counts, { term, draw: 0.5 });
        const wealth = lnMeanWealth(counts, mean, 1);
        expect(lnMeanWealth(counts, mean + 0.01, 1)).toBeLessThanOrEqual(wealth + 1e-9);
        termCounts.step(counts, { term: 1, draw: 0.5 });
        expect(lnMeanWealth(counts, mean, 1)).toBeGreaterThan(wealth);
      }),
    );
  });

  // The promise: 300 logs of a policy that learns, watched after each of 300 decisions by the wealth of the truth.
  test.each([
    ['IPS, bound known', { lower: 0, upper: 8 }, false],
    ['DR, bound unknown', { lower: 1, upper: 1 }, true],
  ])('at most alpha of the sequences ever miss: %s', (_, floors, predicted) => {
    const alpha = 0.2;
    const runs = 120;
    const random = randomState(31);
    const value = 0.8 * 0.3 + 0.2 * 0.6;
    const fold = valueSequence({ alpha, floors });
    let missed = 0;
    let width = 0;
    for (let run = 0; run < runs; run += 1) {
      const state = fold.initial();
      let misses = false;
      let n = 0;
      for (const { predictions, ...plain } of learningLog(random, 300)) {
        const decision = predicted ? { ...plain, predictions } : plain;
        fold.step(state, { ...boundedBelowTerms(decision, floors), draw: uniform(random) });
        n += 1;
        if (misses || n % 5 > 0) continue;
        const threshold = Math.log(2 / alpha);
        misses =
          lnMeanWealth(state.lower, value, floors.lower) >= threshold ||
          lnMeanWealth(state.upper, 1 - value, floors.upper) >= threshold;
      }
      const { lower, upper } = fold.read(state);
      if (misses) missed += 1;
      width += (upper - lower) / runs;
    }
    expect(missed / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
    expect(missed / runs).toBeGreaterThan(alpha / 20);
    expect(width).toBeLessThan(0.75);
  });

  test('says everything before the first decision, and refuses what it cannot bet on', () => {
    const fold = valueSequence({ alpha: 0.05, floors: same(0) });
    expect(fold.read(fold.initial())).toEqual({ lower: 0, upper: 1 });
    const range = { floor: 0, meanMin: 0, meanMax: 1 };
    expect(() => lowerMeanBound({}, range, 1)).toThrow('alpha: expected in (0, 1), got 1');
    expect(() => lowerMeanBound({}, { ...range, meanMin: -1 }, 0.1)).toThrow('floor: expected');
  });
});
