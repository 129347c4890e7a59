import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import {
  type PairedDifferenceState,
  pairedDifference,
} from '../../../stats/sequential/pairedDifference.ts';
import { lnBetter, lnWorse, pairedInterval } from '../../../stats/sequential/pairedEvidence.ts';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

function folded(fold: ReturnType<typeof pairedDifference>, differences: readonly number[]) {
  const state = fold.initial();
  for (const difference of differences) fold.step(state, difference);
  return state;
}

/** d of two forecasters of 40 outcomes: .5 + .4 sin i, and .5 + .35 cos i. */
const forty = Array.from({ length: 40 }, (_, i) => {
  const label = i % 3 === 0 || i % 7 === 2 ? 1 : 0;
  return (0.5 + 0.4 * Math.sin(i) - label) ** 2 - (0.5 + 0.35 * Math.cos(i) - label) ** 2;
});

// Golden: mpmath 1.3 with 30 digits. What sums say has its own in pairedEvidence.test.ts.
test('sums are those of the differences, and say what pairedEvidence says of them', () => {
  const fold = pairedDifference({ alpha: 0.1, gainMin: 0.01 });
  const state = folded(fold, forty);
  expect(state.count).toBe(40);
  expect(state.sum).toBeCloseTo(0.60424855093, 8);
  expect(state.squares).toBeCloseTo(5.8588807589, 7);
  expect(fold.read(state)).toEqual({
    mean: state.sum / 40,
    ...pairedInterval(state, { better: 0.05, worse: 0.05 }),
    lnBetter: lnBetter(state, 0.01),
    lnWorse: lnWorse(state),
  });
});

describe('properties', () => {
  const differences = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 60 });
  const fold = pairedDifference({ alpha: 0.05 });

  test('merged states are those of all rows, to the bit, in any order', () => {
    fc.assert(
      fc.property(differences, differences, (left, right) => {
        const merged = folded(fold, right);
        fold.merge(merged, folded(fold, left));
        expect(merged).toEqual(folded(fold, [...left, ...right]));
      }),
    );
  });

  test('the other way round, everything is mirrored', () => {
    fc.assert(
      fc.property(differences, (some) => {
        const one = fold.read(folded(fold, some));
        // On the grid already, where halves are rounded up.
        const mirrored = folded(fold, some);
        mirrored.sum = -mirrored.sum;
        const other = fold.read(mirrored);
        expect([other.lnBetter, other.lnWorse]).toEqual([one.lnWorse, one.lnBetter]);
        if (some.length > 0) expect(other.lower).toBeCloseTo(-one.upper, 12);
      }),
    );
  });

  test('the interval excludes 0 only with evidence of twice the level', () => {
    fc.assert(
      fc.property(differences, (some) => {
        const { lower, upper, lnBetter, lnWorse } = fold.read(folded(fold, some));
        if (upper < 0) expect(lnBetter).toBeGreaterThan(Math.log(2 / 0.05) - 1e-9);
        if (lower > 0) expect(lnWorse).toBeGreaterThan(Math.log(2 / 0.05) - 1e-9);
      }),
    );
  });

  test('equal forecasters have no evidence either way, and figures are finite', () => {
    const { mean, lnBetter, lnWorse } = fold.read(folded(fold, new Array(1_000).fill(0)));
    expect([mean, lnBetter, lnWorse]).toEqual([0, 0, 0]);
    const worse = fold.read(folded(fold, new Array(5_000).fill(0.01)));
    expect(worse.lnWorse).toBeGreaterThan(10);
    expect(worse.lnBetter).toBeGreaterThan(-Infinity);
    expect(worse.lnBetter).toBe(-700);
  });

  test('refuses what is outside its range', () => {
    expect(() => pairedDifference({ alpha: 0 })).toThrow('alpha: expected in (0, 1)');
    const negative = { alpha: 0.1, gainMin: -1 };
    expect(() => pairedDifference(negative)).toThrow('gainMin: expected in [0, 1), got -1');
    expect(() => fold.step(fold.initial(), 1.5)).toThrow(
      'difference: expected in [-1, 1], got 1.5',
    );
  });
});

/**
 * Differences of two forecasters of rows that hang together: users with a difficulty of their own, of whom some come again and
 * again, and regimes in which now the one is better, now the other, so that on the whole neither is.
 *
 * @param gain share of the truth that the one knows in all regimes and the other does not
 */
function stream(seed: number, rows: number, gain: number): number[] {
  const random = randomState(seed);
  const users = Array.from({ length: 30 }, () => 1.5 * normal(random));
  let user = 0;
  let regime = 0.5;
  return Array.from({ length: rows }, (_, row) => {
    if (uniform(random) < 0.2) user = Math.floor(30 * uniform(random));
    // What comes next is known, and the mean over two regimes is 0.
    if (row % 100 === 0) regime = -regime;
    const truth = users[user]! + (row % 200 < 100 ? 0.5 : -0.5);
    const label = uniform(random) < sigmoid(truth) ? 1 : 0;
    const own = sigmoid(truth + (regime > 0 ? 0.8 : 0));
    const other = sigmoid(truth * (1 - gain) + (regime > 0 ? 0 : 0.8));
    return (own - label) ** 2 - (other - label) ** 2;
  });
}

/** Share of walks in which the evidence ever reaches its level, looked at behind every row. */
function crossings(
  walks: number,
  rowsOf: (walk: number) => readonly number[],
  evidence: 'lnBetter' | 'lnWorse',
  options = { alpha: 0.1 },
): number {
  const fold = pairedDifference(options);
  let crossed = 0;
  for (let walk = 0; walk < walks; walk += 1) {
    const state: PairedDifferenceState = fold.initial();
    for (const difference of rowsOf(walk)) {
      fold.step(state, difference);
      const sum = evidence === 'lnWorse' ? state.sum : -state.sum;
      // The mixture is below exp(sum² / 2 time), which costs nothing to see.
      if (sum <= 0 || sum * sum < 2 * 0.5 * state.squares) continue;
      if (fold.read(state)[evidence] < Math.log(1 / options.alpha)) continue;
      crossed += 1;
      break;
    }
  }
  return crossed / walks;
}

describe('the promise, watched at every row', () => {
  const alpha = 0.1;

  // d is a martingale difference: the outcome of every row is drawn halfway between what both said of it.
  test('of equal forecasters at most alpha are ever found better, users and regimes or not', () => {
    const walks = 300;
    const share = crossings(
      walks,
      (walk) => {
        const random = randomState(1_000 + walk);
        const users = Array.from({ length: 20 }, () => normal(random));
        let user = 0;
        return Array.from({ length: 1_000 }, (_, row) => {
          if (uniform(random) < 0.1) user = Math.floor(20 * uniform(random));
          const spread = row % 250 < 125 ? 0.05 : 0.2;
          const centre = 0.3 * Math.tanh(users[user]!);
          const own = 0.5 + centre + spread;
          const other = 0.5 + centre - spread;
          const label = uniform(random) < 0.5 + centre ? 1 : 0;
          return (own - label) ** 2 - (other - label) ** 2;
        });
      },
      'lnBetter',
    );
    expect(share).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / walks));
    expect(share).toBeGreaterThan(alpha / 10);
  });

  test('the running mean of what was expected stays within the interval', () => {
    // The regimes of `stream`, with the expectation of each row known.
    const fold = pairedDifference({ alpha });
    const walks = 200;
    let missed = 0;
    for (let walk = 0; walk < walks; walk += 1) {
      const random = randomState(9_000 + walk);
      const state = fold.initial();
      let expected = 0;
      for (let row = 0; row < 600; row += 1) {
        const truth = sigmoid(normal(random));
        const own = row % 200 < 100 ? truth : 0.5;
        const other = row % 200 < 100 ? 0.5 : truth;
        const label = uniform(random) < truth ? 1 : 0;
        fold.step(state, (own - label) ** 2 - (other - label) ** 2);
        expected += (own - truth) ** 2 - (other - truth) ** 2;
        if (row % 5 !== 4) continue;
        const { lower, upper } = fold.read(state);
        if (expected / (row + 1) >= lower && expected / (row + 1) <= upper) continue;
        missed += 1;
        break;
      }
    }
    expect(missed / walks).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / walks));
  });

  test('a small gain is found, and its opposite is not', () => {
    // Brier score better by some 0.012 through regimes in which either is ahead.
    const rows = 8_000;
    expect(crossings(30, (walk) => stream(walk, rows, 0.6), 'lnBetter')).toBeGreaterThan(0.9);
    expect(crossings(30, (walk) => stream(walk, rows, 0.6), 'lnWorse')).toBeLessThan(0.2);
  });
});
