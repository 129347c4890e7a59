/** Where rules on experiments, personalization and operations begin to speak, and where they do not. */
import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../control/insights/facts.ts';
import type { InsightKind } from '../../../control/insights/insightKind.ts';
import { actionDominated } from '../../../control/insights/kinds/action-dominated.ts';
import { actionStarved } from '../../../control/insights/kinds/action-starved.ts';
import { alertNoise } from '../../../control/insights/kinds/alert-noise.ts';
import { budgetBurn } from '../../../control/insights/kinds/budget-burn.ts';
import { contextAddsNothing } from '../../../control/insights/kinds/context-adds-nothing.ts';
import { crossedUnits } from '../../../control/insights/kinds/crossed-units.ts';
import { deadLettersRising } from '../../../control/insights/kinds/dead-letters-rising.ts';
import { explorationCostly } from '../../../control/insights/kinds/exploration-costly.ts';
import { exposureStalled } from '../../../control/insights/kinds/exposure-stalled.ts';
import { guardrailHarmed } from '../../../control/insights/kinds/guardrail-harmed.ts';
import { holdoutMissing } from '../../../control/insights/kinds/holdout-missing.ts';
import { nobodyTold } from '../../../control/insights/kinds/nobody-told.ts';
import { noveltyDecay } from '../../../control/insights/kinds/novelty-decay.ts';
import { pastHorizon } from '../../../control/insights/kinds/past-horizon.ts';
import { pipelineLag } from '../../../control/insights/kinds/pipeline-lag.ts';
import { policyBehindControl } from '../../../control/insights/kinds/policy-behind-control.ts';
import { readyToDecide } from '../../../control/insights/kinds/ready-to-decide.ts';
import { releaseWaiting } from '../../../control/insights/kinds/release-waiting.ts';
import { sampleRatioMismatch } from '../../../control/insights/kinds/sample-ratio-mismatch.ts';
import { segmentHarmed } from '../../../control/insights/kinds/segment-harmed.ts';
import { storageFilling } from '../../../control/insights/kinds/storage-filling.ts';
import { suppressionHides } from '../../../control/insights/kinds/suppression-hides.ts';
import { underpowered } from '../../../control/insights/kinds/underpowered.ts';
import { winnerForSegmentOnly } from '../../../control/insights/kinds/winner-for-segment-only.ts';
import {
  binaryArms,
  dayMs,
  experimentFacts,
  factsOf,
  gainSums,
  hourMs,
  now,
  partitionFacts,
  periodsOf,
  pipelineFacts,
  policyFacts,
  quietOperations,
  today,
  watchFacts,
  windows,
  worthOf,
} from '../../support/insightFacts.ts';

const ofExperiment = (...sketch: Parameters<typeof experimentFacts>): Facts =>
  factsOf({ experiments: [experimentFacts(...sketch)] });
const ofPolicy = (...sketch: Parameters<typeof policyFacts>): Facts =>
  factsOf({ policies: [policyFacts(...sketch)] });
const operating = (...facts: Parameters<typeof quietOperations>): Facts =>
  factsOf({ operations: quietOperations(...facts) });

/** p-values of its tests; 0 for a fact. */
function seen(kind: InsightKind, facts: Facts): number[] {
  return kind.find(facts).map(({ pValue }) => pValue ?? 0);
}

describe('experiments', () => {
  const ratio = (lnE: number, units = 500) => ({
    result: {
      sampleRatio: {
        arms: ['without', 'with'].map((variant) => ({ variant, units, expected: 0.5 })),
        ...{ lnE, alarm: false },
      },
    },
  });

  test('a sample ratio is judged by its e-value, of a hundred units and more, while it is live', () => {
    expect(seen(sampleRatioMismatch, ofExperiment(ratio(Math.log(50))))[0]).toBeCloseTo(0.02, 12);
    expect(seen(sampleRatioMismatch, ofExperiment(ratio(-2)))).toEqual([1]);
    expect(seen(sampleRatioMismatch, ofExperiment(ratio(9, 49)))).toEqual([]);
    expect(
      seen(sampleRatioMismatch, ofExperiment({ ...ratio(9), input: { state: 'stopped' } })),
    ).toEqual([]);
  });

  test('a decision is asked for once there is a verdict, unless somebody has decided or a guardrail speaks', () => {
    const verdict = { word: 'ship', variant: 'with', sentence: 'Ship.', daysLeft: null } as const;
    expect(seen(readyToDecide, ofExperiment({ result: { verdict } }))).toEqual([0]);
    expect(seen(readyToDecide, ofExperiment())).toEqual([]);
    const [said] = readyToDecide.find(ofExperiment({ result: { verdict } }));
    // The effect is told once, by the verdict.
    expect(said!.tell().why).toEqual([
      verdict.sentence,
      expect.stringContaining('have been scored.'),
      expect.stringContaining('was set as the smallest that matters'),
    ]);
    const decision = { verdict: 'ship', variant: 'with', reason: '', at: now } as const;
    expect(seen(readyToDecide, ofExperiment({ result: { verdict }, input: { decision } }))).toEqual(
      [],
    );
    const hold = { at: now, sentence: 'Invalid.' };
    expect(seen(readyToDecide, ofExperiment({ result: { verdict }, input: { hold } }))).toEqual([]);
    const guardrail = binaryArms([2_000, 2_000], [0.03, 0.08]);
    expect(seen(readyToDecide, ofExperiment({ result: { verdict }, guardrail }))).toEqual([]);
  });

  test('too long is more than sixty days', () => {
    const left = (daysLeft: number | null, more = {}) =>
      ofExperiment({
        result: { verdict: { word: 'keep running', variant: null, sentence: '', daysLeft } },
        ...more,
      });
    expect(seen(underpowered, left(60))).toEqual([]);
    expect(seen(underpowered, left(60.5))).toEqual([0]);
    expect(seen(underpowered, left(400, { arms: binaryArms([49, 50], [0.4, 0.4]) }))).toEqual([]);
    expect(seen(underpowered, left(400, { input: { state: 'paused' } }))).toEqual([]);
    // Whoever still waits for units is not full yet; whoever can find what matters is not short.
    const silent = { facts: { lastExposureAt: now - 3 * dayMs } };
    expect(seen(underpowered, left(null))).toEqual([]);
    expect(seen(underpowered, left(null, silent))).toEqual([0]);
    expect(seen(underpowered, left(null, { ...silent, input: { minimumEffect: 0.05 } }))).toEqual(
      [],
    );
  });

  test('past its horizon it could have found what matters', () => {
    const long = { arms: binaryArms([9_000, 9_000], [0.41, 0.42]) };
    expect(seen(pastHorizon, ofExperiment(long))).toEqual([0]);
    expect(seen(pastHorizon, ofExperiment())).toEqual([]);
    expect(seen(pastHorizon, ofExperiment({ ...long, input: { state: 'paused' } }))).toEqual([]);
  });

  test('a guardrail counts in its bad direction only, as the mean of the e-values', () => {
    const harmed = binaryArms([2_000, 2_000], [0.03, 0.075]);
    const better = binaryArms([2_000, 2_000], [0.075, 0.03]);
    expect(seen(guardrailHarmed, ofExperiment({ guardrail: harmed }))[0]).toBeLessThan(1e-6);
    expect(seen(guardrailHarmed, ofExperiment({ guardrail: better }))[0]).toBe(1);
    const few = binaryArms([40, 40], [0.03, 0.4]);
    expect(seen(guardrailHarmed, ofExperiment({ guardrail: few }))).toEqual([]);
    const three = binaryArms([2_000, 2_000, 2_000], [0.03, 0.05, 0.03]);
    const two = three.slice(0, 2);
    const [one] = seen(guardrailHarmed, ofExperiment({ guardrail: two }));
    expect(seen(guardrailHarmed, ofExperiment({ guardrail: three }))[0]! / one!).toBeCloseTo(2, 1);
  });

  test('what the engine has stopped for a guardrail is a fact; what a person has stopped is none', () => {
    const decision = { verdict: 'stop', variant: null, reason: '', at: now } as const;
    const many = binaryArms([2_000, 2_000], [0.03, 0.075]);
    const stopped = (byEngine: boolean, guardrail = many) =>
      ofExperiment({
        ...{ guardrail, input: { state: 'stopped', decision } },
        facts: { ended: { at: now - dayMs, byEngine } },
      });
    expect(guardrailHarmed.find(stopped(true))[0]!.pValue).toBeNull();
    expect(guardrailHarmed.find(stopped(false))).toEqual([]);
    // It may stop it before the rule would judge.
    const few = binaryArms([45, 45], [0.02, 0.95]);
    expect(guardrailHarmed.find(stopped(true, few))[0]!.pValue).toBeNull();
  });

  test('a segment wins only beside a whole that does not, times all comparisons, hidden ones too', () => {
    const segments = {
      'grade=7': binaryArms([900, 900], [0.35, 0.52]),
      'grade=8': binaryArms([600, 600], [0.45, 0.4]),
    };
    const [plain] = seen(winnerForSegmentOnly, ofExperiment({ segments }));
    const [more] = seen(
      winnerForSegmentOnly,
      ofExperiment({ segments, result: { suppressed: 6 } }),
    );
    expect(more! / plain!).toBeCloseTo(4, 8);
    const whole = binaryArms([1_500, 1_500], [0.38, 0.5]);
    expect(seen(winnerForSegmentOnly, ofExperiment({ segments, arms: whole }))).toEqual([1]);
    const open = { 'grade=8': binaryArms([600, 600], [0.45, 0.46]) };
    expect(seen(winnerForSegmentOnly, ofExperiment({ segments: open }))).toEqual([1]);
    expect(seen(winnerForSegmentOnly, ofExperiment())).toEqual([]);
  });

  test('a segment is harmed beside a whole that is not, times all comparisons, hidden ones too', () => {
    const segments = {
      'grade=7': binaryArms([900, 900], [0.5, 0.35]),
      'grade=8': binaryArms([900, 900], [0.35, 0.55]),
    };
    const whole = (treated: number) => binaryArms([3_000, 3_000], [0.4, treated]);
    const at = (treated: number, more: Parameters<typeof ofExperiment>[0] = {}) =>
      seen(segmentHarmed, ofExperiment({ segments, arms: whole(treated), ...more }));
    const [plain] = at(0.47);
    const [more] = at(0.47, { result: { suppressed: 6 } });
    expect(more! / plain!).toBeCloseTo(4, 8);
    expect(at(0.405)).toEqual([plain]);
    // Then the whole is told of.
    expect(at(0.3)).toEqual([1]);
    const better = { 'grade=8': segments['grade=8'] };
    expect(at(0.47, { segments: better })).toEqual([1]);
    const few = { 'grade=7': binaryArms([40, 40], [0.9, 0.2]) };
    expect(at(0.47, { segments: few })).toEqual([1]);
    expect(seen(segmentHarmed, ofExperiment())).toEqual([]);
    const [found] = segmentHarmed.find(ofExperiment({ segments, arms: whole(0.47) }));
    expect(found!.tell().changed).toMatch(/is worse for “grade 7”, though all together gain/);
  });

  test('an effect fades that is at most half of what it was, after a week', () => {
    const fading = (late: number, facts = {}) =>
      ofExperiment({
        facts: {
          periods: periodsOf((period) => (period < 14 ? 0.15 : late), { users: 3_000 }),
          ...facts,
        },
      });
    expect(seen(noveltyDecay, fading(0.04))[0]).toBeLessThan(1e-4);
    expect(seen(noveltyDecay, fading(0.11))).toEqual([1]);
    expect(seen(noveltyDecay, fading(0.04, { periods: [] }))).toEqual([]);
    expect(seen(noveltyDecay, fading(0.04, { lastExposureAt: now - 8 * dayMs }))).toEqual([]);
    // A harm that fades is none of its business.
    const harm = periodsOf((period) => (period < 14 ? -0.15 : 0), { users: 3_000 });
    expect(seen(noveltyDecay, ofExperiment({ facts: { periods: harm } }))).toEqual([1]);
  });

  test('crossed units need the alarm and ten of them', () => {
    const crossed = (units: number, crossedAlarm: boolean) =>
      ofExperiment({ result: { crossed: units, crossedAlarm } });
    expect(seen(crossedUnits, crossed(10, true))).toEqual([0]);
    expect(seen(crossedUnits, crossed(9, true))).toEqual([]);
    expect(seen(crossedUnits, crossed(200, false))).toEqual([]);
  });

  test('an experiment whose users are all in it does not stall', () => {
    const stalled = (exposed: number, facts = {}) =>
      ofExperiment({
        result: { exposed },
        facts: { lastExposureAt: today - 2 * dayMs - hourMs, ...facts },
      });
    expect(seen(exposureStalled, stalled(4_900))).toEqual([0]);
    expect(seen(exposureStalled, stalled(5_000))).toEqual([]);
    expect(seen(exposureStalled, stalled(3_000, { lastExposureAt: now - 1.9 * dayMs }))).toEqual(
      [],
    );
    const few = Array.from({ length: 10 }, (_, i) => ({
      ...{ at: today - (12 - i) * dayMs, units: 19 },
    }));
    expect(seen(exposureStalled, stalled(190, { exposures: few }))).toEqual([]);
  });
});

describe('personalization', () => {
  test('an action starves below thirty decisions, where everybody may get it', () => {
    const chosen = (count: number, action = {}, more = {}) =>
      ofPolicy({
        input: {
          floor: 0,
          actions: [
            { key: 'video', name: 'Short video' },
            { key: 'text', name: 'Explanation in words' },
            { key: 'exercise', name: 'An easier exercise', ...action },
          ],
          ...more,
        },
        worths: {
          video: { worth: worthOf(0.42, 0.02), share: 0.7 },
          text: { worth: worthOf(0.41, 0.02), share: 0.3 - count / 10_000 },
          exercise: { worth: worthOf(0.4, 0.2), share: count / 10_000 },
        },
      });
    expect(seen(actionStarved, chosen(29))).toEqual([0]);
    expect(seen(actionStarved, chosen(30))).toEqual([]);
    expect(seen(actionStarved, chosen(5, { offered: false }))).toEqual([]);
    expect(seen(actionStarved, chosen(5, { eligible: { field: 'grade', is: 7 } }))).toEqual([]);
    const stages = [{ number: 1, startAt: today - 6 * dayMs, change: 'Started' }];
    expect(seen(actionStarved, chosen(5, {}, { stages }))).toEqual([]);
  });

  test('a dominated action is apart from the best, and 5 % below it', () => {
    const against = (mean: number, half: number) =>
      ofPolicy({
        worths: {
          video: { worth: worthOf(0.48, half), share: 0.6 },
          text: { worth: worthOf(0.47, half), share: 0.35 },
          exercise: { worth: worthOf(mean, half), share: 0.05 },
        },
      });
    expect(seen(actionDominated, against(0.4, 0.02))[0]).toBeLessThan(0.01);
    expect(seen(actionDominated, against(0.4, 0.06))[0]).toBeGreaterThan(0.05);
    expect(seen(actionDominated, against(0.46, 0.001))).toEqual([1]);
    const only = { video: { worth: worthOf(0.48, 0.02), share: 1 } };
    expect(seen(actionDominated, ofPolicy({ worths: only }))).toEqual([]);
  });

  test('the control and the last two are not retired by a button', () => {
    const worths = {
      video: { worth: worthOf(0.48, 0.02), share: 0.95 },
      text: { worth: worthOf(0.3, 0.02), share: 0.05 },
    };
    const [candidate] = actionDominated.find(ofPolicy({ worths }));
    expect(candidate!.tell().action!.request).toBeNull();
    const two = {
      actions: [
        { key: 'video', name: 'A' },
        { key: 'text', name: 'B' },
      ],
      control: null,
    };
    const [second] = actionDominated.find(ofPolicy({ worths, input: two }));
    expect(second!.tell().action!.request).toBeNull();
  });

  test('a context adds nothing when a gain that counts can be excluded', () => {
    const gaining = (gain: number, deviation: number, weight = 1, more = {}) =>
      ofPolicy({
        facts: { gains: [{ action: 'video', weight, sums: gainSums(gain, 3, deviation) }] },
        ...more,
      });
    expect(seen(contextAddsNothing, gaining(0, 0.2))[0]).toBeLessThan(0.001);
    // Too wide to exclude it, a gain that counts, an action that is not offered each time, nothing that is looked at.
    expect(seen(contextAddsNothing, gaining(0, 1.5))[0]).toBeGreaterThan(0.05);
    expect(seen(contextAddsNothing, gaining(0.06, 0.2))[0]).toBeGreaterThan(0.99);
    expect(seen(contextAddsNothing, gaining(0, 0.2, 0.7))).toEqual([]);
    const plain = { input: { context: { features: [] } } };
    expect(seen(contextAddsNothing, gaining(0, 0.2, 1, plain))).toEqual([]);
  });

  test('exploration costs too much beyond its budget of 5 %', () => {
    const costing = (cost: number, half: number, sampled = 1) =>
      ofPolicy({
        report: {
          exploration: { share: 0.2, cost, low: cost - half, high: cost + half },
          sampled,
        },
      });
    expect(seen(explorationCostly, costing(0.07, 0.03))[0]).toBeLessThan(0.001);
    expect(seen(explorationCostly, costing(0.0225, 0.01))[0]).toBeCloseTo(0.5, 6);
    expect(seen(explorationCostly, costing(0.07, 0.03, 0.05))).toEqual([]);
    const unknown = { exploration: { share: 0.2, cost: 0.2 } };
    expect(seen(explorationCostly, ofPolicy({ report: unknown }))).toEqual([]);
  });

  test('a holdout is missed by a policy that learns', () => {
    expect(seen(holdoutMissing, ofPolicy({ input: { holdout: 0 } }))).toEqual([0]);
    expect(seen(holdoutMissing, ofPolicy({ input: { holdout: 0.001 } }))).toEqual([]);
    const even = { holdout: 0, algorithm: { name: 'uniform' } };
    expect(seen(holdoutMissing, ofPolicy({ input: even }))).toEqual([]);
  });

  test('a policy is behind its control by more than chance, and by 5 %', () => {
    const behind = (mean: number, half: number) =>
      ofPolicy({
        report: {
          worth: {
            ...{ policy: worthOf(0.4 + mean, 0.01), control: worthOf(0.4, 0.03, 1_100) },
            difference: worthOf(mean, half, 11_100),
          },
        },
      });
    expect(seen(policyBehindControl, behind(-0.05, 0.03))[0]).toBeLessThan(0.001);
    expect(seen(policyBehindControl, behind(-0.05, 0.2))[0]).toBeGreaterThan(0.05);
    expect(seen(policyBehindControl, behind(-0.019, 0.001))).toEqual([1]);
    expect(seen(policyBehindControl, behind(0.05, 0.01))).toEqual([1]);
  });
});

describe('operations', () => {
  test('a watch is noisy by what people said, or by what comes and goes', () => {
    const called = (wrong: number, right: number, flapping = 0) =>
      operating({ watches: [watchFacts({ called: { false: wrong, true: right }, flapping })] });
    expect(seen(alertNoise, called(3, 0))[0]).toBeCloseTo(1 / 27, 10);
    expect(seen(alertNoise, called(2, 0))).toEqual([]);
    expect(seen(alertNoise, called(3, 6))[0]).toBeGreaterThan(0.5);
    expect(seen(alertNoise, called(0, 0, 4))).toEqual([]);
    expect(alertNoise.find(called(0, 0, 5))[0]!.pValue).toBeNull();
  });

  test('a pipeline lags by minutes of work, not by many events', () => {
    const waiting = (events: number, facts = {}) =>
      operating({
        pipelines: [
          pipelineFacts({
            partitions: [partitionFacts({ endOffset: 10_000 + events, ...facts })],
          }),
        ],
      });
    expect(seen(pipelineLag, waiting(80 * 301))).toEqual([0]);
    // What stands still has no rate.
    const rated = (facts: Facts) =>
      pipelineLag
        .find(facts)[0]!
        .tell()
        .why.some((each) => each.startsWith('At the present rate'));
    expect(rated(waiting(80 * 301))).toBe(true);
    expect(rated(waiting(80 * 301, { waitingSince: now - 500_000 }))).toBe(false);
    expect(seen(pipelineLag, waiting(80 * 299))).toEqual([]);
    expect(seen(pipelineLag, waiting(900, { eventsPerSecond: 1 }))).toEqual([]);
    expect(seen(pipelineLag, waiting(1, { waitingSince: now - 119_000 }))).toEqual([]);
    expect(seen(pipelineLag, waiting(1, { waitingSince: now - 120_000 }))).toEqual([0]);
    expect(
      seen(pipelineLag, waiting(1, { waitingSince: now - 500_000, state: 'starting' })),
    ).toEqual([]);
  });

  test('refused events rise against a week of days, to twice and half a point more', () => {
    const day = (refused: number, before = pipelineFacts().days.slice(0, -1), events = 10_000) =>
      operating({
        pipelines: [pipelineFacts({ days: [...before, { at: today - dayMs, events, refused }] })],
      });
    expect(seen(deadLettersRising, day(160))[0]).toBeLessThan(1e-6);
    expect(seen(deadLettersRising, day(80))).toEqual([1]);
    expect(seen(deadLettersRising, day(42))).toEqual([1]);
    const short = pipelineFacts().days.slice(-6, -1);
    expect(seen(deadLettersRising, day(160, short))).toEqual([]);
    expect(seen(deadLettersRising, day(400, undefined, 499))).toEqual([]);
    // Days that differ much say less.
    const wild = pipelineFacts()
      .days.slice(0, -1)
      .map((each, i) => ({
        ...each,
        refused: i % 2 === 0 ? 8 : 200,
      }));
    expect(seen(deadLettersRising, day(300, wild))[0]).toBeGreaterThan(0.05);
    // The day is not over, or nothing came yesterday.
    const old = [{ at: today - 2 * dayMs, events: 10_000, refused: 400 }];
    const late = pipelineFacts({ days: [...pipelineFacts().days.slice(0, -2), ...old] });
    expect(seen(deadLettersRising, operating({ pipelines: [late] }))).toEqual([]);
  });

  test('a budget burns in both windows, with events enough, and more of them in a break', () => {
    const refusing = (share: number, perHour = 4_000, facts = {}) =>
      operating({
        pipelines: [pipelineFacts({ refused: windows(share, perHour) })],
        ...facts,
      });
    expect(seen(budgetBurn, refusing(0.019))).toEqual([]);
    expect(seen(budgetBurn, refusing(0.021))).toEqual([0]);
    expect(seen(budgetBurn, refusing(0.5, 6))).toEqual([]);
    const calendar = [
      {
        ...{ key: 'winter', name: 'Winter', kind: 'break' as const },
        ...{ from: '2026-01-29', to: '2026-01-29' },
      },
    ];
    expect(seen(budgetBurn, refusing(0.5, 60))).toEqual([0]);
    expect(seen(budgetBurn, refusing(0.5, 60, { calendar }))).toEqual([]);
    const over = windows(0.5).map((each) => (each.ms < hourMs ? { ...each, bad: 0 } : each));
    const ended = operating({ pipelines: [pipelineFacts({ refused: over })] });
    const [burn] = budgetBurn.find(ended);
    // An hour ago it was worse: the short windows are well, and only the slowest alarm goes on.
    const { changed, why } = burn!.tell();
    expect(changed).toContain('in the last 3 days: the budget of a month is gone in 29 h');
    expect(why[1]).toContain('25 times');
  });

  test('nobody is told of three alerts, or of one of high severity', () => {
    const fired = (firedWeek: number, facts = {}) =>
      operating({ watches: [watchFacts({ firedWeek, isTold: false, ...facts })] });
    expect(seen(nobodyTold, fired(2))).toEqual([]);
    expect(seen(nobodyTold, fired(3))).toEqual([0]);
    expect(seen(nobodyTold, fired(1, { severity: 'high' }))).toEqual([0]);
    expect(seen(nobodyTold, fired(9, { isTold: true }))).toEqual([]);
  });

  test('a release waits after four hours', () => {
    const waiting = (hours: number) =>
      operating({
        waiting: [
          {
            ...{ model: 'answer', id: 'r', version: '4', against: '3', awaits: 'canary' },
            since: now - hours * hourMs,
          },
        ],
      });
    expect(seen(releaseWaiting, waiting(4))).toEqual([0]);
    expect(seen(releaseWaiting, waiting(3.9))).toEqual([]);
  });

  test('a disk fills below a tenth and fifty gigabytes', () => {
    const disk = (free: number, total: number) =>
      operating({ disks: [{ name: 'default', free, total }] });
    expect(seen(storageFilling, disk(19e9, 200e9))).toEqual([0]);
    expect(seen(storageFilling, disk(20e9, 200e9))).toEqual([]);
    expect(seen(storageFilling, disk(60e9, 2e12))).toEqual([]);
  });

  test('suppression hides more than half of the groups, and five', () => {
    const segments = { 'grade=7': binaryArms([900, 900], [0.41, 0.42]) };
    const hidden = (suppressed: number, input = {}) =>
      ofExperiment({ segments, result: { suppressed }, input });
    expect(seen(suppressionHides, hidden(5))).toEqual([0]);
    expect(seen(suppressionHides, hidden(4))).toEqual([]);
    expect(seen(suppressionHides, hidden(9, { state: 'stopped' }))).toEqual([]);
    // Of a policy with three actions: a group of which one is shown is no hidden one.
    const cell = (group: number) => {
      return { segment: `grade=${group}`, action: 'text', users: 40, worth: worthOf(0.4, 0.01) };
    };
    const policy = (groups: number, shown: number) =>
      ofPolicy({
        report: {
          segments: Array.from({ length: shown }, (_, group) => cell(group)),
          suppressed: 3 * groups - shown,
        },
      });
    expect(seen(suppressionHides, policy(5, 0))).toEqual([0]);
    expect(seen(suppressionHides, policy(11, 5))).toEqual([0]);
    expect(seen(suppressionHides, policy(10, 5))).toEqual([]);
    expect(seen(suppressionHides, policy(12, 12))).toEqual([]);
  });
});
