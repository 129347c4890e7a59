/** For each kind of insight on experiments, personalization and operations facts in which it is found, one sample or more. */
import type { Verdict } from '../../contracts/experimentResult.ts';
import type { Facts } from '../../control/insights/facts.ts';
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
} from './insightFacts.ts';

const ofExperiment = (...sketch: Parameters<typeof experimentFacts>): Facts =>
  factsOf({ experiments: [experimentFacts(...sketch)] });
const ofPolicy = (...sketch: Parameters<typeof policyFacts>): Facts =>
  factsOf({ policies: [policyFacts(...sketch)] });
const operating = (...facts: Parameters<typeof quietOperations>): Facts =>
  factsOf({ operations: quietOperations(...facts) });

const lostArms = binaryArms([2_000, 1_420], [0.41, 0.42]);
const lost = {
  arms: [
    { variant: 'without', units: 2_000, expected: 0.5 },
    { variant: 'with', units: 1_420, expected: 0.5 },
  ],
  ...{ lnE: 44, alarm: true },
};
const hold = { at: now - 5 * hourMs, sentence: 'Invalid: the units do not come as assigned.' };
const shipping: Verdict = {
  ...{ word: 'ship', variant: 'with', daysLeft: null },
  sentence: 'Ship “With hints”: “Solved within a day” rose by 7 points.',
};
const stopping: Verdict = {
  ...{ word: 'stop', variant: null, daysLeft: null },
  sentence: 'Stop: an effect of 4 points can be excluded.',
};
const open = { word: 'keep running', variant: null, sentence: 'Open.' } as const;

const fewer = { traffic: 0.1, daysLeft: 140 };
const harmedArms = binaryArms([2_000, 2_000], [0.03, 0.075]);

export const insightSamples: Readonly<Record<string, readonly Facts[]>> = {
  'sample-ratio-mismatch': [
    ofExperiment({ arms: lostArms, result: { sampleRatio: lost } }),
    ofExperiment({
      input: { state: 'paused', hold },
      ...{ arms: lostArms, result: { sampleRatio: lost } },
    }),
  ],
  'ready-to-decide': [
    ofExperiment({
      arms: binaryArms([2_000, 2_000], [0.41, 0.49]),
      result: { verdict: shipping },
    }),
    ofExperiment({ result: { verdict: stopping } }),
  ],
  underpowered: [
    ofExperiment({
      input: { traffic: fewer.traffic },
      result: { verdict: { ...open, daysLeft: fewer.daysLeft } },
    }),
    ofExperiment({
      input: { minimumEffect: 0.01 },
      result: { verdict: { ...open, daysLeft: null } },
      facts: { lastExposureAt: now - 5 * dayMs },
    }),
  ],
  'past-horizon': [
    ofExperiment({
      arms: binaryArms([9_000, 9_000], [0.41, 0.42]),
      result: { verdict: { ...open, daysLeft: null } },
    }),
  ],
  'guardrail-harmed': [
    ofExperiment({ guardrail: harmedArms }),
    ofExperiment({
      input: {
        state: 'stopped',
        decision: { verdict: 'stop', variant: null, reason: 'Guardrail.', at: now - dayMs },
      },
      guardrail: harmedArms,
      facts: { ended: { at: now - dayMs, byEngine: true } },
    }),
  ],
  'winner-for-segment-only': [
    ofExperiment({
      segments: {
        'grade=7': binaryArms([900, 900], [0.35, 0.52]),
        'grade=8': binaryArms([600, 600], [0.45, 0.4]),
        'grade=9': binaryArms([500, 500], [0.45, 0.42]),
      },
      result: { suppressed: 2 },
    }),
  ],
  'segment-harmed': [
    ofExperiment({
      arms: binaryArms([3_000, 3_000], [0.4, 0.47]),
      segments: {
        'grade=7': binaryArms([900, 900], [0.5, 0.35]),
        'grade=8': binaryArms([900, 900], [0.35, 0.55]),
      },
      result: { suppressed: 2 },
    }),
    ofExperiment({
      segments: {
        'grade=7': binaryArms([900, 900], [0.5, 0.35]),
        'grade=8': binaryArms([600, 600], [0.4, 0.43]),
      },
    }),
  ],
  'novelty-decay': [
    ofExperiment({
      facts: {
        periods: periodsOf((period) => (period < 14 ? 0.15 : 0.01), { users: 1_000 }),
      },
    }),
  ],
  'crossed-units': [ofExperiment({ result: { crossed: 212, crossedAlarm: true } })],
  'exposure-stalled': [
    ofExperiment({
      result: { exposed: 2_800 },
      facts: {
        lastExposureAt: today - 4 * dayMs - hourMs,
        exposures: Array.from({ length: 10 }, (_, i) => ({
          ...{ at: today - (14 - i) * dayMs, units: 280 },
        })),
      },
    }),
  ],
  'action-starved': [
    ofPolicy({
      input: { floor: 0 },
      worths: {
        video: { worth: worthOf(0.42, 0.02), share: 0.7 },
        text: { worth: worthOf(0.41, 0.02), share: 0.299 },
        exercise: { worth: { decisions: 10, mean: null, low: null, high: null }, share: 0.001 },
      },
    }),
    ofPolicy({
      input: { floor: 0.3 },
      worths: { video: { worth: worthOf(0.42, 0.02), share: 1 } },
    }),
  ],
  'action-dominated': [
    ofPolicy({
      worths: {
        video: { worth: worthOf(0.48, 0.02), share: 0.6 },
        text: { worth: worthOf(0.41, 0.02), share: 0.35 },
        exercise: { worth: worthOf(0.3, 0.03), share: 0.05 },
      },
    }),
    ofPolicy({
      worths: {
        video: { worth: worthOf(0.48, 0.02), share: 0.6 },
        text: { worth: worthOf(0.28, 0.02), share: 0.3 },
        exercise: { worth: worthOf(0.4, 0.03), share: 0.1 },
      },
    }),
  ],
  'context-adds-nothing': [
    ofPolicy({
      facts: {
        gains: [
          { action: 'video', weight: 1.02, sums: gainSums(0.001) },
          { action: 'text', weight: 0.97, sums: gainSums(0.03) },
        ],
      },
    }),
  ],
  'exploration-costly': [
    ofPolicy({
      input: { floor: 0.4 },
      report: { exploration: { share: 0.35, cost: 0.07, low: 0.04, high: 0.1 } },
    }),
    ofPolicy({
      report: { exploration: { share: 0.35, cost: 0.07, low: 0.04, high: 0.1 } },
    }),
  ],
  'holdout-missing': [
    ofPolicy({ input: { holdout: 0 } }),
    ofPolicy({ input: { holdout: 0, control: null } }),
  ],
  'policy-behind-control': [
    ofPolicy({
      report: {
        worth: {
          policy: worthOf(0.34, 0.015),
          control: worthOf(0.42, 0.03, 1_100),
          difference: worthOf(-0.08, 0.035, 11_100),
        },
      },
    }),
    ofPolicy({
      input: { control: null },
      report: {
        worth: {
          policy: worthOf(0.34, 0.015),
          control: worthOf(0.42, 0.03, 1_100),
          difference: worthOf(-0.08, 0.035, 11_100),
        },
      },
    }),
  ],
  'alert-noise': [
    operating({
      watches: [watchFacts({ fired: 14, firedWeek: 4, called: { false: 11, true: 1 } })],
    }),
    operating({
      watches: [watchFacts({ fired: 9, firedWeek: 7, called: { false: 0, true: 0 }, flapping: 6 })],
    }),
  ],
  'pipeline-lag': [
    operating({
      pipelines: [
        pipelineFacts({
          partitions: [partitionFacts({ endOffset: 70_000, eventsPerSecond: 40 })],
          lag: Array.from({ length: 36 }, (_, i) => ({
            ...{ at: now - (36 - i) * 600_000, value: 1_600 * i },
          })),
        }),
      ],
    }),
    operating({
      pipelines: [
        pipelineFacts({
          partitions: [
            partitionFacts({ eventsPerSecond: 0, waitingSince: now - 400_000, endOffset: 10_001 }),
          ],
        }),
      ],
    }),
    operating({
      pipelines: [
        pipelineFacts({
          partitions: [
            partitionFacts(),
            partitionFacts({ partition: 1, state: 'failed', detail: 'the disk is full' }),
          ],
        }),
      ],
    }),
  ],
  'dead-letters-rising': [
    operating({
      pipelines: [
        pipelineFacts({
          days: pipelineFacts().days.map((day, i, all) =>
            i === all.length - 1 ? { ...day, refused: 320 } : day,
          ),
        }),
      ],
      refusals: [
        {
          ...{ pipeline: 'learning', code: 'EVENT_FIELD_INVALID', lately: 280, before: 20 },
          reason: 'value: expected a number, got "seven"',
        },
        {
          ...{ pipeline: 'learning', code: 'EVENT_NOT_JSON', lately: 40, before: 500 },
          reason: 'Unexpected end of JSON input',
        },
      ],
    }),
  ],
  'budget-burn': [
    operating({ pipelines: [pipelineFacts({ refused: windows(0.4) })] }),
    operating({ pipelines: [pipelineFacts({ slow: windows(0.08) })] }),
    operating({
      pipelines: [pipelineFacts({ slow: windows(0.4, 20_000) })],
      calendar: [
        {
          ...{ key: 'winter', name: 'Winter break', kind: 'break' },
          ...{ from: '2026-01-25', to: '2026-02-01' },
        },
      ],
    }),
  ],
  'nobody-told': [
    operating({ watches: [watchFacts({ firedWeek: 4, isTold: false })], routes: 0 }),
    operating({
      watches: [watchFacts({ firedWeek: 1, isTold: false, severity: 'high' }), watchFacts()],
    }),
  ],
  'release-waiting': [
    operating({
      waiting: [
        {
          ...{ model: 'answer', id: 'r1', version: '4', against: '3', awaits: 'champion' },
          since: now - 9 * hourMs,
        },
      ],
    }),
    operating({
      waiting: [
        {
          ...{ model: 'answer', id: 'r1', version: '4', against: '3', awaits: 'canary' },
          since: now - 3 * dayMs,
        },
      ],
    }),
  ],
  'storage-filling': [operating({ disks: [{ name: 'default', free: 6e9, total: 2e11 }] })],
  'suppression-hides': [
    ofExperiment({
      segments: { 'grade=7': binaryArms([900, 900], [0.41, 0.42]) },
      result: { suppressed: 9 },
    }),
    ofPolicy({ report: { suppressed: 30 } }),
  ],
};
