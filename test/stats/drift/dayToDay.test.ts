/** The limit of a day's distance from reference days: exceeded as seldom as it says by rows that hang together. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusteredDay } from '../../../benchmarks/support/clusteredDays.ts';
import { dayToDay, dayToDayLimit, dayToDayTail } from '../../../stats/drift/dayToDay.ts';
import { populationStability } from '../../../stats/drift/populationStability.ts';
import { randomState } from '../../../stats/random.ts';

// Golden: Satterthwaite's degrees from the covariance of deviations, by numpy, with the corrections of Bai & Saranadasa 1996.
const golden = {
  days: [
    [30, 50, 20],
    [36, 44, 20],
    [25, 50, 25],
    [40, 42, 18],
  ],
  freedom: 1.3045194279123042,
};

test('the directions in which days differ agree with the reference implementation', () => {
  const read = dayToDay(golden.days);
  expect(read.freedom).toBeCloseTo(golden.freedom, 10);
  expect(read.days).toBe(4);
  const rest = { reference: [101, 136, 63], current: [30, 50, 20] };
  expect(read.distances[0]).toBeCloseTo(populationStability(rest).distance, 12);
  expect(read.mean).toBeCloseTo(read.distances.reduce((sum, x) => sum + x, 0) / 4, 12);
  expect(read.noise / (2 * (1 / 300 + 1 / 100))).toBeCloseTo(1, 12);
  // scipy.stats.f.isf(0.01, freedom, 3 * freedom); a day of a third of the rows may be so much farther.
  const quantile = 20.457858185273647;
  expect(dayToDayLimit(read, 0, 0.01) / read.mean).toBeCloseTo(quantile, 7);
  expect(dayToDayLimit(read, 3 * read.noise, 0.01) / read.mean).toBeCloseTo(3 * quantile, 7);
});

test('the probability of a distance is that at which it is the limit', () => {
  const read = dayToDay(golden.days);
  for (const noise of [0, read.noise, 5 * read.noise]) {
    for (const alpha of [0.2, 0.01, 1e-5]) {
      const limit = dayToDayLimit(read, noise, alpha);
      expect(dayToDayTail(read, noise, limit) / alpha).toBeCloseTo(1, 8);
    }
  }
  const same = dayToDay([
    [5, 5],
    [5, 5],
    [5, 5],
  ]);
  expect([dayToDayTail(same, 0.1, 0), dayToDayTail(same, 0.1, 0.2)]).toEqual([1, 0]);
});

test('the order of days and of bins makes no difference, and freedom stays within its bounds', () => {
  const count = fc.integer({ min: 0, max: 200 });
  const days = fc
    .integer({ min: 2, max: 12 })
    .chain((bins) =>
      fc.array(fc.array(count, { minLength: bins, maxLength: bins }), {
        minLength: 3,
        maxLength: 9,
      }),
    )
    .map((rows) => rows.map((day) => day.with(0, day[0]! + 1)));
  fc.assert(
    fc.property(days, (given) => {
      const read = dayToDay(given);
      const turned = dayToDay(given.toReversed().map((day) => day.toReversed()));
      expect(turned.mean).toBeCloseTo(read.mean, 9);
      expect(turned.freedom / read.freedom).toBeCloseTo(1, 6);
      const used = given[0]!.filter((_, bin) => given.some((day) => day[bin]! > 0)).length;
      expect(read.freedom).toBeGreaterThanOrEqual(1);
      expect(read.freedom).toBeLessThanOrEqual(Math.max(1, used - 1));
    }),
  );
});

test('days that are all alike have no variation, and too few days are refused', () => {
  const alike = dayToDay([
    [5, 5],
    [5, 5],
    [5, 5],
  ]);
  expect(alike.mean).toBeCloseTo(0, 12);
  expect(dayToDayLimit(alike, 0.01, 0.01)).toBeLessThan(1e-9);
  expect(() => dayToDay([[1], [1]])).toThrow('days: expected 3 or more, got 2');
});

describe('of 250 days without drift, each after seven others of its kind', () => {
  const alpha = 0.01;
  const shares = [0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.05];
  const moved = [0.05, 0.1, 0.1, 0.1, 0.15, 0.2, 0.3];

  test.each([
    [
      'users who resemble themselves',
      { users: 20, rowsOfUser: 25, likeness: 4, dayEffect: 0 },
      20,
      0.8,
    ],
    ['users and days', { users: 20, rowsOfUser: 25, likeness: 8, dayEffect: 0.2 }, 20, 0.8],
    [
      'fewer users than in the reference',
      { users: 20, rowsOfUser: 25, likeness: 4, dayEffect: 0 },
      7,
      0.8,
    ],
    ['rows of their own', { users: 20, rowsOfUser: 25, likeness: Infinity, dayEffect: 0 }, 20, 0],
  ])(
    'at most about alpha exceed the limit, and a shift is found: %s',
    (_, kind, usersLater, least) => {
      const random = randomState(77);
      const runs = 250;
      const exceeding = { critical: 0, limit: 0, moved: 0 };
      for (let run = 0; run < runs; run += 1) {
        const days = Array.from({ length: 7 }, () => clusteredDay(random, shares, kind));
        const reference = shares.map((_share, bin) =>
          days.reduce((sum, day) => sum + day[bin]!, 0),
        );
        const between = dayToDay(days);
        const later = { ...kind, users: usersLater };
        const isBeyond = (current: number[]) => {
          const { distance, noise, critical } = populationStability({ reference, current }, alpha);
          const limit = Math.max(critical, dayToDayLimit(between, noise, alpha));
          return { critical: distance > critical, limit: distance > limit };
        };
        const still = isBeyond(clusteredDay(random, shares, later));
        if (still.critical) exceeding.critical += 1;
        if (still.limit) exceeding.limit += 1;
        if (run < 60 && isBeyond(clusteredDay(random, moved, later)).limit) exceeding.moved += 1;
      }
      expect(exceeding.limit / runs).toBeLessThan(
        alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / runs),
      );
      // What the critical value for independent rows alone would have said.
      expect(exceeding.critical / runs).toBeGreaterThanOrEqual(least);
      expect(exceeding.moved / 60).toBeGreaterThan(0.9);
    },
  );
});
