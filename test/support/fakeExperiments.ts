/**
 * Experiments as a school would have them: one to ship, one that runs, one with a sample-ratio mismatch, one with a harmed
 * guardrail, three variants, classes as units, drafts, and some that are over.
 */
import { Experiment, type ExperimentInput, type Stage } from '../../contracts/experiment.ts';
import type { ExperimentRevision } from '../../contracts/experimentApi.ts';
import { ExperimentMetric, type ExperimentMetricInput } from '../../contracts/experimentMetric.ts';
import type { ExperimentResult, MetricResult, Verdict } from '../../contracts/experimentResult.ts';
import { type Arm, resultOf } from './fakeEvidence.ts';

export interface FakeExperiment {
  experiment: Experiment;
  revision: number;
  record: ExperimentRevision[];
  result: ExperimentResult | null;
  /** By metric; the control first. */
  readonly arms: Readonly<Record<string, readonly Arm[]>>;
}

export const day = 86_400_000;
const answered = { field: 'type', is: 'answered' } as const;

const metricInputs: readonly ExperimentMetricInput[] = [
  {
    key: 'solved',
    name: 'Solved within a day',
    kind: 'binary',
    filter: { all: [answered, { field: 'value', is: 1 }] },
    measure: { of: 'existence' },
    windowMs: day,
  },
  {
    key: 'score',
    name: 'Test score',
    kind: 'continuous',
    filter: { field: 'type', is: 'graded' },
    measure: { of: 'value', combine: 'mean' },
    cap: [0, 100],
    windowMs: 7 * day,
  },
  {
    key: 'exercises',
    name: 'Exercises tried',
    kind: 'count',
    filter: answered,
    measure: { of: 'count' },
    cap: [0, 60],
    windowMs: 3 * day,
  },
  {
    key: 'right-share',
    name: 'Right answers per try',
    kind: 'ratio',
    filter: answered,
    measure: { of: 'value', combine: 'sum' },
    denominator: { filter: answered, measure: { of: 'count' } },
    cap: [0, 60],
    windowMs: 3 * day,
  },
  {
    key: 'dropout',
    name: 'Left the course',
    description: 'Whether a student leaves within two weeks.',
    kind: 'binary',
    filter: { field: 'type', is: 'left' },
    measure: { of: 'existence' },
    windowMs: 14 * day,
    direction: 'decrease',
  },
  {
    key: 'wait',
    name: 'Waiting time, 90th percentile',
    kind: 'quantile',
    filter: { field: 'type', is: 'viewed' },
    measure: { of: 'value', field: 'context.waitSeconds', combine: 'mean' },
    windowMs: day,
    level: 0.9,
    direction: 'decrease',
  },
];
export const metrics: readonly ExperimentMetric[] = metricInputs.map((input) =>
  ExperimentMetric.parse(input),
);

function binary(
  variants: readonly string[],
  units: readonly number[],
  means: readonly number[],
  immature = 0,
): Arm[] {
  return variants.map((variant, i) => {
    const mean = means[i] ?? 0;
    return {
      variant,
      units: units[i] ?? 0,
      immature: Math.round(immature * (1 + 0.02 * i)),
      mean,
      deviation: Math.sqrt(mean * (1 - mean)),
    };
  });
}

function valued(
  variants: readonly string[],
  units: readonly number[],
  means: readonly number[],
  deviation: number,
  immature = 0,
): Arm[] {
  return binary(variants, units, means, immature).map((arm, i) => ({
    ...arm,
    mean: means[i] ?? 0,
    deviation,
  }));
}

interface Sketch {
  readonly input: ExperimentInput;
  readonly arms?: Readonly<Record<string, readonly Arm[]>>;
  readonly segments?: Readonly<Record<string, readonly Arm[]>>;
  readonly suppressed?: number;
  readonly crossed?: number;
  readonly sampleRatio?: ExperimentResult['sampleRatio'];
  readonly verdict?: Verdict;
  readonly record?: readonly Omit<ExperimentRevision, 'revision'>[];
}

function stages(
  now: number,
  ...list: readonly (Omit<Stage, 'number' | 'startAt'> & { ago: number })[]
): Stage[] {
  return list.map(({ ago, ...stage }, i) => ({
    number: i + 1,
    startAt: now - ago * day,
    ...stage,
  }));
}

const two = ['without', 'with'] as const;
const three = ['plain', 'badges', 'streaks'] as const;
const variants = (names: readonly (readonly [string, string, number])[]) =>
  names.map(([key, name, weight]) => ({ key, name, weight, payload: { [key]: true } }));

function sketches(now: number): readonly Sketch[] {
  const half = { traffic: 1, weights: [0.5, 0.5] };
  const evenRatio = (
    keys: readonly string[],
    units: readonly number[],
  ): ExperimentResult['sampleRatio'] => ({
    arms: keys.map((variant, i) => ({ variant, units: units[i] ?? 0, expected: 1 / keys.length })),
    lnE: -4.2,
    alarm: false,
  });
  return [
    {
      input: {
        key: 'hints',
        name: 'Hints before answers',
        hypothesis:
          'A hint before the answer is shown makes more students solve the exercise by themselves.',
        variants: variants([
          ['without', 'Without hints', 0.5],
          ['with', 'With hints', 0.5],
        ]),
        control: 'without',
        metrics: [
          { metric: 'solved', role: 'primary', covariates: [{ of: 'past' }] },
          {
            metric: 'score',
            role: 'secondary',
            covariates: [{ of: 'past' }, { of: 'exposure', field: 'context.age', cap: [5, 20] }],
            prior: { effect: { deviation: 1 } },
          },
          { metric: 'exercises', role: 'secondary' },
          { metric: 'right-share', role: 'secondary' },
          { metric: 'dropout', role: 'guardrail' },
          { metric: 'wait', role: 'guardrail' },
        ],
        targeting: {
          all: [
            { field: 'grade', in: [7, 8, 9] },
            { field: 'consent', is: true },
          ],
        },
        segments: ['grade', 'track'],
        minimumEffect: 0.02,
        state: 'running',
        stages: stages(now, { ago: 21, traffic: 0.1, weights: [0.5, 0.5] }, { ago: 17, ...half }),
        annotations: [{ at: now - 9 * day, text: 'Autumn holidays begin' }],
      },
      arms: {
        solved: binary(two, [6_048, 5_981], [0.431, 0.4655], 210),
        score: valued(two, [4_410, 4_377], [61.2, 61.9], 18.4, 1_840),
        exercises: valued(two, [5_640, 5_590], [11.2, 11.9], 8.4, 590),
        'right-share': valued(two, [5_640, 5_590], [0.612, 0.631], 0.29, 590),
        dropout: binary(two, [2_310, 2_295], [0.031, 0.029], 3_920),
        wait: valued(two, [6_048, 5_981], [2.8, 2.9], 2.1, 210),
      },
      segments: {
        'grade=7': binary(two, [2_011, 1_987], [0.402, 0.451]),
        'grade=8': binary(two, [2_104, 2_080], [0.433, 0.463]),
        'grade=9': binary(two, [1_933, 1_914], [0.459, 0.481]),
        'track=academic': binary(two, [3_310, 3_290], [0.48, 0.531]),
        'track=vocational': binary(two, [2_690, 2_650], [0.371, 0.38]),
      },
      suppressed: 2,
      crossed: 14,
      sampleRatio: evenRatio(two, [6_258, 6_195]),
      verdict: {
        word: 'ship',
        variant: 'with',
        sentence:
          '“With hints” solves more: between +0.7 and +6.2 points, and no guardrail is harmed. It can be shipped.',
        daysLeft: null,
      },
      record: [
        {
          at: now - 21.2 * day,
          actor: 'maria',
          reason: 'Planned with the maths department',
          change: 'Created',
        },
        {
          at: now - 21 * day,
          actor: 'maria',
          reason: 'The classes have been told',
          change: 'Started',
        },
        {
          at: now - 17 * day,
          actor: 'jonas',
          reason: 'Nothing broke in four days',
          change: 'Traffic 0.1 → 1 (stage 2)',
        },
      ],
    },
    {
      input: {
        key: 'evening-reminder',
        name: 'Reminder in the evening',
        hypothesis: 'A reminder at six makes more students practise on that day.',
        variants: variants([
          ['morning', 'In the morning', 0.5],
          ['evening', 'In the evening', 0.5],
        ]),
        control: 'morning',
        metrics: [
          { metric: 'solved', role: 'primary' },
          { metric: 'exercises', role: 'secondary' },
          { metric: 'dropout', role: 'guardrail' },
        ],
        segments: ['grade'],
        minimumEffect: 0.03,
        state: 'running',
        stages: stages(now, { ago: 6, ...half }),
      },
      arms: {
        solved: binary(['morning', 'evening'], [1_820, 1_794], [0.418, 0.431], 160),
        exercises: valued(['morning', 'evening'], [1_430, 1_402], [10.8, 11.1], 8.1, 550),
        dropout: binary(['morning', 'evening'], [0, 0], [0, 0], 1_980),
      },
      segments: {
        'grade=7': binary(['morning', 'evening'], [640, 622], [0.41, 0.432]),
        'grade=8': binary(['morning', 'evening'], [601, 611], [0.42, 0.428]),
      },
      suppressed: 3,
      crossed: 2,
      sampleRatio: evenRatio(['morning', 'evening'], [1_980, 1_954]),
      verdict: {
        word: 'keep running',
        variant: null,
        sentence:
          'Nothing is decided yet: the effect lies between −4.6 and +7.2 points. About 9 more days are planned.',
        daysLeft: 8.4,
      },
      record: [
        {
          at: now - 6.4 * day,
          actor: 'jonas',
          reason: 'Asked for by the parents’ council',
          change: 'Created',
        },
        { at: now - 6 * day, actor: 'jonas', reason: 'Ready', change: 'Started' },
      ],
    },
    {
      input: {
        key: 'short-videos',
        name: 'Short explanation videos',
        hypothesis: 'Videos below two minutes are watched to the end.',
        variants: variants([
          ['long', 'Long videos', 0.5],
          ['short', 'Short videos', 0.5],
        ]),
        control: 'long',
        metrics: [
          { metric: 'solved', role: 'primary' },
          { metric: 'wait', role: 'guardrail' },
        ],
        minimumEffect: 0.02,
        state: 'paused',
        stages: stages(now, { ago: 11, ...half }),
      },
      arms: {
        solved: binary(['long', 'short'], [3_912, 3_377], [0.441, 0.472], 0),
        wait: valued(['long', 'short'], [3_912, 3_377], [2.6, 2.5], 2, 0),
      },
      crossed: 96,
      sampleRatio: {
        arms: [
          { variant: 'long', units: 3_912, expected: 0.5 },
          { variant: 'short', units: 3_377, expected: 0.5 },
        ],
        lnE: 14.8,
        alarm: true,
      },
      verdict: {
        word: 'invalid',
        variant: null,
        sentence:
          'The units did not come as they were assigned (3 912 to 3 377 instead of half and half): no effect can be believed until that is found.',
        daysLeft: null,
      },
      record: [
        { at: now - 11.5 * day, actor: 'maria', reason: '', change: 'Created' },
        { at: now - 11 * day, actor: 'maria', reason: 'Videos are uploaded', change: 'Started' },
        {
          at: now - 2 * day,
          actor: 'millrace',
          reason: 'Sample ratio: 3912 to 3377',
          change: 'Paused: the sample ratio is off',
        },
      ],
    },
    {
      input: {
        key: 'adaptive-order',
        name: 'Adaptive order of exercises',
        hypothesis: 'Exercises in the order of need raise the test score.',
        variants: variants([
          ['fixed', 'Fixed order', 0.5],
          ['adaptive', 'Adaptive order', 0.5],
        ]),
        control: 'fixed',
        metrics: [
          { metric: 'score', role: 'primary' },
          { metric: 'exercises', role: 'secondary' },
          { metric: 'dropout', role: 'guardrail' },
        ],
        segments: ['track'],
        minimumEffect: 1.5,
        state: 'running',
        stages: stages(now, { ago: 28, traffic: 0.2, weights: [0.5, 0.5] }, { ago: 24, ...half }),
      },
      arms: {
        score: valued(['fixed', 'adaptive'], [5_120, 5_098], [60.8, 61.9], 18.9, 1_010),
        exercises: valued(['fixed', 'adaptive'], [5_610, 5_590], [11, 12.6], 8.6, 520),
        dropout: binary(['fixed', 'adaptive'], [4_330, 4_312], [0.028, 0.051], 1_800),
      },
      segments: {
        'track=academic': valued(['fixed', 'adaptive'], [2_800, 2_790], [66.1, 67.5], 17),
        'track=vocational': valued(['fixed', 'adaptive'], [2_310, 2_308], [54.3, 55.2], 18),
      },
      suppressed: 0,
      crossed: 9,
      sampleRatio: evenRatio(['fixed', 'adaptive'], [6_131, 6_108]),
      verdict: {
        word: 'stop',
        variant: null,
        sentence:
          'A guardrail is harmed: with “Adaptive order” more students left the course, between +0.9 and +3.7 points.',
        daysLeft: null,
      },
      record: [
        {
          at: now - 29 * day,
          actor: 'maria',
          reason: 'Grant of the foundation',
          change: 'Created',
        },
        { at: now - 28 * day, actor: 'maria', reason: 'Start of term', change: 'Started' },
        {
          at: now - 24 * day,
          actor: 'maria',
          reason: 'No complaints',
          change: 'Traffic 0.2 → 1 (stage 2)',
        },
      ],
    },
    {
      input: {
        key: 'motivation',
        name: 'Badges or streaks',
        hypothesis: 'Streaks keep students at it longer than badges do.',
        variants: variants([
          ['plain', 'Neither', 0.3334],
          ['badges', 'Badges', 0.3333],
          ['streaks', 'Streaks', 0.3333],
        ]),
        control: 'plain',
        metrics: [
          { metric: 'exercises', role: 'primary' },
          { metric: 'solved', role: 'secondary' },
          { metric: 'dropout', role: 'guardrail' },
        ],
        segments: ['grade'],
        minimumEffect: 0.5,
        state: 'running',
        stages: stages(now, { ago: 13, traffic: 1, weights: [0.3334, 0.3333, 0.3333] }),
      },
      arms: {
        exercises: valued(three, [3_040, 3_011, 3_025], [10.9, 11.2, 11.45], 8.2, 410),
        solved: binary(three, [3_310, 3_290, 3_301], [0.43, 0.437, 0.442], 140),
        dropout: binary(three, [140, 122, 131], [0.03, 0.029, 0.031], 3_200),
      },
      segments: {
        'grade=7': valued(three, [1_010, 1_004, 1_012], [10.1, 10.9, 11.4], 8),
        'grade=8': valued(three, [1_030, 1_011, 1_017], [11.6, 11.7, 12.2], 8.3),
      },
      suppressed: 1,
      crossed: 5,
      sampleRatio: evenRatio(three, [3_450, 3_421, 3_435]),
      verdict: {
        word: 'keep running',
        variant: null,
        sentence: '“Streaks” leads with between −0.1 and +1.2 exercises; it is not decided yet.',
        daysLeft: 5.2,
      },
      record: [
        { at: now - 14 * day, actor: 'jonas', reason: '', change: 'Created' },
        { at: now - 13 * day, actor: 'jonas', reason: 'Artwork is there', change: 'Started' },
      ],
    },
    {
      input: {
        key: 'peer-teaching',
        name: 'Peer teaching, by class',
        hypothesis: 'An hour of peer teaching a week raises the score of the class.',
        unit: 'class',
        variants: variants([
          ['usual', 'As usual', 0.5],
          ['peer', 'Peer teaching', 0.5],
        ]),
        control: 'usual',
        metrics: [{ metric: 'score', role: 'primary' }],
        minimumEffect: 4,
        state: 'running',
        stages: stages(now, { ago: 30, ...half }),
      },
      arms: { score: valued(['usual', 'peer'], [24, 23], [60.1, 64.8], 7.1, 11) },
      sampleRatio: evenRatio(['usual', 'peer'], [29, 29]),
      verdict: {
        word: 'keep running',
        variant: null,
        sentence: 'With 47 classes the effect lies between −3.4 and +12.8; it is not decided yet.',
        daysLeft: 41,
      },
      record: [
        { at: now - 30 * day, actor: 'maria', reason: '48 classes have agreed', change: 'Started' },
      ],
    },
    {
      input: {
        key: 'night-mode',
        name: 'Night mode after eight',
        variants: variants([
          ['light', 'Light', 0.5],
          ['dark', 'Dark', 0.5],
        ]),
        control: 'light',
        metrics: [{ metric: 'exercises', role: 'primary' }],
        minimumEffect: 0.4,
      },
      record: [
        { at: now - 3 * day, actor: 'jonas', reason: 'An idea of class 9b', change: 'Created' },
      ],
    },
    {
      input: {
        key: 'oral-tests',
        name: 'Oral tests',
        variants: [],
        control: 'written',
        metrics: [],
        minimumEffect: 0.02,
      },
      record: [{ at: now - 1 * day, actor: 'maria', reason: '', change: 'Created' }],
    },
    {
      input: {
        key: 'larger-type',
        name: 'Larger type',
        variants: variants([
          ['usual', 'Usual type', 0.5],
          ['large', 'Larger type', 0.5],
        ]),
        control: 'usual',
        metrics: [{ metric: 'solved', role: 'primary' }],
        minimumEffect: 0.02,
        state: 'stopped',
        stages: stages(now, { ago: 75, ...half }),
        decision: {
          verdict: 'stop',
          variant: null,
          reason: 'No effect that matters',
          at: now - 40 * day,
        },
      },
      arms: { solved: binary(['usual', 'large'], [9_210, 9_188], [0.44, 0.4415]) },
      sampleRatio: evenRatio(['usual', 'large'], [9_210, 9_188]),
      verdict: {
        word: 'stop',
        variant: null,
        sentence: 'An effect of 2 points can be excluded: it lies between −1.8 and +1.9 points.',
        daysLeft: null,
      },
      record: [
        { at: now - 75 * day, actor: 'maria', reason: '', change: 'Started' },
        {
          at: now - 40 * day,
          actor: 'maria',
          reason: 'No effect that matters',
          change: 'Stopped: keep the control',
        },
      ],
    },
  ];
}

export function fakeExperiments(now: number): Map<string, FakeExperiment> {
  return new Map(sketches(now).map((sketch) => [sketch.input.key, made(sketch, now)]));
}

function made(sketch: Sketch, now: number): FakeExperiment {
  const experiment = Experiment.parse(sketch.input);
  const arms = sketch.arms ?? {};
  const measured: MetricResult[] = experiment.metrics.flatMap(
    ({ metric, role, covariates, prior }) => {
      const definition = metrics.find(({ key }) => key === metric);
      const found = arms[metric];
      if (definition === undefined || found === undefined) return [];
      const { kind, direction } = definition;
      return [
        resultOf({ metric, role, kind }, found, {
          alpha: experiment.alpha,
          isUpGood: direction === 'increase',
          isAdjusted: covariates !== undefined,
          isInformed: prior !== undefined,
        }),
      ];
    },
  );
  const primary = measured.find(({ role }) => role === 'primary');
  const record = (sketch.record ?? []).map((entry, i) => ({ ...entry, revision: i + 1 })).reverse();
  const { verdict, sampleRatio } = sketch;
  const result: ExperimentResult | null =
    verdict === undefined || sampleRatio === undefined
      ? null
      : {
          experiment: experiment.key,
          revision: record.length,
          design: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
          at: now - 2_000,
          offsets: [
            { partition: 0, offset: 120_331 },
            { partition: 1, offset: 118_904 },
          ],
          exposed: sampleRatio.arms.reduce((sum, { units }) => sum + units, 0),
          crossed: sketch.crossed ?? 0,
          crossedAlarm: (sketch.crossed ?? 0) > 90,
          sampleRatio,
          metrics: measured,
          segments: Object.entries(sketch.segments ?? {}).map(([segment, found]) => ({
            segment,
            ...resultOf(
              {
                metric: primary?.metric ?? '',
                role: 'primary',
                kind: primary?.kind ?? 'binary',
              },
              found,
            ),
          })),
          suppressed: sketch.suppressed ?? 0,
          verdict,
        };
  return { experiment, revision: Math.max(1, record.length), record, result, arms };
}
