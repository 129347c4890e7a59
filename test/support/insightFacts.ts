/** Facts of a quiet engine, to be bent by each test: nothing is to be said of it. */
import type { Experiment, ExperimentInput } from '../../contracts/experiment.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import { Policy, type PolicyInput } from '../../contracts/policy.ts';
import type { PolicyReport, Worth } from '../../contracts/policyApi.ts';
import type { PartitionFacts } from '../../control/engineStatus.ts';
import type { Facts } from '../../control/insights/facts.ts';
import type { ExperimentFacts, PeriodFacts } from '../../control/insights/gather/experiments.ts';
import {
  burnWindowsMs,
  type OperationFacts,
  type PipelineFacts,
  type WatchFacts,
} from '../../control/insights/gather/operations.ts';
import type { PolicyFacts } from '../../control/insights/gather/policies.ts';
import { normal, randomState } from '../../stats/random.ts';
import { clusterSumsOf } from '../../stats/sequential/clusteredSequence.ts';
import { makeMetric, makeRunning } from './experiments.ts';
import { type Arm, comparisonOf } from './fakeEvidence.ts';

export const dayMs = 86_400_000;
export const hourMs = 3_600_000;
/** A Thursday at noon. */
export const now = Date.UTC(2026, 0, 29, 12);
export const today = Date.UTC(2026, 0, 29);

export function factsOf(parts: Partial<Facts> = {}): Facts {
  return {
    ...{ now, eventTime: now, activeUsers: 10_000 },
    ...{ models: [], columns: [], experiments: [], policies: [], operations: quietOperations() },
    alerts: [],
    ...parts,
  };
}

/** Shares of solved exercises by variant. */
export function binaryArms(units: readonly number[], means: readonly number[]): Arm[] {
  const variants = ['without', 'with', 'third'];
  return units.map((count, i) => {
    const mean = means[i]!;
    return {
      ...{ variant: variants[i]!, units: count, immature: 0, mean },
      deviation: Math.sqrt(mean * (1 - mean)),
    };
  });
}

export interface ExperimentSketch {
  readonly input?: Partial<ExperimentInput>;
  readonly arms?: readonly Arm[];
  readonly guardrail?: readonly Arm[];
  readonly segments?: Readonly<Record<string, readonly Arm[]>>;
  readonly result?: Partial<ExperimentResult>;
  readonly facts?: Partial<ExperimentFacts>;
}

export const metrics = [
  makeMetric({ name: 'Solved within a day' }),
  makeMetric({ key: 'left', name: 'Left the course', direction: 'decrease' }),
];

/** Two weeks old, 2,000 users in each of two variants, 41 and 41.6 % of them solve. */
export function experimentFacts({
  input = {},
  arms = binaryArms([2_000, 2_000], [0.41, 0.416]),
  guardrail = binaryArms([2_000, 2_000], [0.03, 0.031]),
  segments = {},
  result = {},
  facts = {},
}: ExperimentSketch = {}): ExperimentFacts {
  const startAt = now - 14 * dayMs;
  const base = makeRunning({
    key: 'hints',
    name: 'Hints before answers',
    metrics: [
      { metric: 'solved', role: 'primary' },
      { metric: 'left', role: 'guardrail' },
    ],
    minimumEffect: 0.04,
    segments: ['grade'],
  });
  const experiment: Experiment = {
    ...base,
    stages: base.stages.map((stage) => ({ ...stage, startAt, traffic: input.traffic ?? 1 })),
    ...(input as Partial<Experiment>),
  };
  const compare = (of: readonly Arm[], isUpGood: boolean) =>
    of.slice(1).map((arm) => comparisonOf(of[0]!, arm, { isUpGood, kind: 'binary' }));
  const exposed = arms.reduce((sum, { units }) => sum + units, 0);
  const made: ExperimentResult = {
    ...{ experiment: experiment.key, revision: 2, design: 'd', at: now - hourMs, offsets: [] },
    ...{ exposed, crossed: 0, crossedAlarm: false, suppressed: 0 },
    sampleRatio: {
      arms: arms.map(({ variant, units }) => ({
        ...{ variant, units, expected: 1 / arms.length },
      })),
      ...{ lnE: -3, alarm: false },
    },
    metrics: [
      {
        ...{ metric: 'solved', role: 'primary', kind: 'binary', arms: [...arms] },
        comparisons: compare(arms, true),
      },
      {
        ...{ metric: 'left', role: 'guardrail', kind: 'binary', arms: [...guardrail] },
        comparisons: compare(guardrail, false),
      },
    ],
    segments: Object.entries(segments).map(([segment, of]) => ({
      ...{ segment, metric: 'solved', arms: [...of], comparisons: compare(of, true) },
    })),
    verdict: {
      ...{ word: 'keep running', variant: null, daysLeft: 9 },
      sentence: 'Nothing is decided yet.',
    },
    ...result,
  };
  const days = Array.from({ length: 14 }, (_, i) => today - (13 - i) * dayMs);
  return {
    ...{ key: experiment.key, revision: 2, experiment, metrics, ended: null, result: made },
    courses: ['solved', 'left'].map((metric) => ({
      ...{ metric, variant: 'with' },
      points: days.map((at, i) => ({
        ...{ at, units: 290 * (i + 1), estimate: 0.01, low: -0.06, high: 0.08, lnE: -1 },
      })),
    })),
    exposures: days.map((at) => ({ at, units: 285 })),
    ...{ lastExposureAt: now - hourMs, periods: [] },
    ...facts,
  };
}

/** Effects by period of entering, first and second half; `users` in each arm and period. */
export function periodsOf(
  effect: (period: number) => number,
  { users = 200, seed = 1, days = 14 }: { users?: number; seed?: number; days?: number } = {},
): PeriodFacts[] {
  const random = randomState(seed);
  const last = Math.floor(Math.log1p((0.3 * days * dayMs) / hourMs) / Math.log(1.3)) - 1;
  return Array.from({ length: last + 1 }, (_, period) =>
    ['without', 'with'].map((variant) => {
      const rate = 0.4 + (variant === 'with' ? effect(period) : 0);
      const variance = rate * (1 - rate);
      const mean = rate + normal(random) * Math.sqrt(variance / users);
      return { ...{ variant, stage: 1, period, units: users, mean, variance } };
    }),
  ).flat();
}

export function worthOf(mean: number, half: number, decisions = 10_000): Worth {
  return { decisions, mean, low: mean - half, high: mean + half };
}

export interface PolicySketch {
  readonly input?: Partial<PolicyInput>;
  readonly report?: Partial<PolicyReport>;
  readonly worths?: Readonly<Record<string, { readonly worth: Worth; readonly share: number }>>;
  readonly facts?: Partial<PolicyFacts>;
}

/** Runs for four weeks and earns more than its control and than each action. */
export function policyFacts({
  input = {},
  report = {},
  worths = {
    video: { worth: worthOf(0.42, 0.02), share: 0.5 },
    text: { worth: worthOf(0.41, 0.02), share: 0.3 },
    exercise: { worth: worthOf(0.4, 0.03), share: 0.2 },
  },
  facts = {},
}: PolicySketch = {}): PolicyFacts {
  const startAt = now - 35 * dayMs;
  const policy = Policy.parse({
    key: 'tutor',
    name: 'What the tutor suggests',
    algorithm: { name: 'epsilon-greedy', parameters: { epsilon: 0.1 } },
    actions: [
      { key: 'video', name: 'Short video' },
      { key: 'text', name: 'Explanation in words' },
      { key: 'exercise', name: 'An easier exercise' },
    ],
    context: { features: [{ kind: 'categorical', field: 'programme' }] },
    control: 'text',
    segments: ['programme'],
    state: 'running',
    stages: [{ number: 1, startAt, change: 'Started' }],
    ...input,
  });
  const to = today;
  const made: PolicyReport = {
    ...{ policy: 'tutor', from: to - 28 * dayMs, to, stepMs: dayMs, open: 20, unrewarded: 0 },
    worth: {
      policy: worthOf(0.45, 0.015),
      control: worthOf(0.4, 0.03, 1_100),
      difference: worthOf(0.05, 0.035, 11_100),
    },
    users: { policy: 2_400, control: 260 },
    uniform: worthOf(0.41, 0.02),
    exploration: { share: 0.08, cost: 0.004, low: -0.02, high: 0.028 },
    ...{ sampled: 1, suppressed: 0, strays: [] },
    course: Array.from({ length: 28 }, (_, i) => ({
      at: to - (28 - i) * dayMs,
      policy: worthOf(0.45, 0.05, 360),
      control: worthOf(0.4, 0.15, 40),
    })),
    actions: policy.actions.map(({ key, name, offered }) => {
      const { worth, share } = worths[key] ?? {
        worth: { decisions: 0, mean: null, low: null, high: null },
        share: 0,
      };
      return {
        ...{ action: key, name, offered, share, worth },
        course: [
          {
            ...{ at: to - dayMs, decisions: Math.round(10_000 * share), share },
            ...{ mean: worth.mean, low: worth.low, high: worth.high },
          },
        ],
      };
    }),
    segments: [],
    ...report,
  };
  return {
    ...{ key: policy.key, revision: 3, policy, report: made },
    gains: policy.actions.map(({ key }) => ({ action: key, weight: 1, sums: gainSums(0.05) })),
    ...facts,
  };
}

/** 1,200 users with ten decisions each, who gain so much a decision. */
export function gainSums(gain: number, seed = 3, deviation = 0.2) {
  const random = randomState(seed);
  return clusterSumsOf(
    Array.from({ length: 1_200 }, () => ({
      ...{ size: 10, decisions: 10, earned: 10 * (gain + deviation * normal(random)) },
    })),
  );
}

export function partitionFacts(facts: Partial<PartitionFacts> = {}): PartitionFacts {
  return {
    ...{ pipeline: 'learning', version: 1, summary: 'Learns.', partition: 0, state: 'running' },
    ...{ detail: null, committedOffset: 10_000, endOffset: 10_020, eventsPerSecond: 80 },
    ...{ commitMs: 12, committedAt: now - 400, waitingSince: null, tables: [] },
    ...facts,
  };
}

/** Two weeks, 0.4 % refused. */
export function pipelineFacts(facts: Partial<PipelineFacts> = {}): PipelineFacts {
  const shares = [38, 44, 41, 36, 43, 40, 39, 45, 37, 42, 40, 41, 39, 43, 40];
  return {
    ...{ name: 'learning', partitions: [partitionFacts()] },
    lag: [{ at: now - hourMs, value: 20 }],
    days: shares.map((refused, i) => ({
      ...{ at: today - (shares.length - i) * dayMs, events: 10_000, refused },
    })),
    refused: windows(0.004),
    slow: windows(0.002),
    ...facts,
  };
}

/** 400 events an hour. */
export function windows(share: number, perHour = 4_000) {
  return burnWindowsMs.map((ms) => {
    const events = Math.round((ms / hourMs) * perHour);
    return { ms, events, bad: Math.round(events * share) };
  });
}

export function watchFacts(facts: Partial<WatchFacts> = {}): WatchFacts {
  return {
    ...{ key: 'latency', name: 'Latency of answers', severity: 'low', isTold: true },
    ...{ fired: 2, firedWeek: 1, called: { false: 0, true: 1 }, flapping: 0 },
    days: [{ at: today - 3 * dayMs, fired: 1 }],
    ...facts,
  };
}

export function quietOperations(facts: Partial<OperationFacts> = {}): OperationFacts {
  return {
    ...{ pipelines: [pipelineFacts()], refusals: [], watches: [watchFacts()], routes: 1 },
    ...{ waiting: [], calendar: [], disks: [{ name: 'default', free: 4e11, total: 1e12 }] },
    ...facts,
  };
}
