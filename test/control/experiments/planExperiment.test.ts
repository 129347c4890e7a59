import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { PlanAnswer, PlanQuery } from '../../../contracts/experimentApi.ts';
import { planExperiment } from '../../../control/experiments/planExperiment.ts';
import { unhurried } from '../../../control/experiments/unhurried.ts';

const rate = { kind: 'binary', mean: 0.1, minimumEffect: 0.02, unitsPerDay: 1_000 } as const;
const minutes = {
  ...{ kind: 'continuous', mean: 40, deviation: 10, minimumEffect: 2 },
  unitsPerDay: 100,
} as const;

async function planOf(query: object): Promise<PlanAnswer> {
  return PlanAnswer.parse(await planExperiment(PlanQuery.parse(query)));
}

describe('planExperiment', () => {
  // What is found with 80 % by a day is the effect with which a plan has 80 % on that day.
  test.each([
    ['a rate', rate, [4, 13, 60]],
    ['a rate near 1', { ...rate, mean: 0.9, minimumEffect: 0.05 }, [4, 30]],
    ['minutes', { ...minutes, cap: [0, 100] }, [10, 40]],
    ['classes', { ...minutes, cluster: { size: 20, correlation: 0.2, planned: 200 } }, [30, 80]],
  ])('%s: the detectable effect has the power that it says', async (_, query, days) => {
    const { curve } = await planOf(query);
    for (const day of days) {
      const found = curve[day - 1]!.detectable!;
      const again = await planOf({ ...query, minimumEffect: found });
      expect(Math.abs(again.curve[day - 1]!.power - 0.8)).toBeLessThan(0.01);
    }
  });

  test('falls with the days, and is null where no effect is large enough', async () => {
    const { curve } = await planOf({ ...rate, unitsPerDay: 30 });
    expect(curve[0]!.detectable).toBeNull();
    const known = curve.flatMap(({ detectable }) => (detectable === null ? [] : [detectable]));
    expect(known.length).toBeGreaterThan(70);
    for (let i = 1; i < known.length; i += 1) expect(known[i]!).toBeLessThan(known[i - 1]!);
  });

  test('a baseline saves units, bounds that are wide cost some', async () => {
    const units = async (query: object) => (await planOf(query)).units80!;
    const rare = { ...rate, mean: 0.03, minimumEffect: 0.06, unitsPerDay: 120 };
    expect(await units({ ...rare, baseline: false })).toBeGreaterThan(1.02 * (await units(rare)));
    const large = { ...minutes, minimumEffect: 4 };
    const narrow = await units({ ...large, cap: [0, 80] });
    expect(await units({ ...large, cap: [0, 800] })).toBeGreaterThan(1.2 * narrow);
  });

  test('of classes it plans those that are needed, and says what the likeness costs', async () => {
    const cluster = { size: 20, correlation: 0.2 };
    const plan = await planOf({ ...minutes, cluster });
    expect(plan.designEffect).toBeCloseTo(1 + 19 * 0.2, 9);
    expect(Math.abs(plan.plannedClusters! / (plan.units80! / 20) - 1)).toBeLessThan(0.05);
    const fixed = await planOf({ ...minutes, cluster: { ...cluster, planned: 20 } });
    expect(fixed.plannedClusters).toBe(20);
    expect(fixed.units80!).toBeGreaterThan(plan.units80!);
    const uneven = await planOf({ ...minutes, cluster: { ...cluster, sizeVariation: 0.8 } });
    expect(uneven.units80!).toBeGreaterThan(plan.units80!);
    // The default that the interface states.
    const usual = await planOf({ ...minutes, cluster: { size: 20 } });
    expect(usual).toEqual(await planOf({ ...minutes, cluster: { size: 20, correlation: 0.1 } }));
    expect((await planOf(rate)).plannedClusters).toBeNull();
  });

  test('says what cannot be planned', async () => {
    const query = PlanQuery.parse({ ...rate, mean: 1 });
    expect(await planExperiment(query)).toMatch(/^mean: expected a share in \(0, 1\)/);
  });

  test('lets others have their turns while it computes a year', async () => {
    let isDone = false;
    const plan = planOf({ ...rate, unitsPerDay: 5_000, daysMax: 365 }).then((answer) => {
      isDone = true;
      return answer;
    });
    let turns = 0;
    for (; !isDone; turns += 1) await nextTurn();
    expect((await plan).curve).toHaveLength(365);
    expect(turns).toBeGreaterThan(5);
  });
});

test('unhurried returns what the steps return, and passes on what they throw', async () => {
  function* steps(): Generator<void, string> {
    for (let i = 0; i < 3; i += 1) yield;
    return 'done';
  }
  expect(await unhurried(steps())).toBe('done');
  function* failing(): Generator<void, string> {
    yield;
    throw new RangeError('no');
  }
  await expect(unhurried(failing())).rejects.toThrow('no');
});
