import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOf, kaplanMeier, shareBy } from '../../../stats/monitoring/kaplanMeier.ts';
import { type AwaitedLabel, labelDelay } from '../../../stats/monitoring/labelDelay.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { normalTwoSided } from '../../../stats/special/normal.ts';
import { mergedIn } from './support.ts';

const quantile = normalTwoSided(0.05);

function readOf(rows: readonly AwaitedLabel[]) {
  const state = labelDelay.initial();
  for (const row of rows) labelDelay.step(state, row);
  return labelDelay.read(state);
}

/** As lifelines was given them: 120 units, 76 events, 78 ages. */
const golden: AwaitedLabel[] = Array.from({ length: 120 }, (_, i) => ({
  ageMs: Math.round(Math.exp(((i * 37 + 11) % 97) / 12)),
  isLabelled: (i * 53 + 7) % 101 < 65,
}));

// Golden: lifelines 0.30.3, KaplanMeierFitter(alpha=0.05): 1 − survival and its interval.
const expected = [
  [10, 0.18209345794392495, 0.12143676378482449, 0.26807539443781725],
  [100, 0.3972276635514014, 0.3082008000356389, 0.5011624778172228],
  [500, 0.6461988459975617, 0.5440161629500448, 0.7470890516669076],
  [1_000, 0.6593025924420964, 0.5572771408844395, 0.75899135283925],
  [2_500, 0.9148256481105241, 0.8189568698060616, 0.9712689492745047],
] as const;
const delays = [
  [0.1, 4],
  [0.25, 28],
  [0.5, 225],
  [0.75, 1_408],
] as const;

const ages = [...new Set(golden.map(({ ageMs }) => ageMs))].sort((a, b) => a - b);
const curve = kaplanMeier(
  ages.map((age) => {
    const own = golden.filter(({ ageMs }) => ageMs === age);
    const events = own.filter(({ isLabelled }) => isLabelled).length;
    return { age, events, censored: own.length - events };
  }),
);

describe('kaplanMeier', () => {
  test('agrees with lifelines', () => {
    for (const [age, share, low, high] of expected) {
      const { estimate, lower, upper } = shareBy(curve, age, quantile);
      expect(estimate).toBeCloseTo(share, 12);
      expect(lower).toBeCloseTo(low, 12);
      expect(upper).toBeCloseTo(high, 12);
    }
    for (const [share, age] of delays) expect(ageOf(curve, share)).toBe(age);
  });

  test('says what it cannot know', () => {
    expect(shareBy(kaplanMeier([]), 5, quantile)).toEqual({ estimate: NaN, lower: 0, upper: 1 });
    const waiting = kaplanMeier([{ age: 9, events: 0, censored: 4 }]);
    expect(shareBy(waiting, 5, quantile)).toEqual({ estimate: 0, lower: 0, upper: 1 });
    expect(ageOf(waiting, 0.5)).toBe(Infinity);
    const half = kaplanMeier([
      { age: 3, events: 50, censored: 0 },
      { age: 9, events: 0, censored: 50 },
    ]);
    expect(shareBy(half, 9, quantile).estimate).toBe(0.5);
    const beyond = shareBy(half, 9.1, quantile);
    expect([beyond.estimate, beyond.upper]).toEqual([NaN, 1]);
    expect(beyond.lower).toBeCloseTo(0.4, 1);
  });
});

describe('label delay', () => {
  /** Two ages share a bin only if they differ by less. */
  const width = 1.0203;

  test('agrees with lifelines within its bins', () => {
    const read = readOf(golden);
    expect([read.count, read.labelled]).toEqual([120, 76]);
    for (const [age] of expected) {
      const { estimate } = read.within(age, quantile);
      const [below, above] = [age / width, age * width].map((at) => shareBy(curve, at, quantile));
      expect(estimate).toBeGreaterThan(below!.estimate - 0.002);
      expect(estimate).toBeLessThan(above!.estimate + 0.002);
    }
    for (const [share, age] of delays) {
      expect(Math.abs(read.delayOf(share) / age - 1)).toBeLessThan(0.0101);
    }
  });

  test('without waiting it is the plain share', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1 }), (ages) => {
        const { within } = readOf(ages.map((ageMs) => ({ ageMs, isLabelled: true })));
        const middle = ages[0]!;
        // Ages within 2 % share a bin with it, or not.
        const below = ages.filter((age) => age < middle / width).length;
        const notAbove = ages.filter((age) => age <= middle * width).length;
        const { estimate, lower, upper } = within(middle, quantile);
        expect(estimate).toBeGreaterThanOrEqual(below / ages.length - 1e-9);
        expect(estimate).toBeLessThanOrEqual(notAbove / ages.length + 1e-9);
        expect(lower >= 0 && lower <= estimate && estimate <= upper && upper <= 1).toBe(true);
      }),
    );
  });

  test('merges bit for bit however rows were split', () => {
    const row = fc.record({
      ageMs: fc.double({ min: 0, max: 1e12, noNaN: true }),
      isLabelled: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(row), fc.array(fc.nat(3), { maxLength: 20 }), (rows, places) => {
        const whole = labelDelay.initial();
        for (const each of rows) labelDelay.step(whole, each);
        expect(mergedIn(labelDelay, rows, places)).toEqual(whole);
        const { delayOf } = labelDelay.read(whole);
        if (rows.length > 0) expect(delayOf(0.2)).toBeLessThanOrEqual(delayOf(0.7));
      }),
    );
  });

  // The promise: delays are exponential, and each prediction is watched for a time of its own. The plain share of
  // labelled ones is .57, and the true one .78.
  test('95 percent of intervals hold the true share, though 43 percent of the predictions still wait', () => {
    const random = randomState(12);
    const truth = 1 - Math.exp(-1.5);
    const windows = 400;
    let covered = 0;
    let sum = 0;
    for (let window = 0; window < windows; window += 1) {
      const rows = Array.from({ length: 200 }, () => {
        const delay = -1_000 * Math.log(1 - uniform(random));
        const watched = 2_000 * uniform(random);
        return { ageMs: Math.min(delay, watched), isLabelled: delay <= watched };
      });
      const { estimate, lower, upper } = readOf(rows).within(1_500, quantile);
      if (lower <= truth && truth <= upper) covered += 1;
      sum += estimate;
    }
    expect(Math.abs(covered / windows - 0.95)).toBeLessThan(3 * Math.sqrt(0.0475 / windows));
    expect(Math.abs(sum / windows - truth)).toBeLessThan(0.01);
  });

  test('predictions that are given up at an age have been watched up to it', () => {
    for (const ageMs of [999, 86_400_000, 259_200_000]) {
      const rows = [...'aab'].map((of) => ({ ageMs: of === 'a' ? ageMs / 3 : ageMs, of }));
      const read = readOf(
        rows.map(({ ageMs: age, of }) => ({ ageMs: age, isLabelled: of === 'a' })),
      );
      expect(read.within(ageMs, quantile).estimate).toBeCloseTo(2 / 3, 12);
      expect(read.within(1.05 * ageMs, quantile).estimate).toBe(NaN);
    }
  });

  test('refuses what is no age, and changes nothing', () => {
    const state = labelDelay.initial();
    for (const ageMs of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => labelDelay.step(state, { ageMs, isLabelled: true })).toThrow(
        `ageMs: expected at least 0, got ${ageMs}`,
      );
    }
    expect(state).toEqual(labelDelay.initial());
    expect(labelDelay.read(state).delayOf(0.5)).toBe(NaN);
  });
});
