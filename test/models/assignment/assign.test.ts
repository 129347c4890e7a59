import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkChange } from '../../../contracts/checkChange.ts';
import { type Experiment, layerBuckets, type Stage } from '../../../contracts/experiment.ts';
import {
  type Assignment,
  assign,
  createAssigner,
  isExposure,
} from '../../../models/assignment/assign.ts';
import { createTargeting } from '../../../models/assignment/targeting.ts';
import { makeExperiment, makeRunning, startAt } from '../../support/experiments.ts';
import { chiSquare, chiSquareDeviate, independenceDeviate } from './chiSquare.ts';

const users = Array.from({ length: 400 }, (_, i) => `user-${i}`);

type Step = Pick<Stage, 'traffic' | 'weights'>;
const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
/** Ramps of three variants, traffic and weights anyhow. */
const ramps = fc.array(
  fc.record({
    traffic: share,
    weights: fc
      .tuple(share, share)
      .map(([a, b]) => [a, b].sort((x, y) => x - y))
      .map(([a, b]) => [a!, b! - a!, 1 - b!]),
  }),
  { minLength: 1, maxLength: 5 },
);

/** What each user gets, stage by stage. */
function courses(experiment: Experiment): Assignment[][] {
  const assigners = experiment.stages.map(({ number }) => createAssigner(experiment, number));
  return users.map((user) => assigners.map((assigner) => assigner.assign(user, {})));
}

describe('ramps', () => {
  test('more traffic never moves who is in: variant, π and stage stay', () => {
    fc.assert(
      fc.property(ramps, (steps) => {
        const traffic = steps.map((step) => step.traffic).sort((a, b) => a - b);
        const rising: Step[] = steps.map((step, i) => ({ ...step, traffic: traffic[i]! }));
        for (const course of courses(makeRunning({}, rising))) {
          const first = course.findIndex(({ index }) => index >= 0);
          if (first < 0) continue;
          const { variant, probability } = course[first]!;
          for (const later of course.slice(first)) {
            expect(later).toMatchObject({ variant, probability, stage: first + 1 });
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  test('sticky: whatever the ramp, a unit is only ever in one variant', () => {
    fc.assert(
      fc.property(ramps, (steps) => {
        for (const course of courses(makeRunning({}, steps))) {
          const seen = new Set(course.filter(isExposure).map(({ variant }) => variant));
          expect(seen.size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('not sticky: with the same weights nobody moves, with others a unit has its stage’s π', () => {
    fc.assert(
      fc.property(ramps, (steps) => {
        const experiment = makeRunning({ sticky: false }, steps);
        const constant = steps.map(({ traffic }) => ({ traffic, weights: [0.2, 0.3, 0.5] }));
        const steady = courses(makeRunning({ sticky: false }, constant));
        courses(experiment).forEach((course, i) => {
          course.forEach((answer, stage) => {
            if (answer.index < 0) return;
            expect(answer.stage).toBe(stage + 1);
            expect(answer.reason).toBe('assigned');
            expect(answer.probability).toBeCloseTo(steps[stage]!.weights[answer.index]!, 12);
          });
          const kept = steady[i]!.filter(isExposure).map(({ variant }) => variant);
          expect(new Set(kept).size).toBeLessThanOrEqual(1);
        });
      }),
      { numRuns: 20 },
    );
  });

  const steps: Step[] = [
    { traffic: 0.1, weights: [0.9, 0.05, 0.05] },
    { traffic: 0.4, weights: [0.5, 0.3, 0.2] },
    { traffic: 1, weights: [0.2, 0.2, 0.6] },
  ];
  test.each([true, false])('π is the share of each variant in its stage (sticky: %s)', (sticky) => {
    const assigner = createAssigner(makeRunning({ sticky }, steps));
    const counts = steps.map(() => [0, 0, 0]);
    const units = 50_000;
    for (let i = 0; i < units; i += 1) {
      const { index, stage, probability } = assigner.assign(`u${i}`, {});
      expect(probability).toBe(steps[stage! - 1]!.weights[index]);
      counts[stage! - 1]![index]! += 1;
    }
    counts.forEach((each, i) => {
      const total = each.reduce((sum, count) => sum + count, 0);
      if (!sticky && i < 2) expect(total).toBe(0);
      if (total === 0) return;
      const expected = steps[i]!.weights.map((weight) => weight * total);
      expect(chiSquareDeviate(chiSquare(each, expected), 2)).toBeLessThan(4);
    });
    if (!sticky) return;
    // The stages are as large as the traffic that each added.
    const sizes = counts.map((each) => each.reduce((sum, count) => sum + count, 0));
    const expected = [0.1, 0.3, 0.6].map((part) => part * units);
    expect(chiSquareDeviate(chiSquare(sizes, expected), 2)).toBeLessThan(4);
  });

  test('asked with the stage in which each was first seen: no moves, and new weights for all who are new', () => {
    const experiment = makeRunning({ sticky: false }, [
      { traffic: 1, weights: [0.9, 0.1] },
      { traffic: 1, weights: [0.1, 0.9] },
    ]);
    const counts = [0, 0];
    const known = new Map(users.slice(0, 200).map((user) => [user, 1]));
    for (const user of users) {
      const answer = assign(experiment, known.get(user) ?? 2, user);
      if (known.has(user)) expect(answer).toEqual(assign(experiment, 1, user));
      else counts[answer.index]! += 1;
    }
    expect(chiSquareDeviate(chiSquare(counts, [20, 180]), 1)).toBeLessThan(3);
  });

  test('new weights reach whom new traffic takes in, and checkChange says so where there are none', () => {
    const before = makeRunning({}, [{ traffic: 1, weights: [0.5, 0.5] }]);
    const variants = before.variants.map((variant, i) => ({ ...variant, weight: [0.1, 0.9][i]! }));
    expect(checkChange(before, { ...before, variants }, startAt + 1).outcome).toBe('refused');
    const forced = makeRunning({}, [
      { traffic: 1, weights: [0.5, 0.5] },
      { traffic: 1, weights: [0.1, 0.9] },
    ]);
    for (const user of users) expect(assign(forced, 2, user)).toMatchObject({ stage: 1 });
  });
});

describe('mutual exclusion', () => {
  test('no unit is in two experiments of a layer with disjoint slices', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: layerBuckets - 1 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(cuts, (inner) => {
        const bounds = [0, ...inner.sort((a, b) => a - b), layerBuckets];
        const assigners = bounds
          .slice(1)
          .map((to, i) =>
            createAssigner(
              makeRunning({ key: `e${i}`, layer: { name: 'tutor', from: bounds[i]!, to } }),
            ),
          );
        for (const user of users) {
          const inside = assigners.filter((assigner) => assigner.assign(user, {}).index >= 0);
          expect(inside).toHaveLength(1);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('a slice is as large as it says, and apart from variants and other layers', () => {
    const layer = { name: 'tutor', from: 200_000, to: 500_000 };
    const sliced = createAssigner(makeRunning({ layer }));
    const other = createAssigner(makeRunning({ key: 'x', layer: { ...layer, name: 'home' } }));
    const plain = createAssigner(makeRunning());
    const withVariant = [0, 0, 0, 0];
    const withLayer = [0, 0, 0, 0];
    let inside = 0;
    const units = 50_000;
    for (let i = 0; i < units; i += 1) {
      const isIn = sliced.assign(`u${i}`, {}).index >= 0 ? 1 : 0;
      inside += isIn;
      withVariant[2 * isIn + plain.assign(`u${i}`, {}).index]! += 1;
      withLayer[2 * isIn + (other.assign(`u${i}`, {}).index >= 0 ? 1 : 0)]! += 1;
    }
    expect(Math.abs(inside - 0.3 * units)).toBeLessThan(4 * Math.sqrt(0.21 * units));
    expect(independenceDeviate(withVariant, 2)).toBeLessThan(3);
    expect(independenceDeviate(withLayer, 2)).toBeLessThan(3);
  });

  test('a slice begins with its first bucket and ends before its last', () => {
    // Golden: the layer's bucket 908988821 and the holdout's 894267001 of 'ada' (see bucket.test.ts).
    const bucket = Math.floor((908_988_821 / 2 ** 32) * layerBuckets);
    const isIn = (from: number, to: number) =>
      assign(makeRunning({ layer: { name: 'tutor', from, to } }), 1, 'ada').index >= 0;
    expect([isIn(bucket, bucket + 1), isIn(0, bucket), isIn(bucket + 1, layerBuckets)]).toEqual([
      true,
      false,
      false,
    ]);
    const isHeld = (buckets: number) => {
      const holdouts = [{ name: 'global', share: buckets / 2 ** 32 }];
      return assign(makeRunning({ holdouts }), 1, 'ada').reason === 'holdout';
    };
    expect([isHeld(894_267_001), isHeld(894_267_002)]).toEqual([false, true]);
  });

  test('a growing slice moves nobody who is in', () => {
    const small = makeRunning({ layer: { name: 'tutor', from: 400_000, to: 500_000 } });
    const large = makeRunning({ layer: { name: 'tutor', from: 300_000, to: 700_000 } });
    for (const user of users) {
      const answer = assign(small, 1, user);
      if (answer.index >= 0) expect(assign(large, 1, user)).toEqual(answer);
    }
  });

  test('a holdout keeps the same units out of all, and a larger one keeps out those too', () => {
    const held = (key: string, size: number) => {
      const assigner = createAssigner(
        makeRunning({ key, holdouts: [{ name: 'all', share: size }] }),
      );
      return users.filter((user) => assigner.assign(user, {}).reason === 'holdout');
    };
    const [first, second, larger] = [held('a', 0.2), held('b', 0.2), held('a', 0.4)];
    expect(first).toEqual(second);
    expect(larger).toEqual(expect.arrayContaining(first));
    expect(Math.abs(first.length - 80)).toBeLessThan(4 * Math.sqrt(0.16 * 400));
  });
});

describe('experiments', () => {
  test('with other salts are independent, and so are traffic and variant', () => {
    const counts = [0, 0, 0, 0];
    const within = [0, 0, 0, 0];
    const a = createAssigner(makeRunning());
    const b = createAssigner(makeRunning({ key: 'hints-2' }));
    const half = createAssigner(makeRunning({}, [{ traffic: 0.5, weights: [0.5, 0.5] }]));
    for (let i = 0; i < 50_000; i += 1) {
      const { index } = a.assign(`u${i}`, {});
      counts[2 * index + b.assign(`u${i}`, {}).index]! += 1;
      within[2 * index + (half.assign(`u${i}`, {}).index >= 0 ? 1 : 0)]! += 1;
    }
    expect(independenceDeviate(counts, 2)).toBeLessThan(3);
    expect(independenceDeviate(within, 2)).toBeLessThan(3);
  });

  test('the same salt is the same draw, under any key', () => {
    const twin = makeRunning({ key: 'copy', salt: 'hints' });
    const experiment = makeRunning();
    for (const user of users) {
      expect(assign(twin, 1, user).index).toBe(assign(experiment, 1, user).index);
    }
  });
});

describe('reasons', () => {
  const full = makeRunning(
    {
      targeting: { field: 'grade', atLeast: 7 },
      holdouts: [{ name: 'global', share: 0.3 }],
      layer: { name: 'tutor', from: 0, to: 600_000 },
    },
    [
      { traffic: 0.3, weights: [0.5, 0.5] },
      { traffic: 0.6, weights: [0.5, 0.5] },
    ],
  );

  test('are given in order, and each with what belongs to it', () => {
    const reasons = new Map<string, number>();
    for (let i = 0; i < 2_000; i += 1) {
      const answer = assign(full, 2, `u${i}`, { grade: 8 });
      reasons.set(answer.reason, (reasons.get(answer.reason) ?? 0) + 1);
      const inside = answer.reason === 'assigned' || answer.reason === 'sticky';
      expect(isExposure(answer)).toBe(inside);
      if (!inside) {
        expect(answer).toMatchObject({ variant: null, index: -1, probability: null, stage: null });
      } else {
        expect(answer).toMatchObject({
          probability: 0.5,
          stage: answer.reason === 'sticky' ? 1 : 2,
        });
      }
    }
    // 30 % held out; of the others 60 % in the slice; of these 30 % by stage 1 and 30 % by stage 2.
    const shares = {
      holdout: 0.3,
      'outside the layer slice': 0.28,
      'not in traffic': 0.168,
      sticky: 0.126,
      assigned: 0.126,
    };
    expect(new Set(reasons.keys())).toEqual(new Set(Object.keys(shares)));
    const observed = Object.keys(shares).map((reason) => reasons.get(reason)!);
    const expected = Object.values(shares).map((part) => part * 2_000);
    expect(chiSquareDeviate(chiSquare(observed, expected), 4)).toBeLessThan(3);
  });

  test('a unit that is not targeted is told so before all else', () => {
    for (const attributes of [{ grade: 6 }, { grade: '8' }, {}, { grade: null }, { grade: {} }]) {
      for (const user of users.slice(0, 20)) {
        expect(assign(full, 2, user, attributes).reason).toBe('targeted out');
      }
    }
  });

  test('targeting never throws, whatever the attributes', () => {
    const above = { field: 'a.b', above: 1 };
    const isTargeted = createTargeting({ not: { any: [above, { field: 'a', in: ['x', 2] }] } });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'a.b'), fc.anything()), (attributes) => {
        expect(typeof isTargeted(attributes)).toBe('boolean');
      }),
    );
    expect(isTargeted({})).toBe(false);
    expect(isTargeted({ a: 'y', 'a.b': 0 })).toBe(true);
  });

  test('a paused experiment assigns nobody; resumed, it assigns as before', () => {
    const running = makeRunning();
    const paused: Experiment = { ...running, state: 'paused' };
    for (const user of users.slice(0, 20)) {
      expect(assign(paused, 1, user)).toMatchObject({ reason: 'paused', variant: null });
      expect(assign({ ...paused, state: 'running' }, 1, user)).toEqual(assign(running, 1, user));
    }
  });

  test('a draft and one that is over have nobody, unless a variant was shipped', () => {
    expect(assign(makeExperiment(), undefined, 'ada').reason).toBe('not running');
    const over = (verdict: 'ship' | 'stop', variant: string | null): Experiment => ({
      ...makeRunning(),
      state: 'stopped',
      decision: { verdict, variant, reason: '', at: startAt },
    });
    expect(assign(over('stop', null), 1, 'ada').reason).toBe('not running');
    expect(assign(over('stop', 'with'), 1, 'ada').reason).toBe('not running');
    const shipped = assign(over('ship', 'with'), 1, 'ada');
    expect(shipped).toMatchObject({
      variant: 'with',
      index: 1,
      probability: null,
      reason: 'shipped',
    });
    expect(isExposure(shipped)).toBe(false);
    expect(assign({ ...over('ship', 'with'), state: 'archived' }, 1, 'bob')).toEqual(shipped);
  });

  test.each([makeExperiment(), makeRunning()])('an empty unit is refused (%#)', (experiment) => {
    expect(() => assign(experiment, undefined, '')).toThrow(
      new RangeError('unit: expected 1 to 256 characters, got 0'),
    );
  });

  test('a stage that there is not is refused', () => {
    expect(() => assign(makeRunning(), 7, 'ada')).toThrow(
      'stage: expected one of the 1 of hints, got 7',
    );
    expect(() => assign({ ...makeRunning(), stages: [] }, undefined, 'ada')).toThrow(RangeError);
  });

  test('units of any script have their variant, the same each time', () => {
    const experiment = makeRunning();
    for (const user of ['学生-42', 'Ωμέγα', '🦉', 'é', 'ab\u0000cd', ' ']) {
      const answer = assign(experiment, 1, user);
      expect(answer.index).toBeGreaterThanOrEqual(0);
      expect(createAssigner(makeRunning()).assign(user, {})).toEqual(answer);
    }
    // Golden: the bucket 3713621209 of 'ada' (see bucket.test.ts) lies in the upper half.
    expect(assign(experiment, 1, 'ada')).toEqual({
      variant: 'with',
      index: 1,
      probability: 0.5,
      stage: 1,
      reason: 'assigned',
    });
  });

  test('nothing is made for each unit: the same answer is the same object', () => {
    const experiment = makeRunning();
    const answers = new Set(users.map((user) => assign(experiment, 1, user)));
    expect(answers.size).toBe(2);
  });
});
