/** The planted experiments as an administrator would have defined them: so that a new engine has something to show. */
import { Experiment } from '../../contracts/experiment.ts';
import { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type { Campus } from './campus.ts';
import type { PlannedExperiment } from './plan.ts';

export interface CampusExperiments {
  readonly metrics: readonly ExperimentMetric[];
  /** Running, with the stages of the plan; some may begin later. */
  readonly experiments: readonly Experiment[];
}

interface Words {
  readonly name: string;
  readonly hypothesis: string;
  readonly variants: readonly [string, string];
  readonly outcome: string;
}

/** Outcomes come within an hour and a bit; a unit is scored when none of it can be missing. */
const windowMs = 2 * 3_600_000;
/** Of the share of good outcomes. */
const minimumEffect = 0.05;

const words: Readonly<Record<string, Words>> = {
  'worked-hints': {
    name: 'Worked hints',
    hypothesis:
      'A hint that shows a worked step helps more students to solve the next exercise alone.',
    variants: ['Plain hints', 'Worked hints'],
    outcome: 'Solved the next exercise alone',
  },
  'streak-badges': {
    name: 'Badges for streaks',
    hypothesis: 'A badge for a week of daily practice brings students back the next day.',
    variants: ['No badges', 'Badges'],
    outcome: 'Came back',
  },
  'focus-mode': {
    name: 'A page without distractions',
    hypothesis: 'On a page without menus students finish the unit that they have begun.',
    variants: ['Usual page', 'Focus page'],
    outcome: 'Finished the unit',
  },
};

const rightAnswers = ExperimentMetric.parse({
  key: 'right-answers',
  name: 'Share of right answers',
  description: 'Right answers by all answers within two hours.',
  kind: 'ratio',
  filter: {
    all: [
      { field: 'type', is: 'answered' },
      { field: 'value', is: 1 },
    ],
  },
  measure: { of: 'count' },
  denominator: { filter: { field: 'type', is: 'answered' }, measure: { of: 'count' } },
  cap: [0, 200],
  windowMs,
});

const answersGiven = ExperimentMetric.parse({
  key: 'answers-given',
  name: 'Answers given',
  description: 'Answers within two hours: practice must not become less.',
  kind: 'count',
  filter: { field: 'type', is: 'answered' },
  measure: { of: 'count' },
  cap: [0, 60],
  windowMs,
});

export function campusExperiments({ start, truth }: Campus): CampusExperiments {
  const planned = truth.plan.experiments;
  return {
    metrics: [...planned.map(outcomeOf), rightAnswers, answersGiven],
    experiments: planned.map((each) => experimentOf(each, start)),
  };
}

/** Without the edition that is part of a name. */
function wordsOf({ name, variants }: PlannedExperiment): Words {
  const known = words[name.replace(/-\d+$/, '')];
  return known ?? { name, hypothesis: '', variants, outcome: `Outcome of ${name}` };
}

function outcomeKey({ name }: PlannedExperiment): string {
  return `${name}-outcome`;
}

function outcomeOf(planned: PlannedExperiment): ExperimentMetric {
  return ExperimentMetric.parse({
    key: outcomeKey(planned),
    name: wordsOf(planned).outcome,
    description: 'The first outcome after the exposure.',
    kind: 'binary',
    filter: {
      all: [
        { field: 'type', is: 'outcome' },
        { field: 'context.experiment', is: planned.name },
      ],
    },
    measure: { of: 'value', combine: 'first' },
    windowMs,
  });
}

function experimentOf(planned: PlannedExperiment, start: number): Experiment {
  const { name, stages, variants } = planned;
  const { probability } = stages.at(-1)!;
  const texts = wordsOf(planned);
  return Experiment.parse({
    key: name,
    name: texts.name,
    hypothesis: texts.hypothesis,
    variants: variants.map((key, i) => ({
      key,
      name: texts.variants[i],
      weight: i === 1 ? probability : 1 - probability,
    })),
    control: variants[0],
    segments: ['device'],
    metrics: [
      { metric: outcomeKey(planned), role: 'primary' },
      { metric: rightAnswers.key, role: 'secondary', covariates: [{ of: 'past' }] },
      { metric: answersGiven.key, role: 'guardrail', covariates: [{ of: 'past' }] },
    ],
    minimumEffect,
    state: 'running',
    stages: stages.map((stage, i) => ({
      number: i + 1,
      startAt: start + stage.fromMs,
      traffic: 1,
      weights: [1 - stage.probability, stage.probability],
    })),
  });
}
