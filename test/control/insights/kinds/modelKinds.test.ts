import { describe, expect, test } from 'vitest';
import { ModelPlan } from '../../../../contracts/modelPlan.ts';
import type {
  FairnessFacts,
  HoldoutFacts,
  ModelFacts,
  ReleaseFacts,
  RunFacts,
  SliceFacts,
} from '../../../../control/insights/gather/modelFacts.ts';
import { calibrationSlipped } from '../../../../control/insights/kinds/calibration-slipped.ts';
import { championBehindShadow } from '../../../../control/insights/kinds/champion-behind-shadow.ts';
import { fairnessGapWidened } from '../../../../control/insights/kinds/fairness-gap-widened.ts';
import { performanceDrop } from '../../../../control/insights/kinds/performance-drop.ts';
import { performanceDropEstimated } from '../../../../control/insights/kinds/performance-drop-estimated.ts';
import { predictionShift } from '../../../../control/insights/kinds/prediction-shift.ts';
import { retrainingWouldHelp } from '../../../../control/insights/kinds/retraining-would-help.ts';
import { retrainingWouldNotHelp } from '../../../../control/insights/kinds/retraining-would-not-help.ts';
import { sliceRegression } from '../../../../control/insights/kinds/slice-regression.ts';
import { staleModel } from '../../../../control/insights/kinds/stale-model.ts';
import { randomState } from '../../../../stats/random.ts';
import {
  dailyFigure,
  dayAt,
  dayMs,
  factsOf,
  lifeOf,
  modelDays,
  modelOf,
} from '../../../support/dailyFacts.ts';
import { saidOf } from '../../../support/saidCards.ts';

const of = (...models: ModelFacts[]) => factsOf({ models });
const pOf = (kind: typeof performanceDrop, facts: Parameters<typeof kind.find>[0]) =>
  kind.find(facts).map(({ pValue }) => pValue ?? 0);

describe('performance-drop', () => {
  const worse = modelDays({ from: 26, change: 0.08 });

  test('tells of two bad days, and offers a retraining with what it promises', () => {
    const [said] = saidOf(performanceDrop, of(modelOf({ days: worse, life: lifeOf() })));
    expect(said).toMatchObject({
      since: dayAt(26),
      judgedAt: dayAt(28),
      action: { request: { path: '/v1/retraining', body: { model: 'answer' } } },
      promise: { better: -1, measure: { figure: 'logLoss' } },
      reach: { users: 1_204, share: 0.602 },
    });
    expect(said!.changed).toMatch(/“answer” have become worse: log loss rose from 0\.5\d+ to 0\.6/);
  });

  test('offers to go back where a version came to serve when it began', () => {
    const life = lifeOf({ servesSince: dayAt(26) });
    const [said] = saidOf(performanceDrop, of(modelOf({ days: worse, life })));
    expect(said!.action!.request).toMatchObject({
      path: '/v1/models/answer/rollback',
      body: { version: '1.3' },
    });
  });

  test('a model from elsewhere can be looked at only', () => {
    const [said] = saidOf(performanceDrop, of(modelOf({ days: worse, users: null })));
    expect([said!.action!.request, said!.action!.page, said!.promise]).toEqual([
      null,
      '/models/learning/answer',
      null,
    ]);
  });

  test('still tells of it ten days later, when it has become usual', () => {
    const days = modelDays({ days: 42, from: 32, change: 0.08 });
    const [said] = saidOf(performanceDrop, factsOf({ models: [modelOf({ days })] }, 42));
    expect(said!.since).toBe(dayAt(32));
  });

  test.each([
    ['on quiet days', modelDays()],
    [
      'of a rise too small to count',
      modelDays({ from: 20, change: 0.008, between: 0.001, rows: 400_000 }),
    ],
    ['of a fall', modelDays({ from: 26, change: -0.1 })],
    ['of days of few rows', modelDays({ from: 26, change: 0.1, rows: 90 })],
    ['of a week alone', modelDays({ days: 7, from: 5, change: 0.2 })],
  ])('says nothing %s', (_, days) => {
    const facts = factsOf({ models: [modelOf({ days })] }, days.length);
    expect(saidOf(performanceDrop, facts)).toEqual([]);
  });

  test('is not asked of a model that rests for four days', () => {
    const facts = { ...of(modelOf({ days: worse })), eventTime: dayAt(32) };
    expect(performanceDrop.find(facts)).toEqual([]);
  });

  test('without a change small p-values are few', () => {
    const random = randomState(4);
    const pValues = Array.from({ length: 300 }, () =>
      pOf(performanceDrop, of(modelOf({ days: modelDays({ random, between: 0.03 }) }))),
    ).flat();
    expect(pValues).toHaveLength(300);
    expect(pValues.filter((p) => p <= 0.1).length).toBeLessThan(42);
    expect(pValues.filter((p) => p <= 0.01).length).toBeLessThan(9);
  });
});

describe('performance-drop-estimated', () => {
  function expected(from: number, labelled: number) {
    return dailyFigure(0.5, { from, change: 0.1 }).map((logLoss, day) => ({
      ...{ day: dayAt(day), count: 2_000, logLoss, lower: logLoss - 0.01, upper: logLoss + 0.01 },
      labelled: day < 25 ? 1_900 : labelled,
    }));
  }

  test('tells of it before labels come, not after', () => {
    const facts = of(modelOf({ expected: expected(26, 150) }));
    const [said] = saidOf(performanceDropEstimated, facts);
    expect(said!.why[1]).toContain('Only 7.5 % of what happened is known yet');
    expect(performanceDropEstimated.find(of(modelOf({ expected: expected(26, 1_500) })))).toEqual(
      [],
    );
    expect(saidOf(performanceDropEstimated, of(modelOf({ expected: expected(99, 150) })))).toEqual(
      [],
    );
  });
});

describe('calibration-slipped', () => {
  /** Of one third the share that comes true. */
  function slipped(third: number, from: number, change: number, seed = 5) {
    const random = randomState(seed);
    const figures = [0, 1, 2].map((each) =>
      dailyFigure(0, { random, between: 0.01, ...(each === third ? { from, change } : {}) }),
    );
    return modelDays().map((day, i) => {
      const thirds = day.thirds!.map((sums, each) => ({
        ...sums,
        positives: sums.predicted + sums.count * figures[each]![i]!,
      }));
      const positives = thirds.reduce((sum, each) => sum + each.positives, 0);
      return { ...day, thirds, rate: positives / 4_000, predicted: 0.5 };
    });
  }

  test('tells which probabilities are too high, and by how much', () => {
    const facts = of(modelOf({ days: slipped(2, 26, -0.09), life: lifeOf() }));
    const [said] = saidOf(calibrationSlipped, facts);
    expect(said!.changed).toMatch(/too high by \d/);
    expect(said!.why[0]).toContain('those predicted at over 67 %');
    expect(said!.promise!.measure).toMatchObject({ figure: 'calibrationError' });
  });

  test('says nothing of less than two points, nor on quiet days', () => {
    for (const days of [slipped(2, 26, -0.01), slipped(0, 99, 0)]) {
      expect(saidOf(calibrationSlipped, of(modelOf({ days })))).toEqual([]);
    }
    const pValues = Array.from({ length: 100 }, (_, seed) =>
      pOf(calibrationSlipped, of(modelOf({ days: slipped(0, 99, 0, seed + 10) }))),
    ).flat();
    expect(pValues.filter((p) => p <= 0.05).length).toBeLessThan(9);
  });
});

describe('slice-regression', () => {
  function slice(
    value: string,
    planted: Parameters<typeof dailyFigure>[1],
    users = 80,
  ): SliceFacts {
    const days = dailyFigure(0.55, planted).map((logLoss, day) => ({
      ...{ day: dayAt(day), count: 300, logLoss, bias: 0.004 },
    }));
    return { slice: 'course', value, users, days };
  }
  const quiet = (random = randomState(9)) =>
    ['algebra', 'biology', 'geometry', 'history'].map((value) =>
      slice(value, { random, between: 0.02 }),
    );

  test('names the group, its users and the harm', () => {
    const slices = [...quiet(), slice('physics', { from: 25, change: 0.25 })];
    const [said] = saidOf(sliceRegression, of(modelOf({ slices, life: lifeOf() })));
    expect(said!.changed).toContain('for course “physics” than for the rest');
    expect(said!.promise!.measure).toMatchObject({ slice: 'course=physics' });
    expect(said!.reach).toEqual({ share: 0.04, users: 80 });
  });

  test('never names a group of few users', () => {
    const slices = [...quiet(), slice('physics', { from: 25, change: 0.25 }, 4)];
    expect(saidOf(sliceRegression, of(modelOf({ slices })))).toEqual([]);
  });

  test('over all values together small p-values are few', () => {
    const random = randomState(21);
    const pValues = Array.from({ length: 100 }, () =>
      pOf(sliceRegression, of(modelOf({ slices: quiet(random) }))),
    ).flat();
    expect(pValues.filter((p) => p <= 0.1).length).toBeLessThan(16);
  });
});

describe('fairness-gap-widened', () => {
  function reading(version: string, difference: number): FairnessFacts {
    const gap = (rate: 'falseNegative' | 'falsePositive' | 'selection', by: number) => ({
      ...{ rate, difference: by, lower: by - 0.03, upper: by + 0.03 },
    });
    return {
      ...{ version, baseline: 'day', compared: 'evening', count: 4_000 },
      gaps: [gap('falseNegative', difference), gap('falsePositive', 0.01), gap('selection', 0.02)],
    };
  }
  const between = (before: number, now: number) =>
    of(modelOf({ fairness: { before: reading('6', before), now: reading('7', now) } }));

  test('tells of groups that differ more under the new version', () => {
    const [said] = saidOf(fairnessGapWidened, between(0.02, -0.19));
    expect(said!.changed).toContain(
      'Version 7 of “answer” treats “evening” and “day” more differently',
    );
    expect(said!.why[0]).toBe(
      'In missed cases they differ by 19 points; under version 6 it was 2 points.',
    );
  });

  test('says nothing of the same gap, of one that closed, or where groups are not shown', () => {
    expect(saidOf(fairnessGapWidened, between(0.19, -0.2))).toEqual([]);
    expect(saidOf(fairnessGapWidened, between(0.19, 0.02))).toEqual([]);
    expect(fairnessGapWidened.find(of(modelOf()))).toEqual([]);
  });
});

describe('prediction-shift', () => {
  const shift = (distance: number, pValue: number | null) =>
    [0.02, 0.03, distance, distance].map((each, i) => ({
      ...{ day: dayAt(24 + i), distance: each, noise: 0.01, mean: 0.6 + each / 10 },
      pValue: i < 2 ? 0.4 : pValue,
    }));

  test('tells of two days in a row that are far away', () => {
    const [said] = saidOf(predictionShift, of(modelOf({ shift: shift(0.6, 0.0004) })));
    expect([said!.since, said!.pValue]).toEqual([dayAt(26), 0.0004]);
  });

  test('of less than counts, or of days that cannot be judged, it says nothing', () => {
    expect(pOf(predictionShift, of(modelOf({ shift: shift(0.15, 1e-9) })))).toEqual([1]);
    expect(pOf(predictionShift, of(modelOf({ shift: shift(0.6, null) })))).toEqual([1]);
    expect(predictionShift.find(of(modelOf({ shift: [] })))).toEqual([]);
    const online = lifeOf({ isOnline: true });
    expect(predictionShift.find(of(modelOf({ shift: shift(0.6, 1e-4), life: online })))).toEqual(
      [],
    );
  });
});

describe('stale-model', () => {
  const rising = (by: number) =>
    modelDays({ between: 0.006 }).map((day, i) => ({
      ...day,
      logLoss: day.logLoss + (by * i) / 27,
    }));

  test('tells of an old version whose loss rises', () => {
    const [said] = saidOf(staleModel, of(modelOf({ days: rising(0.08), life: lifeOf() })));
    expect(said!.changed).toBe(
      'Version 1.4 of “answer” is 28 days old, and its predictions become worse.',
    );
  });

  test.each([
    ['whose loss does not rise', lifeOf(), 0],
    ['that is young', lifeOf({ madeAt: dayAt(20) }), 0.1],
    ['that learns online', lifeOf({ isOnline: true }), 0.1],
    ['that is about to be replaced', lifeOf({ runs: [run({ state: 'running' })] }), 0.1],
  ])('says nothing of one %s', (_, life, by) => {
    expect(saidOf(staleModel, of(modelOf({ days: rising(by), life })))).toEqual([]);
  });
});

const holdout: HoldoutFacts = {
  ...{ value: -0.012, lower: -0.016, upper: -0.008, alpha: 0.05, count: 12_400 },
  against: 'champion 1.4',
};

function run(given: Partial<RunFacts>): RunFacts {
  return {
    ...{ id: 'run-1', state: 'refused', sentence: 'Refused: it is larger than is allowed.' },
    ...{ startedAt: dayAt(20), causeAt: dayAt(20), version: null, failed: ['size'], holdout: null },
    validation: [],
    ...given,
  };
}

describe('champion-behind-shadow', () => {
  const paired = {
    count: 4_200,
    mean: -0.011,
    lower: -0.018,
    upper: -0.004,
    lnBetter: 9,
    lnWorse: -4,
  };
  const release: ReleaseFacts = {
    ...{ version: '1.5', against: '1.4', phase: 'shadow', paused: false, awaits: 'canary' },
    ...{ share: 0, since: dayAt(25), paired },
  };

  test('tells of a release that awaits approval, and approves it', () => {
    const [said] = saidOf(championBehindShadow, of(modelOf({ life: lifeOf({ release }) })));
    expect(said!.action!.request).toMatchObject({
      path: '/v1/models/answer/release',
      body: { move: 'approve' },
    });
    expect(said!.pValue).toBeCloseTo(Math.exp(-9), 12);
    expect(said!.why[0]).toContain('Brier score is 0.011 better (interval: 0.004 to 0.018)');
  });

  test('lets a paused one go on', () => {
    const life = lifeOf({ release: { ...release, awaits: null, paused: true } });
    const [said] = saidOf(championBehindShadow, of(modelOf({ life })));
    expect(said!.action!.request!.body).toEqual({ move: 'resume' });
  });

  test('leaves alone what goes on by itself, what is not shown to be better, and few answers', () => {
    const others = [
      { ...release, awaits: null },
      { ...release, paired: { ...paired, lnBetter: 1 } },
      { ...release, paired: { ...paired, count: 90 } },
      { ...release, paired: null },
    ];
    const models = others.map((each) => modelOf({ life: lifeOf({ release: each }) }));
    expect(saidOf(championBehindShadow, of(...models))).toEqual([]);
  });

  test('tells of a version that nobody releases, where releases do not begin by themselves', () => {
    const waiting = { version: '1.5', holdout };
    const plan = ModelPlan.parse({ release: { automatic: false } });
    const [said] = saidOf(championBehindShadow, of(modelOf({ life: lifeOf({ waiting, plan }) })));
    expect(said!.action!.request).toMatchObject({
      path: '/v1/models/answer/releases',
      body: { version: '1.5', from: 'shadow' },
    });
    expect(saidOf(championBehindShadow, of(modelOf({ life: lifeOf({ waiting }) })))).toEqual([]);
  });
});

describe('retraining-would-help', () => {
  const behind = (by: number, days = 10) =>
    dailyFigure(by, { days, between: 0.002 }).map((difference, i) => ({
      ...{ day: dayAt(28 - days + i), count: 3_000, difference, variance: 0.01 / 3_000 },
    }));

  test('tells by how much what serves is behind, and promises half of it', () => {
    const runs = [
      run({ state: 'done', validation: [0.7, 0.66, 0.63, 0.61, 0.6, 0.59, 0.58, 0.57] }),
    ];
    const [said] = saidOf(
      retrainingWouldHelp,
      of(modelOf({ life: lifeOf({ behind: behind(0.03), runs }) })),
    );
    expect(said!.action!.request!.path).toBe('/v1/retraining');
    expect(said!.why.at(-1)).toContain('more rounds would have helped');
    expect(said!.promise!.high).toBeLessThan(-0.01);
  });

  test('says nothing where it is not behind, of few days, or while a release is under way', () => {
    for (const days of [behind(0.001), behind(-0.03), behind(0.03, 4)]) {
      expect(saidOf(retrainingWouldHelp, of(modelOf({ life: lifeOf({ behind: days }) })))).toEqual(
        [],
      );
    }
  });

  test('of a run that was refused though it was better, it shows the gate', () => {
    const life = lifeOf({ runs: [run({ holdout })] });
    const [said] = saidOf(retrainingWouldHelp, of(modelOf({ life })));
    expect(said!.action!.page).toBe('/retraining/run-1');
    expect(said!.changed).toContain('but the gate size refused it');
    const former = lifeOf({ runs: [run({ holdout: { ...holdout, against: 'champion 1.2' } })] });
    expect(retrainingWouldHelp.find(of(modelOf({ life: former })))).toEqual([]);
  });
});

describe('retraining-would-not-help', () => {
  const refused = [1, 2, 3].map((i) =>
    run({
      id: `run-${i}`,
      startedAt: dayAt(20 + i),
      failed: ['holdout'],
      holdout: { ...holdout, value: 0.004, lower: 0.001, upper: 0.007 },
    }),
  );

  test('three refused runs in a row: pauses the triggers, at the revision that was read', () => {
    const life = lifeOf({ runs: [run({ state: 'done' }), ...refused] });
    const [said] = saidOf(retrainingWouldNotHelp, of(modelOf({ life })));
    const { plan, revision } = said!.action!.request!.body as { plan: ModelPlan; revision: number };
    expect([said!.action!.request!.method, revision, said!.pValue]).toEqual(['PUT', 7, null]);
    expect(ModelPlan.parse(plan)).toEqual({
      ...life.plan,
      triggers: { ...life.plan.triggers, kinds: [] },
    });
  });

  test('tells how far the newest was from what serves, and of what rounds to nothing that it is as good', () => {
    const newest = (value: number) => {
      const runs = [...refused.slice(1), run({ holdout: { ...holdout, value } })];
      return saidOf(
        retrainingWouldNotHelp,
        of(
          modelOf({
            life: lifeOf({
              runs: [...runs].map((each) => ({ ...each, state: 'refused' as const })),
            }),
          }),
        ),
      )[0]!.why[1];
    };
    expect(newest(0.004)).toContain('The newest was 0.004 of log loss above version');
    expect(newest(-0.0004)).toContain('The newest was as good as version');
  });

  test('says nothing of two, of a run that passed since, or where no trigger is on', () => {
    const quiet = ModelPlan.parse({ triggers: { kinds: [] } });
    const lives = [
      lifeOf({ runs: refused.slice(1) }),
      lifeOf({ runs: [...refused, run({ state: 'done' })] }),
      lifeOf({ runs: refused, plan: quiet }),
    ];
    const models = lives.map((life) => modelOf({ life }));
    expect(retrainingWouldNotHelp.find(of(...models))).toEqual([]);
  });
});

test('all say until when they have looked, and look at nothing of the future', () => {
  const facts = of(modelOf({ days: modelDays({ from: 26, change: 0.1 }), life: lifeOf() }));
  for (const { judgedAt } of performanceDrop.find(facts)) {
    expect(judgedAt % dayMs).toBe(0);
    expect(judgedAt).toBeLessThanOrEqual(facts.eventTime);
  }
});
