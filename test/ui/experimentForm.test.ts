import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Experiment } from '../../contracts/experiment.ts';
import { PlanQuery } from '../../contracts/experimentApi.ts';
import {
  conditionOf,
  operators,
  rowsOf,
  scalarOf,
  scalarText,
  type TargetingRow,
} from '../../ui/definitions/conditionRows.ts';
import { advanceDraft, type DraftState, isSameDraft } from '../../ui/definitions/draftState.ts';
import { keyFrom, numberOf } from '../../ui/definitions/typed.ts';
import { definitionOf } from '../../ui/experiments/form/definition.ts';
import { blankDraft, copyOf, type Draft, draftOf } from '../../ui/experiments/form/draft.ts';
import { blankMetric, metricOf, withKind } from '../../ui/experiments/form/metricDraft.ts';
import { outcomeOf } from '../../ui/experiments/form/outcome.ts';
import { withEqualShares } from '../../ui/experiments/form/shares.ts';
import { withPlan } from '../../ui/experiments/plan/handOver.ts';
import { effectRange, inputOf, queryOf } from '../../ui/experiments/plan/planInput.ts';
import { fakeExperiments, metrics } from '../support/fakeExperiments.ts';
import { now } from './support/experimentSamples.ts';

const experiments = [...fakeExperiments(now).values()].map(({ experiment }) => experiment);
const hints = experiments.find(({ key }) => key === 'hints')!;

function kindOf(experiment: Experiment) {
  const primary = experiment.metrics.find(({ role }) => role === 'primary');
  return metrics.find(({ key }) => key === primary?.metric)?.kind;
}

function reread(experiment: Experiment): Experiment {
  const kind = kindOf(experiment);
  const { experiment: definition, faults } = definitionOf(draftOf(experiment, kind), {
    base: experiment,
    kind,
  });
  expect(faults).toEqual([]);
  return Experiment.parse(definition);
}

test.each(experiments.filter(({ key }) => key !== 'oral-tests').map((each) => [each.key, each]))(
  '%s: a draft that nobody touched is the experiment, stages apart',
  (_, experiment) => {
    expect(reread(experiment)).toEqual({ ...experiment, stages: [] });
  },
);

test('baselines, planned groups and the time to gather go through the form unharmed', () => {
  const uses = hints.metrics.map((use) => ({ ...use, baseline: { mean: 0.3, units: 250 } }));
  const users = Experiment.parse({ ...hints, metrics: uses });
  expect(reread(users)).toEqual({ ...users, stages: [] });
  expect(draftOf(users, 'binary').baseline).toEqual({ mean: '30', deviation: '', units: '250' });
  const classes = Experiment.parse({
    ...hints,
    ...{ unit: 'class', plannedClusters: 60, gatherDays: 3 },
  });
  expect(reread(classes)).toEqual({ ...classes, stages: [] });
});

test('a baseline is a number, and of the unit of the metric', () => {
  const draft = {
    ...draftOf(hints, 'binary'),
    baseline: { mean: '41,5', deviation: '', units: '' },
  };
  const { experiment, faults } = definitionOf(draft, { base: undefined, kind: 'binary' });
  expect(faults).toEqual([]);
  const [first] = Experiment.parse(experiment).metrics;
  expect(first!.baseline).toEqual({ mean: 0.415, units: 100 });
  const wrong = { ...draft, baseline: { ...draft.baseline, mean: 'half' } };
  expect(definitionOf(wrong, { base: undefined, kind: 'binary' }).faults).toEqual([
    { severity: 'problem', field: 'baseline', sentence: '“half” is no number.' },
  ]);
  // Where it would have no effect it is not sent.
  const ranked = definitionOf(draft, { base: undefined, kind: 'ratio' });
  expect(
    Experiment.parse({ ...ranked.experiment, minimumEffect: 1 }).metrics[0]!.baseline,
  ).toBeUndefined();
});

test('a plan hands over what the test should know', () => {
  const input = inputOf({ kind: 'continuous', mean: 61.23456, deviation: 17.98765 });
  expect(withPlan(blankDraft, input).baseline).toEqual({
    mean: '61.2',
    deviation: '18',
    units: '',
  });
  const groups = withPlan({ ...blankDraft, unit: 'class' }, input, 57);
  expect(groups.plannedClusters).toBe('57');
  expect(groups.baseline.mean).toBe('');
});

test('a plan begins with what is known of the metric', () => {
  const cluster = { clusters: 50, size: 22, sizeVariation: 0.31, correlation: 0.17342 };
  const known = {
    ...{ experiment: 'before', at: 0, unit: 'class', units: 25, mean: 0.41234, deviation: 0.492 },
    cluster,
  };
  const input = inputOf({ cluster: 20 }, known);
  expect(input).toMatchObject({ mean: 0.412, correlation: 0.173, sizeVariation: 0.31 });
  expect(PlanQuery.parse(queryOf(input)).cluster).toEqual({
    ...{ size: 20, correlation: 0.173, sizeVariation: 0.31 },
  });
  expect(inputOf({ mean: 0.2, correlation: 0.05 }, known)).toMatchObject({
    ...{ mean: 0.2, correlation: 0.05 },
  });
});

test('settings that the form has no field for go through it unharmed', () => {
  const experiment = Experiment.parse({
    ...hints,
    salt: 'old',
    hash: { family: 'posthog' },
    holdouts: [{ name: 'nobody', share: 0.05 }],
    layer: { name: 'maths', from: 123_456, to: 900_001 },
    targeting: { any: [{ field: 'grade', is: 7 }, { not: { field: 'trial', exists: true } }] },
    variants: hints.variants.map((variant, i) => ({ ...variant, weight: i === 0 ? 1 / 3 : 2 / 3 })),
  });
  expect(reread(experiment)).toEqual({ ...experiment, stages: [] });
});

test('covariates and priors go through the form, and what cannot be read of them is said', () => {
  const [first, ...others] = hints.metrics;
  const experiment = Experiment.parse({
    ...hints,
    metrics: [
      {
        ...first,
        covariates: [
          { of: 'past' },
          { of: 'exposure', field: 'context.segments.grade', cap: [1, 12.5] },
          { of: 'exposure', field: 'context.lead', cap: [-3, 0] },
          { of: 'past', metric: others[0]!.metric },
        ],
        prior: { baseline: { mean: 0.4, units: 200 }, effect: { mean: -0.01, deviation: 0.02 } },
      },
      { ...others[0]!, prior: { effect: { deviation: 3 } } },
    ],
  });
  expect(reread(experiment)).toEqual({ ...experiment, stages: [] });
  const draft = draftOf(experiment, 'binary');
  const [row] = draft.metrics;
  expect(row!.adjust!.numbers).toBe('context.segments.grade 1 to 12.5, context.lead -3 to 0');
  const adjust = { ...row!.adjust!, numbers: 'context.age', baselineUnits: 'many' };
  const { faults } = definitionOf(
    { ...draft, metrics: [{ ...row!, adjust }] },
    { base: undefined, kind: 'binary' },
  );
  expect(faults.map(({ field }) => field)).toEqual(['metrics', 'metrics']);
  expect(faults[0]!.sentence).toContain('context.age 5 to 20');
});

test('what cannot be read is said beside its field', () => {
  const draft = {
    ...draftOf(hints, 'binary'),
    traffic: 'all',
    minimumEffect: '',
    targetingAs: 'json' as const,
    targetingJson: '{ "field": "grade" }',
    variants: draftOf(hints, 'binary').variants.map((variant) => ({ ...variant, payload: '{' })),
  };
  const { faults } = definitionOf(draft, { base: undefined, kind: 'binary' });
  const fields = new Set(faults.map(({ field }) => field));
  expect(fields).toEqual(new Set(['traffic', 'minimumEffect', 'targeting', 'variants']));
  for (const { sentence } of faults) expect(sentence).toMatch(/\w/);
});

test('addresses of the dashboard are no keys', () => {
  const named = { ...blankDraft, name: 'Plan', key: 'plan' };
  const { faults } = definitionOf(named, { base: undefined, kind: 'binary' });
  expect(faults.map(({ field }) => field)).toContain('key');
  expect(keyFrom('Übung macht den Meister!')).toBe('ubung-macht-den-meister');
});

test('numbers are read with a point or a comma', () => {
  expect([numberOf('2.5'), numberOf(' 2,5 '), numberOf(''), numberOf('two')]).toEqual([
    2.5,
    2.5,
    undefined,
    undefined,
  ]);
});

test('equal shares add up to exactly 100, for any number of variants', () => {
  for (let count = 1; count <= 20; count += 1) {
    const variants = Array.from({ length: count }, (_, id) => ({
      id,
      key: `v${id}`,
      name: '',
      weight: '0',
      payload: '',
    }));
    const shares = withEqualShares(variants).map(({ weight }) => Number(weight));
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(1e-9);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThan(0.011);
  }
});

const scalars = fc.oneof(
  fc.string({ maxLength: 12 }).filter((text) => !text.includes(',') && text === text.trim()),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((value) => value || 0),
  fc.boolean(),
);

test('rows of conditions are read back as they were written', () => {
  fc.assert(
    fc.property(scalars, (value) => {
      expect(scalarOf(scalarText(value))).toEqual(value);
    }),
  );
  const row = fc.record({
    field: fc.constantFrom('grade', 'context.course', 'age'),
    operator: fc.constantFrom(...operators),
    value: fc.integer({ min: -99, max: 99 }).map(String),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), (rows: TargetingRow[]) => {
      const condition = conditionOf(rows);
      const again = rowsOf(condition);
      expect(again).toHaveLength(rows.length);
      expect(conditionOf(again ?? [])).toEqual(condition);
    }),
  );
  expect(rowsOf({ any: [] })).toBeUndefined();
  expect(() => conditionOf([{ field: 'age', operator: 'above', value: 'old' }])).toThrow(
    'a number',
  );
});

test('a change of a running experiment says what it will be', () => {
  const definition = definitionOf(draftOf(hints, 'binary'), { base: hints, kind: 'binary' });
  const outcome = (part: object) => outcomeOf({ ...definition.experiment, ...part }, hints, now);
  expect(outcome({ name: 'Another' })).toMatchObject({ tone: 'good', refused: false });
  expect(outcome({ traffic: 0.5 })).toMatchObject({ title: 'Begins stage 3', refused: false });
  expect(outcome({ alpha: 0.1 })).toMatchObject({ tone: 'bad', refused: true });
  expect(outcome({ alpha: 0.1 })?.sentences[0]).toContain('error level');
  expect(outcome({ alpha: 'high' })).toBeUndefined();
  expect(outcomeOf(definition.experiment, undefined, now)?.refused).toBe(false);
});

test('what was taken away can be taken back, the last first', () => {
  let state = { draft: draftOf(hints, 'binary'), past: [] } as DraftState<Draft>;
  const before = state.draft;
  state = advanceDraft(state, { kind: 'lost', part: { metrics: [] }, lost: 'The metrics.' });
  state = advanceDraft(state, { kind: 'lost', part: { variants: [] }, lost: 'The variants.' });
  expect(state.past.map(({ lost }) => lost)).toEqual(['The metrics.', 'The variants.']);
  state = advanceDraft(state, { kind: 'undone' });
  expect(state.draft.variants).toEqual(before.variants);
  expect(state.draft.metrics).toEqual([]);
  state = advanceDraft(advanceDraft(state, { kind: 'undone' }), { kind: 'undone' });
  expect(isSameDraft(state.draft, before)).toBe(true);
  expect(isSameDraft({ ...before, name: 'x' }, before)).toBe(false);
});

test('a copy has a key of its own', () => {
  expect(copyOf(draftOf(hints, 'binary'))).toMatchObject({
    key: 'hints-2',
    name: 'Hints before answers (copy)',
  });
});

test('each kind of metric can be made, and says what is missing', () => {
  const draft = { ...blankMetric, name: 'Right', key: 'right', type: 'answered', largest: '10' };
  for (const kind of ['binary', 'continuous', 'count', 'quantile'] as const) {
    expect(metricOf(withKind(draft, kind))).toHaveProperty('metric.kind', kind);
  }
  expect(metricOf(withKind(draft, 'ratio'))).toHaveProperty('faults');
  expect(metricOf({ ...withKind(draft, 'ratio'), dividedBy: 'answered' })).toHaveProperty('metric');
  expect(metricOf({ ...withKind(draft, 'count'), largest: '' })).toHaveProperty('faults');
  expect(metricOf({ ...draft, filter: '{' })).toHaveProperty('faults');
  expect(metricOf({ ...draft, type: '' })).toHaveProperty('faults');
});

test('the planner asks what the engine takes, and takes nothing that is out of range', () => {
  for (const search of [
    undefined,
    { kind: 'continuous' as const },
    { cluster: 25, correlation: 0.2 },
    { split: 0.1, units: 40, days: 365 },
  ]) {
    const query = queryOf(inputOf(search));
    expect(PlanQuery.safeParse(query).success).toBe(true);
    const { min, max, step } = effectRange(inputOf(search));
    expect(min).toBeLessThan(max);
    expect(step).toBeLessThanOrEqual(min);
  }
  expect(queryOf(inputOf({ mean: 0.99, effect: 0.02 }))).toBeUndefined();
  expect(queryOf(inputOf({ mean: 2 }))).toBeUndefined();
});

test('what was planned goes into the draft', () => {
  const planned = withPlan(blankDraft, inputOf({ effect: 0.015, alpha: 0.1, split: 0.2 }));
  expect(planned).toMatchObject({ minimumEffect: '1.5', alpha: '10' });
  expect(planned.variants.map(({ weight }) => weight)).toEqual(['80', '20']);
});
