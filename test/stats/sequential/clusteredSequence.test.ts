/** Means over decisions with the user as unit: against a golden vector, and its promise where users come again and again. */
import { expect, test } from 'vitest';
import { normal, type RandomState, randomState, uniform } from '../../../stats/random.ts';
import {
  clusteredDifference,
  clusteredMean,
  clusterSumsOf,
} from '../../../stats/sequential/clusteredSequence.ts';
import { clusterRatio } from '../../../stats/testing/clusterRatio.ts';

interface User {
  readonly chance: number;
  readonly arm: 0 | 1;
  readonly rate: number;
  size: number;
  earned: number;
}

// Golden: statsmodels 0.15.0, OLS of the rewards on a constant, cov_type='cluster'.
test('has the cluster-robust standard error of the mean', () => {
  const users = Array.from({ length: 40 }, (_, u) => {
    const size = 1 + (u % 5);
    return { size, earned: (u * 7) % (size + 1), decisions: size };
  });
  const { estimate, standardError } = clusteredMean(clusterSumsOf(users), 0.05);
  expect(estimate).toBeCloseTo(0.4416666667, 10);
  expect(standardError).toBeCloseTo(0.05578833, 10);
  const same = clusterRatio({
    sums: users.map(({ earned }) => earned),
    counts: users.map(({ size }) => size),
  });
  expect(standardError).toBeCloseTo(Math.sqrt(same.variance), 12);
});

test('says nothing of few users, or of one who decides for all', () => {
  const one = { size: 5, earned: 2, decisions: 5 };
  const many = Array.from({ length: 100 }, () => one);
  const heavy = { size: 900, earned: 300, decisions: 900 };
  const bounded = (users: (typeof one)[]) => clusteredMean(clusterSumsOf(users), 0.05).lower;
  expect(bounded(many.slice(0, 29))).toBe(-Infinity);
  expect(bounded(many.slice(0, 30))).toBeGreaterThan(0);
  expect(bounded([...many, heavy])).toBe(-Infinity);
});

function newUsers(count: number, share: number, spread: number, random: RandomState): User[] {
  return Array.from({ length: count }, () => ({
    arm: uniform(random) < share ? 0 : 1,
    chance: Math.max(0, Math.min(1, 0.3 + spread * normal(random))),
    rate: Math.exp(0.8 * normal(random)),
    ...{ size: 0, earned: 0 },
  }));
}

/** Decisions of one more day. */
function nextDay(users: readonly User[], random: RandomState): void {
  for (const user of users) {
    for (let left = user.rate; left > 0; left -= 1) {
      if (uniform(random) >= left) continue;
      user.size += 1;
      user.earned += uniform(random) < user.chance ? 1 : 0;
    }
  }
}

const sumsOf = (users: readonly User[], arm: number) =>
  clusterSumsOf(
    users
      .filter((user) => user.arm === arm && user.size > 0)
      .map(({ size, earned }) => ({ size, earned, decisions: size })),
  );

// The promise: both arms are worth the same, users differ, and each of 30 days is looked at. By decisions most would be deceived.
test.each([
  ['users that differ', 0.2],
  ['decisions that are independent', 0],
])('at most alpha of the comparisons ever err: %s', (_, spread) => {
  const runs = 150;
  const alpha = 0.05;
  const random = randomState(17);
  let erred = 0;
  let byDecisions = 0;
  for (let run = 0; run < runs; run += 1) {
    const users = newUsers(500, 0.15, spread, random);
    let [isWrong, isWrongByDecisions] = [false, false];
    for (let day = 0; day < 30; day += 1) {
      nextDay(users, random);
      const [held, learnt] = [sumsOf(users, 0), sumsOf(users, 1)];
      const { lower, upper } = clusteredDifference(learnt, held, alpha);
      isWrong ||= lower > 0 || upper < 0;
      // The same with each decision as a user of its own.
      const alone = clusteredDifference(apart(learnt), apart(held), alpha);
      isWrongByDecisions ||= alone.lower > 0 || alone.upper < 0;
    }
    erred += isWrong ? 1 : 0;
    byDecisions += isWrongByDecisions ? 1 : 0;
  }
  const error = Math.sqrt((alpha * (1 - alpha)) / runs);
  expect(erred / runs).toBeLessThan(alpha + 2 * error);
  if (spread > 0) expect(byDecisions / runs).toBeGreaterThan(0.2);
});

function apart({ sizes, earned }: ReturnType<typeof clusterSumsOf>) {
  return {
    ...{ users: sizes, decisions: sizes, sizes, earned },
    ...{ sizeSquares: sizes, earnedSquares: earned, products: earned },
  };
}

test('tells a difference that is there', () => {
  const random = randomState(23);
  const users = newUsers(4_000, 0.2, 0.1, random).map((user) =>
    user.arm === 1 ? { ...user, chance: Math.min(1, user.chance + 0.1) } : user,
  );
  for (let day = 0; day < 10; day += 1) nextDay(users, random);
  const { lower, upper } = clusteredDifference(sumsOf(users, 1), sumsOf(users, 0), 0.05);
  expect(lower).toBeGreaterThan(0);
  expect(upper).toBeGreaterThan(0.1);
});
