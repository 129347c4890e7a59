import { describe, expect, test } from 'vitest';
import { checkChange } from '../../contracts/checkChange.ts';
import { checkExperiment } from '../../contracts/checkExperiment.ts';
import { checkMetricChange } from '../../contracts/checkMetricChange.ts';
import { type Experiment, type ExperimentInput, stageAt } from '../../contracts/experiment.ts';
import { dayMs, makeExperiment, makeMetric, makeRunning, startAt } from '../support/experiments.ts';

const now = startAt + 10 * dayMs;
const ramp = makeRunning({}, [{ traffic: 0.1, weights: [0.5, 0.5] }]);

function sentences(before: Experiment, change: Partial<Experiment>): readonly string[] {
  const result = checkChange(before, { ...before, ...change }, now);
  return result.outcome === 'refused' ? result.sentences : [result.outcome];
}

const weighing = ({ variants }: Experiment, ...weights: number[]) => ({
  variants: variants.map((variant, i) => ({ ...variant, weight: weights[i]! })),
});

describe('checkChange', () => {
  test('a draft may change in all but its key', () => {
    const draft = makeExperiment();
    const change: Partial<ExperimentInput> = { salt: 'x', unit: 'class', alpha: 0.01, metrics: [] };
    expect(sentences(draft, makeExperiment(change))).toEqual(['in place']);
    expect(sentences(draft, { key: 'tips' })).toEqual([
      'The key "hints" names the experiment in its exposures and cannot change. Make a copy with the key "tips".',
    ]);
  });

  test('starting begins stage 1, with the weights and the traffic of that moment', () => {
    const draft = makeExperiment({ traffic: 0.2 });
    const change = checkChange(draft, { ...draft, state: 'running' }, now);
    expect(change).toMatchObject({
      outcome: 'new stage',
      experiment: {
        state: 'running',
        stages: [{ number: 1, startAt: now, traffic: 0.2, weights: [0.5, 0.5] }],
      },
    });
  });

  test('more traffic, other weights, a wider slice and other targeting begin a new stage', () => {
    const loose = makeRunning({ sticky: false, layer: { name: 'tutor', from: 10, to: 20 } });
    const changes: Partial<Experiment>[] = [
      { traffic: 0.5 },
      { traffic: 0.05 },
      weighing(loose, 0.2, 0.8),
      { layer: { name: 'tutor', from: 5, to: 20 } },
      { targeting: { field: 'country', is: 'DE' } },
      { variants: [...loose.variants, { key: 'more', name: 'More', weight: 0 }] },
    ];
    for (const change of changes) {
      expect([change, sentences(loose, change)]).toEqual([change, ['new stage']]);
    }
    const result = checkChange(ramp, { ...ramp, traffic: 0.5, ...weighing(ramp, 0.3, 0.7) }, now);
    if (result.outcome === 'refused') throw new Error(result.sentences.join());
    const { experiment } = result;
    expect(experiment.stages).toEqual([
      ...ramp.stages,
      { number: 2, startAt: now, traffic: 0.5, weights: [0.3, 0.7] },
    ]);
    expect(checkExperiment(experiment, { experiments: [], metrics: [makeMetric()] })).toEqual([]);
    expect(stageAt(experiment, now - 1)?.number).toBe(1);
    expect(stageAt(experiment, now)?.number).toBe(2);
    expect(stageAt(experiment, startAt - 1)).toBeUndefined();
  });

  test('stages stay in order when a clock goes backwards', () => {
    const result = checkChange(ramp, { ...ramp, traffic: 0.5 }, startAt - 5_000);
    expect(result).toMatchObject({ experiment: { stages: [{}, { startAt: startAt + 1 }] } });
  });

  test('words, pause, resumption, stop and decision are in place', () => {
    expect(sentences(ramp, { name: 'Tips', hypothesis: 'More are solved.' })).toEqual(['in place']);
    expect(sentences(ramp, { annotations: [{ at: now, text: 'Holiday' }] })).toEqual(['in place']);
    expect(sentences(ramp, { minimumEffect: 0.05 })).toEqual(['in place']);
    expect(sentences(ramp, { state: 'paused' })).toEqual(['in place']);
    expect(sentences({ ...ramp, state: 'paused' }, { state: 'running' })).toEqual(['in place']);
    const decision = { verdict: 'ship', variant: 'with', reason: 'Better', at: now } as const;
    expect(sentences(ramp, { state: 'stopped', decision })).toEqual(['in place']);
    const variants = ramp.variants.map((variant) => ({ ...variant, name: 'Renamed' }));
    expect(sentences(ramp, { variants })).toEqual(['in place']);
  });

  test('stages that are left out are kept', () => {
    const result = checkChange(ramp, { ...ramp, name: 'Tips', stages: [] }, now);
    expect(result).toMatchObject({ outcome: 'in place', experiment: { stages: ramp.stages } });
  });

  const stopCopy = 'Stop the experiment and make a copy with the change.';
  const layered = makeRunning({ layer: { name: 'tutor', from: 10, to: 20 } });
  const three = makeRunning({}, [{ traffic: 0.5, weights: [0.4, 0.3, 0.3] }]);
  test.each<[string, Experiment, Partial<Experiment>, string]>([
    [
      'salt',
      ramp,
      { salt: 'x' },
      `Another salt would draw all variants anew: units would change theirs in the middle. ${stopCopy}`,
    ],
    [
      'unit',
      ramp,
      { unit: 'class' },
      `Assigning by class instead of user would draw all variants anew, and the units counted so far would no longer be the units. ${stopCopy}`,
    ],
    [
      'hash',
      ramp,
      { hash: { family: 'posthog' } },
      `Another hash would draw all variants anew: units would change theirs in the middle. ${stopCopy}`,
    ],
    [
      'a removed variant',
      three,
      { variants: weighing(three, 0.5, 0.5).variants.slice(0, 2) },
      'The variant "v2" has units; without it their outcomes would be lost. Give it the weight 0 instead, so that nobody new gets it.',
    ],
    [
      'the order of variants',
      three,
      { variants: [...three.variants].reverse() },
      'The order of the variants decides who gets which: another order would move units. Leave it; put new variants last.',
    ],
    [
      'a payload',
      ramp,
      { variants: ramp.variants.map((variant) => ({ ...variant, payload: { hints: 3 } })) },
      `The payload of the variant "without" is what its units get: with another, the outcomes so far would be of another treatment. ${stopCopy}`,
    ],
    [
      'the control',
      ramp,
      { control: 'with' },
      `The control is what everything so far was compared with; another would be chosen with the data in view. ${stopCopy}`,
    ],
    [
      'another layer',
      layered,
      { layer: { name: 'home', from: 10, to: 20 } },
      'Another layer admits other units and sends away those that are in. Stop the experiment and make a copy in the other layer.',
    ],
    [
      'a layer where there was none',
      ramp,
      { layer: { name: 'home', from: 10, to: 20 } },
      'Another layer admits other units and sends away those that are in. Stop the experiment and make a copy in the other layer.',
    ],
    [
      'a smaller slice',
      layered,
      { layer: { name: 'tutor', from: 11, to: 30 } },
      'The slice 10–20 of the layer "tutor" has units in all its parts: a smaller one would send some away. Lower the traffic instead; the slice may only grow.',
    ],
    [
      'holdouts',
      ramp,
      { holdouts: [{ name: 'global', share: 0.1 }] },
      `Another holdout would take in units that were kept out, or send away units that are in. ${stopCopy}`,
    ],
    [
      'stickiness',
      ramp,
      { sticky: false },
      `Units keep their first variant, or do not, from the start: a change would move some that have been exposed. ${stopCopy}`,
    ],
    [
      'metrics',
      ramp,
      { metrics: [...ramp.metrics, { metric: 'rated', role: 'secondary' }] },
      `The metrics and their roles were chosen before the data; a choice with the data in view would not keep the error level. ${stopCopy}`,
    ],
    [
      'the planned clusters',
      ramp,
      { plannedClusters: 60 },
      `The planned number of clusters fixes the test before the data; another with the data in view would not keep the error level. ${stopCopy}`,
    ],
    [
      'the days to gather',
      ramp,
      { gatherDays: 3 },
      `Another time to gather would change the clusters that have been compared. ${stopCopy}`,
    ],
    [
      'a baseline',
      ramp,
      { metrics: ramp.metrics.map((use) => ({ ...use, baseline: { mean: 0.4, units: 100 } })) },
      `The metrics and their roles were chosen before the data; a choice with the data in view would not keep the error level. ${stopCopy}`,
    ],
    [
      'alpha',
      ramp,
      { alpha: 0.1 },
      `The error level was promised before the data; a choice with the data in view would not keep it. ${stopCopy}`,
    ],
    [
      'weights that would reach nobody',
      ramp,
      weighing(ramp, 0.1, 0.9),
      'The experiment is sticky and has admitted 10 % of its units, each with the weights of that time: new weights would reach nobody. Raise the traffic above 10 % in the same change, which gives them to those who enter newly; or stop and make a copy.',
    ],
    [
      'stages',
      ramp,
      { stages: [{ ...ramp.stages[0]!, traffic: 0.2 }] },
      'Stages are the record of what was in force and cannot be written. Leave them out; change the weights or the traffic.',
    ],
    [
      'a running one back to a draft',
      ramp,
      { state: 'draft' },
      'An experiment that is running cannot become draft. It can become paused or stopped; to run it again, make a copy.',
    ],
    [
      'a stopped one that would run again',
      makeExperiment({ state: 'stopped' }),
      { state: 'running' },
      'An experiment that is stopped cannot become running. It can become archived; to run it again, make a copy.',
    ],
    [
      'an archived one',
      makeExperiment({ state: 'archived' }),
      { state: 'running' },
      'An experiment that is archived cannot become running. Make a copy.',
    ],
    [
      'the record of a stopped one',
      makeExperiment({ state: 'stopped' }),
      { alpha: 0.1 },
      'An experiment that is stopped is a record of what was done: only its name, hypothesis, annotations can change. Make a copy.',
    ],
    [
      'a decision in the middle',
      ramp,
      { decision: { verdict: 'ship', variant: 'with', reason: '', at: now } },
      'A decision ends an experiment. Set the state to stopped in the same change.',
    ],
    [
      'a decision for nothing',
      ramp,
      { state: 'stopped', decision: { verdict: 'ship', variant: 'x', reason: '', at: now } },
      'The decision names the variant "x", which there is not. Name one of the variants.',
    ],
    [
      'another decision',
      makeExperiment({
        state: 'stopped',
        decision: { verdict: 'stop', variant: null, reason: '', at: now },
      }),
      { decision: { verdict: 'ship', variant: 'with', reason: '', at: now } },
      'The decision has been taken and recorded. Add an annotation, or make a copy of the experiment.',
    ],
  ])('refuses a change of %s with its reason', (_, before, change, sentence) => {
    expect(sentences(before, change)).toContain(sentence);
  });

  test('a paused experiment is as fixed as a running one', () => {
    const paused: Experiment = { ...ramp, state: 'paused' };
    for (const change of [{ salt: 'x' }, { alpha: 0.1 }, { control: 'with' }, { metrics: [] }]) {
      expect(sentences(paused, change)).toEqual(sentences(ramp, change));
      expect(sentences(paused, change)[0]).toContain(stopCopy);
    }
  });

  test('says everything that is wrong at once', () => {
    expect(sentences(ramp, { salt: 'x', alpha: 0.1, control: 'with' })).toHaveLength(3);
  });

  test('with all admitted, a sticky experiment can only be copied', () => {
    const full = makeRunning();
    expect(sentences(full, weighing(full, 0.1, 0.9))).toEqual([
      `The experiment is sticky and has admitted 100 % of its units, each with the weights of that time: new weights would reach nobody. ${stopCopy}`,
    ]);
  });

  test('who draws entry and variant from one number keeps the weights of a ramp', () => {
    const one = [
      { family: 'growthbook', version: 2 },
      { family: 'unleash', variantSeed: 0 },
    ] as const;
    for (const hash of one) {
      for (const sticky of [true, false]) {
        const partial = makeRunning({ hash, sticky }, [{ traffic: 0.5, weights: [0.5, 0.5] }]);
        const change = { traffic: 1, ...weighing(partial, 0.2, 0.8) };
        expect(sentences(partial, change)).toEqual([
          `${hash.family} draws who enters and what they get from one number: whom a larger traffic newly takes in would not get the variants with the new weights. Keep the weights while the traffic grows; or stop and make a copy.`,
        ]);
        expect(sentences(partial, { traffic: 1 })).toEqual(['new stage']);
      }
      const full = makeRunning({ hash, sticky: false });
      expect(sentences(full, weighing(full, 0.2, 0.8))).toEqual(['new stage']);
    }
    const hash = { family: 'unleash' } as const;
    const two = makeRunning({ hash }, [{ traffic: 0.5, weights: [0.5, 0.5] }]);
    expect(sentences(two, { traffic: 1, ...weighing(two, 0.2, 0.8) })).toEqual(['new stage']);
  });
});

describe('checkMetricChange', () => {
  test('a metric in use keeps its definition, not its words', () => {
    const before = makeMetric();
    const live = [ramp, makeExperiment({ key: 'draft' })];
    expect(
      checkMetricChange(before, makeMetric({ name: 'Right', description: 'x' }), live),
    ).toEqual([]);
    const longer = makeMetric({ windowMs: 2 * dayMs });
    expect(checkMetricChange(before, longer, [])).toEqual([]);
    expect(checkMetricChange(before, longer, live)).toEqual([
      'The experiment "hints" is live with the metric "solved": another definition, chosen with the data in view, would not keep its error level. Make a new metric for the next experiment.',
    ]);
    expect(checkMetricChange(before, makeMetric({ key: 'x' }), [])[0]).toMatch(/Make a copy/);
  });
});
