/** An experiment evaluated again and again: to the byte what an evaluation from nothing says, whatever was asked before. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExperimentMetric } from '../../../contracts/experimentMetric.ts';
import type { ExperimentRecord } from '../../../contracts/experimentRecord.ts';
import { actOn, causeOf } from '../../../control/experiments/actOn.ts';
import type { CountRow } from '../../../control/experiments/countRows.ts';
import { Evaluation, evaluateExperiment } from '../../../control/experiments/evaluate.ts';
import {
  type CountKind,
  countKinds,
  makeTally,
} from '../../../control/experiments/experimentCounts.ts';
import { GatheredCounts } from '../../../control/experiments/gatheredCounts.ts';
import { prepareExperiment } from '../../../control/experiments/preparedExperiment.ts';
import { type RandomState, randomState, uniform } from '../../../stats/random.ts';
import { CountedUnits } from '../../support/countedUnits.ts';
import { makeMetric, makeRunning } from '../../support/experiments.ts';

const metrics: ExperimentMetric[] = [
  makeMetric(),
  makeMetric({ key: 'gone', name: 'Gave up', direction: 'decrease' }),
  makeMetric({
    ...{ key: 'minutes', name: 'Minutes', kind: 'continuous', cap: [0, 60] },
    measure: { of: 'value', field: 'value' },
  }),
  makeMetric({
    ...{ key: 'share', name: 'Share', kind: 'ratio', cap: [0, 100], measure: { of: 'count' } },
    denominator: { filter: { field: 'type', is: 'answered' }, measure: { of: 'count' } },
  }),
  makeMetric({
    ...{ key: 'latency', name: 'Latency', kind: 'quantile', level: 0.9, direction: 'decrease' },
    measure: { of: 'value', field: 'value' },
  }),
];

function recordOf(isClustered: boolean): ExperimentRecord {
  const adjusted = isClustered ? {} : { covariates: [{ of: 'past' as const }] };
  const experiment = makeRunning(
    {
      ...(isClustered ? { unit: 'class', plannedClusters: 60, gatherDays: 2 } : {}),
      variants: ['without', 'with', 'other'].map((key) => ({ key, name: key, weight: 1 })),
      metrics: [
        { metric: 'solved', role: 'primary', baseline: { mean: 0.5, units: 200 } },
        { metric: 'gone', role: 'guardrail', prior: { baseline: { mean: 0.1, units: 50 } } },
        { metric: 'minutes', role: 'secondary', ...adjusted },
        { metric: 'share', role: 'secondary', ...adjusted },
        { metric: 'latency', role: 'primary' },
      ],
    },
    [
      { traffic: 1, weights: [0.8, 0.1, 0.1] },
      { traffic: 1, weights: [0.4, 0.3, 0.3] },
    ],
  );
  return { revision: 1, experiment, metrics };
}

interface Course {
  readonly isClustered: boolean;
  readonly seed: number;
  /** How much better, and how much more often given up, with the treatments. */
  readonly effect: number;
  readonly harm: number;
  /** Share of the units of the first variant that are lost. */
  readonly lost: number;
  /** Days by which the second partition is behind with clusters. */
  readonly behind: number;
  readonly steps: readonly Step[];
}

interface Step {
  readonly units: number;
  /** Kinds of counts that show: the tables of an epoch do not appear together. */
  readonly shown: readonly CountKind[];
  /** What is asked afterwards. */
  readonly ask: 'evidence' | 'result' | 'no';
}

function addUnit(counts: CountedUnits, random: RandomState, course: Course, step: number): void {
  const stage = 1 + Number(step > 2);
  const draw = uniform(random);
  const weights = stage === 1 ? [0.8, 0.1] : [0.4, 0.3];
  const variant = draw < weights[0]! ? 0 : draw < weights[0]! + weights[1]! ? 1 : 2;
  if (variant === 0 && uniform(random) < course.lost) return;
  const treated = Number(variant > 0);
  // The last unit of a step is exposed and not yet scored.
  const isScored = uniform(random) < 0.8;
  const long = -10 * Math.log(1 - uniform(random));
  counts.add({
    ...{ variant, stage, period: step >> 1, hour: step },
    segments: [`grade=${uniform(random) < 0.5 ? 7 : 8}`],
    ...(course.isClustered
      ? {
          cluster: `class-${Math.floor(uniform(random) * 40)}`,
          day: 2 * step + (draw < 0.3 ? 1 : 0),
        }
      : {}),
    covariates: {
      minutes: [draw < 0.1 ? Number.NaN : long / 2 + uniform(random)],
      share: [long, long / 3, 1 + draw],
    },
    outcomes: isScored
      ? {
          solved: Number(uniform(random) < 0.5 + treated * course.effect),
          gone: Number(uniform(random) < 0.1 + treated * course.harm),
          minutes: Math.min(60, long),
          share: [Math.floor(long), 1 + Math.floor(3 * uniform(random))],
          latency: long,
        }
      : {},
  });
}

/** The counts of a partition as rows of the tables. @param days of which it has scored all members of clusters */
function* rowsOf(
  counts: CountedUnits,
  { partition, version, days }: { partition: number; version: number; days: number },
): Generator<CountRow> {
  const placed = { experiment: 'hints', partition, version };
  const { exposures, outcomes, clusters, covariates } = counts.read();
  for (const each of exposures) yield { kind: 'exposures', ...placed, ...each };
  for (const { tallies, ...each } of outcomes) {
    yield { kind: 'outcomes', ...placed, ...each, tally: tallies[0]! };
  }
  for (const { tallies, ...each } of clusters) {
    yield { kind: 'clusters', ...placed, ...each, tally: tallies[0]! };
  }
  for (const metric of new Set(clusters.map((each) => each.metric))) {
    const told = { metric, variant: 0, stage: 0, cluster: '', day: 0, tally: makeTally(days) };
    yield { kind: 'clusters', ...placed, ...told };
  }
  for (const { tallies, ...each } of covariates) {
    yield { kind: 'covariates', ...placed, ...each, tally: structuredClone(tallies[0]!) };
  }
}

const courses = fc.record({
  isClustered: fc.boolean(),
  seed: fc.nat(1_000),
  effect: fc.constantFrom(0.35, 0, -0.35),
  harm: fc.constantFrom(0, 0, 0.3),
  lost: fc.constantFrom(0, 0, 0, 0.5),
  behind: fc.constantFrom(0, 1, 5),
  steps: fc.array(
    fc.record({
      units: fc.constantFrom(0, 1, 30, 400),
      shown: fc.constantFrom<readonly CountKind[]>(
        ...[countKinds, countKinds, countKinds],
        ...([['exposures', 'outcomes', 'clusters'], ['covariates']] as const),
      ),
      ask: fc.constantFrom('evidence', 'result', 'no'),
    }),
    { minLength: 1, maxLength: 7 },
  ),
});

test('the answer is that of an evaluation from nothing, and its evidence says the same before', () => {
  const words = new Set<string>();
  const seen = new Set<string>();
  fc.assert(
    fc.property(courses, (course) => {
      const record = recordOf(course.isClustered);
      const evaluation = new Evaluation(prepareExperiment(record));
      const random = randomState(course.seed);
      const partitions = [new CountedUnits(record), new CountedUnits(record)];
      const grown = new GatheredCounts();
      const taken: CountRow[] = [];
      course.steps.forEach(({ units, shown, ask }, step) => {
        for (let i = 0; i < units; i += 1) {
          addUnit(partitions[Number(uniform(random) < 0.3)]!, random, course, step);
        }
        for (const partition of [1, 0]) {
          const days = Math.max(0, 2 * step - partition * course.behind);
          const rows = rowsOf(partitions[partition]!, { partition, version: step, days });
          for (const row of rows) if (shown.includes(row.kind)) taken.push(row);
        }
        for (const row of taken.slice(grown.changes)) expect(grown.take(row)).toBe(true);
        const fresh = new GatheredCounts();
        for (const row of taken.toReversed()) fresh.take(row);
        if (ask === 'no') return;
        const expected = evaluateExperiment(record, fresh, 7);
        const evidence = evaluation.evidence(grown);
        const { verdict, sampleRatio, metrics: told } = expected;
        words.add(verdict.word);
        expect(evidence.word).toBe(verdict.word);
        expect(evidence.sampleRatio).toEqual(sampleRatio);
        expect(evidence.harmed).toEqual(
          told
            .filter(({ role }) => role === 'guardrail')
            .filter(({ comparisons }) => comparisons.some(({ direction }) => direction === 'bad'))
            .map(({ metric }) => metric),
        );
        if (ask === 'evidence') return;
        const found = evaluation.result(grown, 7);
        expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
        for (const { readings = [], clusters } of told) {
          if ((clusters?.clusters ?? 0) > 0) seen.add('clusters');
          for (const each of readings) {
            if (each.adjusted !== null) seen.add('adjusted');
            if (each.bayesian !== null) seen.add('bayesian');
          }
        }
        expect(evaluation.result(grown, 8)).toBe(found);
      });
    }),
    { numRuns: 30 },
  );
  expect([...words].sort()).toEqual(['invalid', 'keep running', 'ship', 'stop']);
  expect([...seen].sort()).toEqual(['adjusted', 'bayesian', 'clusters']);
});

test('covariates that show later change the readings, and nothing else is computed again', () => {
  const record = recordOf(false);
  const course = { isClustered: false, seed: 1, effect: 0, harm: 0, lost: 0, behind: 0, steps: [] };
  const units = new CountedUnits(record);
  const random = randomState(course.seed);
  for (let i = 0; i < 300; i += 1) addUnit(units, random, course, 0);
  const rows = [...rowsOf(units, { partition: 0, version: 1, days: 0 })];
  const [later, sooner] = [true, false].map((isLater) =>
    rows.filter(({ kind }) => (kind === 'covariates') === isLater),
  );
  const grown = new GatheredCounts();
  for (const row of sooner!) grown.take(row);
  const evaluation = new Evaluation(prepareExperiment(record));
  const before = evaluation.result(grown, 7);
  for (const row of later!) grown.take(row);
  const after = evaluation.result(grown, 7);
  const adjusted = ({ metrics: told }: typeof after) =>
    told.map(({ readings }) => readings!.some((each) => each.adjusted !== null));
  expect(adjusted(before)).toEqual([false, false, false, false, false]);
  expect(adjusted(after)).toEqual([false, false, true, true, false]);
  for (const [i, { comparisons }] of after.metrics.entries()) {
    expect(comparisons).toBe(before.metrics[i]!.comparisons);
  }
  expect(JSON.stringify(after)).toBe(JSON.stringify(evaluateExperiment(record, grown, 7)));
});

test('what must be done follows from the evidence, its sentence from the answer', () => {
  const { experiment } = recordOf(false);
  const sampleRatio = { arms: [], lnE: 9, alarm: true };
  const verdict = { word: 'invalid', variant: null, sentence: 'Why.', daysLeft: null } as const;
  const lost = causeOf({ sampleRatio, harmed: ['gone'] }, experiment)!;
  expect(actOn(lost, verdict)).toEqual({
    ...{ move: 'pause', cause: 'sample ratio', hold: 'Why.' },
    reason: 'Paused by the sample-ratio test. Why.',
  });
  const paused = { ...experiment, state: 'paused' } as const;
  expect(causeOf({ sampleRatio, harmed: ['gone'] }, paused)).toBeUndefined();
  const sound = { ...sampleRatio, alarm: false };
  expect(causeOf({ sampleRatio: sound, harmed: [] }, experiment)).toBeUndefined();
  const harmed = causeOf({ sampleRatio: sound, harmed: ['gone', 'late'] }, paused)!;
  expect(actOn(harmed, verdict)).toEqual({
    ...{ move: 'stop', cause: 'guardrail gone', reason: 'Stopped by a guardrail. Why.' },
    decision: { verdict: 'stop', variant: null },
  });
  const stopped = { ...experiment, state: 'stopped' } as const;
  expect(causeOf({ sampleRatio, harmed: ['gone'] }, stopped)).toBeUndefined();
});
