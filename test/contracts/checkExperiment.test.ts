import { describe, expect, test } from 'vitest';
import { checkExperiment } from '../../contracts/checkExperiment.ts';
import { Experiment } from '../../contracts/experiment.ts';
import { makeExperiment, makeMetric, makeRunning, startAt } from '../support/experiments.ts';

const metrics = [
  makeMetric(),
  makeMetric({
    ...{ key: 'minutes', kind: 'continuous', cap: [0, 60] },
    measure: { of: 'value', field: 'value' },
  }),
  makeMetric({
    ...{ key: 'share', kind: 'ratio', cap: [0, 100], measure: { of: 'count' } },
    denominator: { filter: { field: 'type', is: 'answered' }, measure: { of: 'count' } },
  }),
];
const primary = { metric: 'solved', role: 'primary' } as const;
const minutes = { metric: 'minutes', role: 'secondary' } as const;
const share = { metric: 'share', role: 'secondary' } as const;

/** What is said of the candidate, as `severity field: sentence`. */
function said(candidate: Experiment, experiments: readonly Experiment[] = [], types?: string[]) {
  const eventTypes = types && new Set(types);
  return checkExperiment(candidate, {
    experiments,
    metrics,
    ...(eventTypes && { eventTypes }),
  }).map(({ severity, field, sentence }) => `${severity} ${field}: ${sentence}`);
}

const two = (a: number, b: number) =>
  makeExperiment().variants.map((variant, i) => ({ ...variant, weight: [a, b][i]! }));

describe('checkExperiment', () => {
  test('has nothing to say of a sound experiment, draft or running, alone or among others', () => {
    expect(said(makeExperiment())).toEqual([]);
    expect(said(makeRunning(), [], ['answered'])).toEqual([]);
    const slice = (from: number, to: number) => ({ layer: { name: 'tutor', from, to } });
    const neighbour = makeRunning({ key: 'left', ...slice(0, 500_000) });
    const stopped = makeExperiment({ key: 'over', state: 'stopped', salt: 'hints' });
    expect(said(makeExperiment(slice(500_000, 1_000_000)), [neighbour, stopped])).toEqual([]);
  });

  test('leaves out the candidate itself', () => {
    const layer = { name: 'tutor', from: 0, to: 10 };
    expect(said(makeRunning({ layer }), [makeRunning({ layer })])).toEqual([]);
  });

  test.each<[string, Experiment, Experiment[], string]>([
    [
      'no variant',
      makeExperiment({ variants: [] }),
      [],
      'problem variants: There is no variant: an experiment compares at least two. Add one, such as what users have today.',
    ],
    [
      'one variant',
      makeExperiment({ variants: [{ key: 'without', name: 'x', weight: 1 }] }),
      [],
      'problem variants: There is one variant: an experiment compares at least two. Add one, such as what users have today.',
    ],
    [
      'a key twice',
      makeExperiment({ variants: two(0.5, 0.5).map((each) => ({ ...each, key: 'without' })) }),
      [],
      'problem variants: Two variants have the key "without". Give each a key of its own.',
    ],
    [
      'weights below 1',
      makeExperiment({ variants: two(0.5, 0.4) }),
      [],
      'problem variants: The weights add up to 0.9, not to 1: they are the probabilities of the variants for a unit that enters. To let in only some of the units, set the traffic.',
    ],
    [
      'weights just beyond the tolerance',
      makeExperiment({ variants: two(0.5, 0.5 + 2e-9) }),
      [],
      'problem variants: The weights add up to 1.000000002, not to 1: they are the probabilities of the variants for a unit that enters. To let in only some of the units, set the traffic.',
    ],
    [
      'a weight below a bucket',
      makeExperiment({ variants: two(0.9995, 0.0005), hash: { family: 'statsig', ruleSalt: 'r' } }),
      [],
      'problem variants: The variant "with" has the weight 0.0005, less than one of the 1000 buckets of statsig: no unit would get it. Give it at least 0.001.',
    ],
    [
      'a small weight',
      makeExperiment({ variants: two(0.99, 0.01) }),
      [],
      'remark variants: The variant "with" has the weight 0.01: below 0.05 evidence gathers slowly.',
    ],
    [
      'an unknown control',
      makeExperiment({ control: 'today' }),
      [],
      'problem control: The control "today" is not among the variants. Choose one of "without", "with".',
    ],
    [
      'a control without weight',
      makeExperiment({ variants: two(0, 1) }),
      [],
      'problem control: The control "without" has the weight 0: there would be nothing to compare with. Give it a weight.',
    ],
    [
      'clusters of an unknown number',
      makeExperiment({ unit: 'class' }),
      [],
      'remark plannedClusters: It is not said how many clusters (class) are expected in all: the test is made for 40. Say it, if it will be fewer than 20 or more than 80; it cannot be changed after the start.',
    ],
    [
      'planned clusters of users',
      makeExperiment({ plannedClusters: 60 }),
      [],
      'remark plannedClusters: Users are assigned one by one: this counts only where clusters are assigned. Leave it out.',
    ],
    [
      'time to gather users',
      makeExperiment({ gatherDays: 3 }),
      [],
      'remark gatherDays: Users are assigned one by one: this counts only where clusters are assigned. Leave it out.',
    ],
    [
      'a baseline that nobody can have',
      makeExperiment({ metrics: [{ ...primary, baseline: { mean: 40 } }] }),
      [],
      'problem metrics: The baseline of the metric "solved" is a mean of 40, which units between 0 and 1 do not have. Correct it, or leave it out.',
    ],
    [
      'a baseline too wide for its bounds',
      makeExperiment({
        metrics: [primary, { ...minutes, baseline: { mean: 10, deviation: 30 } }],
      }),
      [],
      'problem metrics: The baseline of the metric "minutes" has the deviation 30; with the mean 10, units between 0 and 60 have at most 22.36. Correct it, or leave it out.',
    ],
    [
      'a baseline of clusters',
      makeExperiment({
        ...{ unit: 'class', plannedClusters: 60 },
        metrics: [{ ...primary, baseline: { mean: 0.4 } }],
      }),
      [],
      'remark metrics: The metric "solved" is compared by whole clusters: its baseline has no effect on the test. It can be left out.',
    ],
    [
      'a baseline of a ratio',
      makeExperiment({ metrics: [primary, { ...share, baseline: { mean: 0.4 } }] }),
      [],
      'remark metrics: The metric "share" is compared by rank: its baseline has no effect on the test. It can be left out.',
    ],
    [
      'no traffic',
      makeExperiment({ traffic: 0 }),
      [],
      'remark traffic: The traffic is 0: nobody enters until it is raised.',
    ],
    [
      'one draw for entry and variant',
      makeExperiment({ traffic: 0.5, hash: { family: 'unleash', variantSeed: 0 } }),
      [],
      'remark traffic: Unleash before version 5 draws who enters and what they get from one number: below a traffic of 1 the shares of the variants differ from the weights, and one may be 0. Exposures log the true ones; with the traffic 1 they are the weights.',
    ],
    [
      'the salt of another',
      makeExperiment({ salt: 'old' }),
      [makeRunning({ key: 'old' })],
      'problem salt: The experiment "old" has the salt "old" as well: the same units would be together in both, and neither effect could be told from the other. Give this one a salt of its own.',
    ],
    [
      'a slice that overlaps',
      makeExperiment({ layer: { name: 'tutor', from: 100, to: 300 } }),
      [
        makeRunning({ key: 'left', layer: { name: 'tutor', from: 0, to: 101 } }),
        makeRunning({ key: 'elsewhere', layer: { name: 'other', from: 0, to: 1_000_000 } }),
      ],
      'problem layer: The slice 100–300 of the layer "tutor" overlaps 0–101 of the experiment "left": some units would be in both. Free is 101–1000000.',
    ],
    [
      'a slice of a layer that is full',
      makeExperiment({ layer: { name: 'tutor', from: 100, to: 300 } }),
      [makeRunning({ key: 'all', layer: { name: 'tutor', from: 0, to: 1_000_000 } })],
      'problem layer: The slice 100–300 of the layer "tutor" overlaps 0–1000000 of the experiment "all": some units would be in both. The layer is full: take another, or wait until an experiment of it has stopped.',
    ],
    [
      'another unit in the same layer',
      makeExperiment({
        ...{ unit: 'class', plannedClusters: 60 },
        layer: { name: 'tutor', from: 500, to: 600 },
      }),
      [makeRunning({ key: 'left', layer: { name: 'tutor', from: 0, to: 500 } })],
      'problem layer: In the layer "tutor" the experiment "left" assigns by user, this one by class: the same person could be in both. Take another layer, or the same unit.',
    ],
    [
      'an overlapping namespace',
      makeExperiment({
        hash: { family: 'growthbook', version: 1, namespace: { name: 'n', from: 0.4, to: 1 } },
      }),
      [
        makeRunning({
          key: 'left',
          hash: { family: 'growthbook', version: 2, namespace: { name: 'n', from: 0, to: 0.5 } },
        }),
      ],
      'problem hash: The share 0.4–1 of the namespace "n" overlaps 0–0.5 of the experiment "left": some units would be in both. Take a share that is free.',
    ],
    [
      'an empty namespace',
      makeExperiment({
        hash: { family: 'growthbook', version: 1, namespace: { name: 'n', from: 0.4, to: 0.4 } },
      }),
      [],
      'problem hash: The share 0.4–0.4 of the namespace "n" is empty. Make its end larger than its start.',
    ],
    [
      'a holdout of another size',
      makeExperiment({ holdouts: [{ name: 'global', share: 0.1 }] }),
      [makeRunning({ key: 'left', holdouts: [{ name: 'global', share: 0.05 }] })],
      'problem holdouts: The holdout "global" keeps out 0.1 of the units here, 0.05 in the experiment "left": the units held out must be the same in all. Write 0.05.',
    ],
    [
      'a holdout of another unit',
      makeExperiment({
        ...{ unit: 'class', plannedClusters: 60 },
        holdouts: [{ name: 'global', share: 0.1 }],
      }),
      [makeRunning({ key: 'left', holdouts: [{ name: 'global', share: 0.1 }] })],
      'problem holdouts: The holdout "global" is drawn by user in the experiment "left", here by class: a person held out of one would be in the other. Take another holdout, or the same unit.',
    ],
    [
      'a holdout twice',
      makeExperiment({
        holdouts: [
          { name: 'global', share: 0.1 },
          { name: 'global', share: 0.1 },
        ],
      }),
      [],
      'problem holdouts: The holdout "global" is named twice. Remove one.',
    ],
    [
      'a metric twice',
      makeExperiment({
        metrics: [
          { metric: 'solved', role: 'primary' },
          { metric: 'solved', role: 'guardrail' },
        ],
      }),
      [],
      'problem metrics: The metric "solved" is named twice. Give it one role.',
    ],
    [
      'no primary metric',
      makeExperiment({ metrics: [{ metric: 'solved', role: 'secondary' }] }),
      [],
      'problem metrics: No metric is primary: the verdict is about one that was chosen before the start. Give one the role primary.',
    ],
    [
      'an unknown metric',
      makeExperiment({ metrics: [{ metric: 'joy', role: 'primary' }] }),
      [],
      'problem metrics: There is no metric "joy". Create it first, or correct the key.',
    ],
  ])('says of %s what is wrong and what to do', (_, candidate, others, sentence) => {
    expect(said(candidate, others)).toContain(sentence);
  });

  test('a metric must be confined to types of events, and these must have come', () => {
    const open = makeMetric({ filter: { field: 'value', above: 0 } });
    const candidate = makeExperiment();
    const sentences = (metric: typeof open, types?: string[]) =>
      checkExperiment(candidate, {
        experiments: [],
        metrics: [metric],
        ...(types && { eventTypes: new Set(types) }),
      }).map(({ sentence }) => sentence);
    expect(sentences(open)).toEqual([
      'The metric "solved" has no filter on the type of events: it would count whatever happens, exposures too. Add a condition such as { "field": "type", "is": "answered" }.',
    ]);
    const ratio = makeMetric({
      kind: 'ratio',
      cap: [0, 5],
      denominator: { filter: { all: [] }, measure: { of: 'count' } },
    });
    expect(sentences(ratio)).toEqual(sentences(open));
    expect(sentences(makeMetric(), ['viewed', 'rated'])).toEqual([
      'No event feeds the metric "solved": none of the type "answered" has come. Correct the filter, or send such an event first.',
    ]);
    expect(sentences(makeMetric(), ['answered'])).toEqual([]);
  });

  test('stages must be the record of a ramp, and end in what is in force', () => {
    const stage = { number: 1, startAt, traffic: 1, weights: [0.5, 0.5] };
    const about = (stages: Experiment['stages'], change = {}) =>
      said({ ...makeRunning(), stages, ...change }).map((sentence) => sentence.slice(0, 70));
    const order = 'problem stages: The stage at place 2 has the number ';
    expect(about([stage, { ...stage, number: 2 }])[0]).toContain(order);
    expect(about([stage, { ...stage, number: 3, startAt: startAt + 1 }])[0]).toContain(order);
    expect(about([{ ...stage, weights: [0.5, 0.4] }])[0]).toContain('The weights of stage 1');
    expect(about([{ ...stage, weights: [0.5, 0.3, 0.2] }])[0]).toContain('The weights of stage 1');
    const other = 'problem stages: The last stage does not have the weights and the traff';
    expect(about([])).toEqual([other]);
    expect(about([stage], { traffic: 0.5 })).toEqual([other]);
    expect(about([{ ...stage, weights: [0.4, 0.6] }])).toEqual([other]);
    expect(about([], { state: 'draft' })).toEqual([]);
  });

  test('covariates and priors fit their metric', () => {
    const past = { of: 'past' } as const;
    const use = { metric: 'solved', role: 'primary' } as const;
    const about = (part: object, change: Partial<Experiment> = {}, kind = {}) =>
      checkExperiment(
        { ...makeExperiment({ metrics: [{ ...use, ...part }] }), ...change },
        { experiments: [], metrics: [makeMetric(kind)] },
      ).map(({ field, sentence }) => `${field}: ${sentence}`);
    const grade = { of: 'exposure', field: 'context.segments.grade', cap: [1, 12] };
    const prior = { baseline: { mean: 0.4, units: 10 }, effect: { deviation: 0.1 } };
    expect(about({ covariates: [past, grade], prior })).toEqual([]);
    expect(about({ covariates: [past] }, { unit: 'class' })[0]).toContain('assigns by class');
    expect(about({ prior }, { unit: 'class', plannedClusters: 40 })).toHaveLength(1);
    const quantile = { kind: 'quantile', level: 0.5, measure: { of: 'value' } };
    expect(about({ covariates: [grade] }, {}, quantile)[0]).toContain('is a quantile');
    const elsewhere = { of: 'past', metric: 'rated' };
    expect(about({ covariates: [elsewhere] })[0]).toContain('the past of "rated", which the exp');
    expect(about({ covariates: [grade, past, past] })[0]).toContain('names a covariate twice');
    const sure = { baseline: { mean: 1.4, units: 10 } };
    expect(about({ prior: sure })[0]).toContain(
      'a mean of 1.4, and its values lie between 0 and 1',
    );
    const refused = (part: object) =>
      Experiment.safeParse({ ...makeExperiment(), metrics: [{ ...use, ...part }] }).success;
    expect(refused({ covariates: [] })).toBe(false);
    expect(refused({ covariates: Array(6).fill(grade) })).toBe(false);
    for (const field of ['context.variant', 'context.probability', 'context.stage', 'user']) {
      expect([field, refused({ covariates: [{ ...grade, field }] })]).toEqual([field, false]);
    }
    expect(refused({ covariates: [{ ...grade, cap: [2, 2] }] })).toBe(false);
    expect(refused({ prior: { effect: { mean: 0 } } })).toBe(false);
    expect(refused({ prior: { baseline: { mean: 1, units: 0 } } })).toBe(false);
  });

  test('the schema refuses what is not an experiment at all', () => {
    const refused = (change: object) =>
      Experiment.safeParse({ ...makeExperiment(), ...change }).error?.issues[0]?.path.join('.');
    expect(refused({})).toBeUndefined();
    expect(refused({ alpha: 0 })).toBe('alpha');
    expect(refused({ alpha: 0.6 })).toBe('alpha');
    expect(refused({ minimumEffect: 0 })).toBe('minimumEffect');
    expect(refused({ traffic: 1.1 })).toBe('traffic');
    expect(refused({ layer: { name: 'a', from: 5, to: 5 } })).toBe('layer');
    expect(refused({ layer: { name: 'a', from: 0, to: 1_000_001 } })).toBe('layer.to');
    expect(refused({ holdouts: [{ name: 'a', share: 1 }] })).toBe('holdouts.0.share');
    expect(refused({ hash: { family: 'md5' } })).toBe('hash.family');
    expect(refused({ hash: { family: 'eppo', trafficSalt: 'a', splitSalt: 'a' } })).toBe('hash');
    expect(refused({ state: 'over' })).toBe('state');
    expect(refused({ salt: '' })).toBe('salt');
    expect(refused({ anything: 1 })).toBe('');
    expect(refused({ variants: [{ key: 'a', name: 'a', weight: NaN }] })).toBe('variants.0.weight');
  });
});
