/** The promise of policies: they find what is best where it differs by situation, and find it again when it changes. */
import { describe, expect, test } from 'vitest';
import { bernoulli } from '../../benchmarks/bandits/bernoulli.ts';
import { contestants, nameOf } from '../../benchmarks/bandits/contestants.ts';
import { type Contestant, informed, play } from '../../benchmarks/bandits/play.ts';
import type { Round, Task } from '../../benchmarks/bandits/task.ts';
import { randomState, uniform } from '../../stats/random.ts';

const everyMs = 1_000;
const before = 1_500;
const after = 1_500;
/** Half-lives after which what was learnt before the drift weighs a sixteenth: 1,200 decisions. */
const halfLifeMs = 300 * everyMs;
const last = 300;
const actions = ['a', 'b', 'c'];
/** P(reward) in each of two situations. */
const truth = [
  [0.8, 0.3, 0.4],
  [0.3, 0.8, 0.4],
];
/** In either: uniform (0.8 + 0.3 + 0.4) / 3, at best 0.8. */
const chance = 0.5;
const best = 0.8;

const task: Task = {
  name: 'two situations',
  everyMs,
  define: (reads) => ({
    actions: actions.map((key) => ({ key, name: key, traits: { [key]: 1 } })),
    context: { features: [{ kind: 'numeric', field: 'side', missing: 'refuse' }] },
    traits: {
      bias: reads !== 'interaction',
      features:
        reads === 'context'
          ? []
          : actions.map((field) => ({ kind: 'numeric', field, missing: 'zero' })),
    },
  }),
  // From `before` on the situations have changed places.
  rounds(_, count, seed) {
    const random = randomState(seed);
    return Array.from({ length: count }, (_each, i): Round => {
      const side = uniform(random) < 0.5 ? 0 : 1;
      const means = Float64Array.from(truth[i < before ? side : 1 - side]!);
      const attributes = { side: 2 * side - 1 };
      return { user: `user-${i}`, attributes, means, rewards: bernoulli(random, means) };
    });
  },
};

const rounds = task.rounds('rest', before + after, 1);

/** From 0, by chance, to 1, the best of each situation. */
function wayOf(earned: Float64Array): number {
  return (earned.reduce((sum, each) => sum + each, 0) / earned.length - chance) / (best - chance);
}

function ways(contestant: Contestant): { settled: number; struck: number; recovered: number } {
  const earned = play(task, rounds, contestant, 1);
  return {
    settled: wayOf(earned.subarray(before - last, before)),
    struck: wayOf(earned.subarray(before, before + 50)),
    recovered: wayOf(earned.subarray(before + after - last)),
  };
}

describe('policies that learn', () => {
  test.each(contestants.map((each) => [nameOf(each), each] as const))('%s', (_, contestant) => {
    const { settled, struck, recovered } = ways({ ...contestant, learning: { halfLifeMs } });
    expect(settled).toBeGreaterThan(0.8);
    // The drift costs more than all that was gained.
    expect(struck).toBeLessThan(0);
    expect(recovered).toBeGreaterThan(0.8);
    expect(recovered - struck).toBeGreaterThan(0.9 * (settled - struck));
  });

  test.each(
    contestants
      .filter(({ learner }) => learner?.startsWith('linear'))
      .map((each) => [nameOf(each), each] as const),
  )('%s does the same in whatever unit rewards are', (_, contestant) => {
    const range = 1024;
    const wide: Task = {
      ...task,
      define: (reads) => ({ ...task.define(reads), reward: { bounds: [0, range] } }),
    };
    const some = rounds.slice(0, 500);
    const scaled = some.map((round) => ({
      ...round,
      rewards: round.rewards.map((reward) => range * reward),
    }));
    // Without the floor, below which small chances would be alike; and gentle, so that they are not 0.
    const gentle = contestant.policy === 'softmax' ? { lambda: 5 } : {};
    const bare = { ...contestant, parameters: gentle, floor: 0 };
    const earned = play(task, some, bare, 1);
    const inUnits = play(wide, scaled, bare, 1);
    for (const [i, each] of earned.entries()) expect(inUnits[i]).toBeCloseTo(each, 9);
  });

  test('without forgetting the old beliefs are in the way', () => {
    const { settled, recovered } = ways({ policy: 'linucb' });
    expect(settled).toBeGreaterThan(0.8);
    expect(recovered).toBeLessThan(0.5);
  });

  test('told everything, and with no chance kept for others, it is better still', () => {
    const { settled } = ways({ ...informed({ policy: 'linucb' }), learning: { halfLifeMs } });
    expect(settled).toBeGreaterThan(0.97);
  });

  test('what is told late is not known before', () => {
    const earned = play(task, rounds.slice(0, 200), { policy: 'linucb' }, 1);
    expect(wayOf(earned.subarray(0, 50))).toBeCloseTo(0, 10);
    expect(wayOf(earned.subarray(150))).toBeGreaterThan(0.3);
  });

  test('who learns nothing earns what chance earns', () => {
    expect(wayOf(play(task, rounds, { policy: 'uniform' }, 1))).toBeCloseTo(0, 10);
  });
});
