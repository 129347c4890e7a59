/** The share of examples that is kept: bounded, whatever comes, and without bias. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ExampleShare,
  initialShare,
  stepShare,
} from '../../../pipelines/examples/exampleShare.ts';
import { randomState, uniform } from '../../../stats/random.ts';

const minute = 60_000;
const bits = (random: ReturnType<typeof randomState>) => Math.floor(uniform(random) * 2 ** 32);

interface Minute {
  readonly rows: number;
  readonly kept: number;
  readonly weight: number;
}

/** Plays minutes of so many rows each. */
function played(counts: readonly number[], perMinute: number, seed: number): Minute[] {
  const random = randomState(seed);
  const share = initialShare(0);
  return counts.map((rows, at) => {
    let kept = 0;
    let weight = 0;
    for (let row = 0; row < rows; row += 1) {
      const counted = stepShare(share, at * minute, bits(random), bits(random), perMinute);
      weight += counted;
      kept += counted > 0 ? 1 : 0;
    }
    return { rows, kept, weight };
  });
}

test('few are all kept, and count once', () => {
  expect(played([10, 0, 99, 3], 100, 1)).toEqual(
    [10, 0, 99, 3].map((rows) => ({ rows, kept: rows, weight: rows })),
  );
});

// The weights say which share decided. With two a minute: 1, 1 then a half, of which two are kept, then a quarter, and so on.
test('the share is halved behind each further perMinute, and doubled once a minute when few come', () => {
  const share = initialShare(0);
  const random = randomState(3);
  const step = (time: number) => stepShare(share, time, bits(random), bits(random), 2);
  const kept = (time: number) => {
    for (;;) {
      const weight = step(time);
      if (weight > 0) return weight;
    }
  };
  const weights = Array.from({ length: 7 }, () => kept(0));
  expect(weights).toEqual([1, 1, 2, 2, 4, 4, 8]);
  expect(share).toMatchObject({ minute: 0, halvings: 3, kept: 7 });
  const before = share.seen;
  expect(before * 2 ** -2).toBeGreaterThan(2); // as many again need this share
  step(minute);
  expect(share).toMatchObject({ minute: 1, halvings: 3, seen: 1 });
  step(2 * minute);
  expect(share.halvings).toBe(2); // a minute of one row
  step(5 * minute);
  expect(share.halvings).toBe(0); // and three more of one row or none
});

test('a minute of n rows keeps at most perMinute × (1 + log₂(1 + n / perMinute)), and the ones like it about perMinute', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 20, max: 300 }),
      fc.integer({ min: 0, max: 1_000 }),
      (counts, perMinute, seed) => {
        for (const { rows, kept } of played(counts, perMinute, seed)) {
          // Hashes are draws: five standard errors.
          const expected = perMinute * (1 + Math.log2(1 + rows / perMinute));
          expect(kept).toBeLessThanOrEqual(expected + 5 * Math.sqrt(expected));
        }
      },
    ),
    { numRuns: 60 },
  );
  for (let seed = 1; seed <= 20; seed += 1) {
    const [, second, third] = played([5_000, 5_000, 5_000], 100, seed);
    expect(second!.kept).toBeLessThanOrEqual(200);
    expect(third!.kept).toBeLessThanOrEqual(100);
    expect(third!.kept).toBeGreaterThan(25);
  }
});

// The promise: 600 streams that swell and fall, one of which overflows within its minutes.
test('the weights add up to the rows, on average', () => {
  const counts = [200, 1_500, 1_500, 40, 700, 90, 90, 90, 2_500];
  const total = counts.reduce((sum, count) => sum + count, 0);
  const streams = 600;
  let sum = 0;
  let squares = 0;
  const byMinute = new Float64Array(counts.length);
  for (let seed = 1; seed <= streams; seed += 1) {
    const minutes = played(counts, 50, seed);
    const weight = minutes.reduce((all, each) => all + each.weight, 0);
    minutes.forEach((each, i) => {
      byMinute[i]! += each.weight / each.rows / streams;
    });
    sum += weight;
    squares += weight * weight;
  }
  const mean = sum / streams;
  const deviation = Math.sqrt(squares / streams - mean * mean);
  expect(Math.abs(mean - total)).toBeLessThan((3 * deviation) / Math.sqrt(streams));
  expect(deviation / total).toBeLessThan(0.1); // and it says something
  for (const ratio of byMinute) expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
});

test('time that goes back counts in the minute of the clock, and moves nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -10, max: 40 }), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 1, max: 9 }),
      (minutes, perMinute) => {
        const random = randomState(5);
        const share = initialShare(minutes[0]! * minute);
        for (const [i, at] of minutes.entries()) {
          const before: ExampleShare = { ...share };
          const weight = stepShare(share, at * minute, bits(random), bits(random), perMinute);
          expect([0, 2 ** share.halvings, 2 ** (share.halvings - 1)]).toContain(weight);
          expect(share.minute).toBe(Math.max(before.minute, at));
          expect(share.halvings).toBeGreaterThanOrEqual(0);
          if (i > 0 && at <= before.minute) expect(share.seen).toBe(before.seen + 1);
        }
      },
    ),
  );
});
