import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ratingGap, stepRatings } from '../../../models/answer/ability.ts';
import { readDecayedRate, stepDecayedRate } from '../../../models/answer/decayedRate.ts';
import {
  practiceLevel,
  pushEffort,
  pushOutcome,
  pushSkillEffort,
} from '../../../models/answer/history.ts';
import { nameHash } from '../../../models/answer/nameHash.ts';
import { recency } from '../../../models/answer/recency.ts';
import { rateLevel, stepRecentRate } from '../../../models/answer/recentRate.ts';
import { itemRow, skillRow, userRow, userSkillRow } from '../../../models/answer/rows.ts';
import { createSituation } from '../../../models/answer/situation.ts';
import { smoothedLogit } from '../../../models/answer/smoothedLogit.ts';
import { nextStreak, streakStrength } from '../../../models/answer/streak.ts';
import { sigmoid } from '../../../models/features.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';

test('rows have no two facts in one place', () => {
  for (const row of [userRow, itemRow, skillRow, userSkillRow]) {
    const { width, ...places } = row;
    const positions = Object.values(places);
    expect(new Set(positions).size).toBe(positions.length);
    expect(Math.max(...positions)).toBeLessThan(width);
  }
});

describe('smoothedLogit', () => {
  test('is 0 when nothing is known and tends to the logit of the rate', () => {
    expect(smoothedLogit(0, 0, 4)).toBe(0);
    expect(smoothedLogit(600, 1000, 4)).toBeCloseTo(Math.log(0.6 / 0.4) - Math.log(0.4 / 0.6), 2);
  });

  test('rises with every success and falls with every failure', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), (successes, failures) => {
        const now = smoothedLogit(successes, successes + failures, 4);
        expect(smoothedLogit(successes + 1, successes + failures + 1, 4)).toBeGreaterThan(now);
        expect(smoothedLogit(successes, successes + failures + 1, 4)).toBeLessThan(now);
      }),
    );
  });
});

describe('recent rate', () => {
  test('moves by its share and is told apart in levels', () => {
    const values = Float64Array.of(0);
    stepRecentRate(values, 0, 1, 0.1);
    expect(values[0]).toBeCloseTo(0.06, 12);
    expect(rateLevel(0, 6)).toBe(2);
    expect([rateLevel(-0.4, 6), rateLevel(0.6, 6)]).toEqual([0, 5]);
  });
});

describe('decayed rate', () => {
  test('an answer one half-life old counts half', () => {
    const values = new Float64Array(3);
    stepDecayedRate(values, 0, 1, 1000, 500);
    stepDecayedRate(values, 0, 0, 1500, 500);
    expect([...values]).toEqual([0.5 * 0.6 - 0.4, 1.5, 1500]);
    expect(readDecayedRate(values, 0)).toBeCloseTo(-0.1 / 6.5, 12);
  });

  test('does not depend on the order of arrival', () => {
    const answer = fc.record({ time: fc.integer({ min: 1, max: 5000 }), outcome: fc.nat(1) });
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 20 }), (answers) => {
        const run = (ordered: typeof answers) => {
          const values = new Float64Array(3);
          for (const { time, outcome } of ordered) stepDecayedRate(values, 0, outcome, time, 1000);
          return values;
        };
        const forward = run(answers);
        const sorted = run([...answers].sort((a, b) => a.time - b.time));
        for (let i = 0; i < 3; i += 1) expect(forward[i]).toBeCloseTo(sorted[i]!, 9);
      }),
    );
  });
});

describe('histories', () => {
  test('keep the latest in the lowest bits and forget the oldest', () => {
    expect([1, 0, 1, 1].reduce(pushOutcome, 0)).toBe(0b1011);
    expect(pushOutcome(0b11_1111_1111, 0)).toBe(0b11_1111_1110);
    expect([0, 9, 2].reduce(pushEffort, 0)).toBe(0b111_010);
    expect([1, 2, 9, 1].reduce(pushSkillEffort, 0)).toBe(0b01_10_11_01);
    expect([0, 3, 8, 16].map(practiceLevel)).toEqual([0, 1, 2, 3]);
  });

  test('a streak turns with the outcome', () => {
    expect(
      [1, 1, 0, 0, 0, 1].map(
        (
          (s) => (y: number) =>
            (s = nextStreak(s, y))
        )(0),
      ),
    ).toEqual([1, 2, -1, -2, -3, 1]);
    expect(streakStrength(-3)).toBe(-streakStrength(3));
  });
});

describe('recency', () => {
  test('is 0 for what never was, is now, or lies ahead', () => {
    expect([recency(0, 5000), recency(5000, 5000), recency(6000, 5000)]).toEqual([0, 0, 0]);
    expect(recency(1000, 100_000)).toBeCloseTo(Math.log(100), 12);
  });
});

describe('ratings', () => {
  // The promise: after 300 users on 40 items, the difficulties are in the order that drew the answers.
  test('recover abilities and difficulties', () => {
    const random = randomState(10);
    const difficulties = Float64Array.from({ length: 40 }, () => normal(random));
    const abilities = Float64Array.from({ length: 300 }, () => normal(random));
    const situation = createSituation();
    situation.users = new Float64Array(300 * userRow.width);
    situation.items = new Float64Array(40 * itemRow.width);
    situation.itemHash = 1;
    for (let round = 0; round < 60; round += 1) {
      for (let user = 0; user < 300; user += 1) {
        const item = Math.floor(uniform(random) * 40);
        situation.user = user * userRow.width;
        situation.item = item * itemRow.width;
        const rate = sigmoid(abilities[user]! - difficulties[item]!);
        stepRatings(situation, uniform(random) < rate ? 1 : 0);
      }
    }
    const rated = difficulties.map(
      (_, i) => situation.items[i * itemRow.width + itemRow.difficulty]!,
    );
    const able = abilities.map((_, i) => situation.users[i * userRow.width + userRow.ability]!);
    expect(correlation(rated, difficulties)).toBeGreaterThan(0.95);
    expect(correlation(able, abilities)).toBeGreaterThan(0.85);
    expect(Number.isFinite(ratingGap(situation))).toBe(true);
  });
});

function correlation(left: Float64Array, right: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [a, b] = [mean(left), mean(right)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < left.length; i += 1) {
    ab += (left[i]! - a) * (right[i]! - b);
    aa += (left[i]! - a) ** 2;
    bb += (right[i]! - b) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

test('a name has the same hash under any code, and never 0', () => {
  const one = new InternDictionary();
  const other = new InternDictionary();
  other.internText('first');
  expect(nameHash(one, one.internText('élève'))).toBe(nameHash(other, other.internText('élève')));
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      expect(nameHash(one, one.internText(text))).not.toBe(0);
    }),
  );
});
