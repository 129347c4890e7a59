/**
 * Problems that are planted, each in a campus of its own that is well run apart from it: which card must be at the top of the inbox, and
 * how long after its beginning, by event time. Both follow from the rule's window and stand here before anything is run.
 */
import type { Experiment } from '../../contracts/experiment.ts';
import type { CampusPlan, PlannedExperiment } from '../../sources/campus/plan.ts';
import { suggestionRewards } from '../../sources/campus/response.ts';
import type { PlayedInsights, PlayedSetup } from './playInsights.ts';
import { dayMs, healthy, steady, wellRunCampus } from './wellRun.ts';

const hourMs = 3_600_000;

export interface PlantedProblem {
  readonly name: string;
  /** What the card at the top must say, and of what. */
  readonly kinds: readonly string[];
  readonly subject: string;
  /** When it begins, ms after the campus does. */
  readonly fromMs: number;
  /** Until then it is the well-run campus itself, whose past several problems share. */
  readonly isQuietBefore: boolean;
  /** Within which it must be at the top, ms of event time. */
  readonly withinMs: number;
  /** Why so long. */
  readonly because: string;
  /** Between two looks from then on. */
  readonly stepMs: number;
  setUp(size: { readonly seed: number; readonly students: number }): PlayedSetup;
  /** What somebody does, or what breaks, when it begins. */
  begin?(played: PlayedInsights): Promise<void>;
  /** Instead of playing on. */
  step?(played: PlayedInsights, to: number): ReturnType<PlayedInsights['playTo']>;
}

type Given = Omit<PlantedProblem, 'setUp' | 'stepMs' | 'isQuietBefore'> & {
  readonly stepMs?: number;
  readonly isQuietBefore?: boolean;
  readonly plan?: Partial<CampusPlan>;
  readonly hasRoute?: boolean;
  readonly experiments?: (planned: readonly Experiment[]) => readonly Experiment[];
};

function planted(given: Given): PlantedProblem {
  const { plan = {}, hasRoute = true, experiments = healthy, ...rest } = given;
  return {
    ...{ stepMs: dayMs, isQuietBefore: false },
    ...rest,
    setUp: ({ seed, students }) => ({
      campus: wellRunCampus({ seed, students, plan }),
      ...{ hasRoute, experiments },
    }),
  };
}

function experiment(changed: Partial<PlannedExperiment>): readonly PlannedExperiment[] {
  return [{ ...steady, joinWithinMs: 4 * dayMs, effect: 0, ...changed }];
}

/** With another smallest effect that matters. */
const mattersFrom = (minimumEffect: number) => (all: readonly Experiment[]) =>
  all.map((each) => ({ ...each, minimumEffect }));

/** The outcome must not fall; what should rise is the share of right answers. */
const outcomeAsGuardrail = (all: readonly Experiment[]) =>
  all.map((each) => ({
    ...each,
    minimumEffect: 0.1,
    metrics: [
      { ...each.metrics[1]!, role: 'primary' as const },
      { ...each.metrics[0]!, role: 'guardrail' as const },
    ],
  }));

const [days, weeks] = [dayMs, 7 * dayMs];
const untilForever = 3_650 * dayMs;

export const plantedProblems: readonly PlantedProblem[] = [
  planted({
    name: 'grading',
    kinds: ['slice-regression', 'performance-drop'],
    subject: 'model:answer',
    ...{ fromMs: 2 * weeks, isQuietBefore: true },
    withinMs: 6 * days,
    because: 'the longer window is five whole days, told an hour into the next',
    plan: {
      gradings: [0, 4].map((skill) => ({ atMs: 2 * weeks, skill, guess: 0.15, slip: 0.35 })),
    },
  }),
  planted({
    name: 'revision',
    kinds: ['slice-regression', 'performance-drop', 'calibration-slipped'],
    subject: 'model:answer',
    ...{ fromMs: 2 * weeks, isQuietBefore: true },
    withinMs: 6 * days,
    because: 'the longer window is five whole days, told an hour into the next',
    plan: { revisions: [{ atMs: 2 * weeks, skill: 7, difficultyShift: 1.5 }] },
  }),
  planted({
    name: 'missing',
    kinds: ['values-missing'],
    subject: 'column:context_skill',
    ...{ fromMs: 10 * days, isQuietBefore: true },
    withinMs: 4 * days,
    because: 'the longer window is three whole days',
    plan: { gaps: [{ atMs: 10 * days, field: 'skill', share: 0.25 }] },
  }),
  planted({
    name: 'malformed',
    // Which of the two leads goes by how much of the budget is gone.
    kinds: ['dead-letters-rising', 'budget-burn'],
    subject: 'pipeline:learning',
    ...{ fromMs: 10 * days, isQuietBefore: true },
    withinMs: 2 * days,
    because: 'the last whole day is judged',
    plan: { deliveryChanges: [{ atMs: 10 * days, to: { malformedShare: 0.03 } }] },
  }),
  planted({
    name: 'late',
    kinds: ['events-late'],
    subject: 'pipeline:learning',
    ...{ fromMs: 10 * days, isQuietBefore: true },
    withinMs: 4 * days,
    because: 'the longer window is three whole days',
    plan: { deliveryChanges: [{ atMs: 10 * days, to: { offlineShare: 0.15 } }] },
  }),
  planted({
    name: 'slow',
    kinds: ['budget-burn'],
    subject: 'pipeline:learning',
    fromMs: days + 12 * hourMs,
    withinMs: 2 * hourMs,
    because: 'seven of ten answers of an hour are slow then, with twenty times the latency',
    stepMs: hourMs,
    plan: {
      latencySpikes: [{ fromMs: days + 12 * hourMs, toMs: untilForever, factor: 20 }],
    },
  }),
  planted({
    name: 'mismatch',
    kinds: ['sample-ratio-mismatch'],
    subject: 'experiment:focus-mode',
    fromMs: 0,
    withinMs: 4 * days,
    because: 'two hundred units, of which a third of one arm is missing, come in two days',
    plan: { experiments: experiment({ name: 'focus-mode', exposureLostShare: [0, 0.5] }) },
  }),
  planted({
    name: 'winner',
    kinds: ['ready-to-decide'],
    subject: 'experiment:worked-hints',
    fromMs: 0,
    withinMs: 5 * days,
    because: 'all who are to join have joined after four days, and are scored',
    plan: { experiments: experiment({ name: 'worked-hints', effect: 0.35 }) },
    experiments: mattersFrom(0.2),
  }),
  planted({
    name: 'harm',
    kinds: ['guardrail-harmed'],
    subject: 'experiment:focus-mode',
    fromMs: 0,
    withinMs: 5 * days,
    because: 'all who are to join have joined after four days, and are scored',
    plan: {
      experiments: experiment({ name: 'focus-mode', baseRate: 0.6, effect: -0.35 }),
    },
    experiments: outcomeAsGuardrail,
  }),
  planted({
    name: 'underpowered',
    kinds: ['underpowered'],
    subject: 'experiment:streak-badges',
    fromMs: 0,
    withinMs: 7 * days,
    because: 'nobody new must have come for two days, after four in which all join',
    plan: { experiments: experiment({}) },
    experiments: mattersFrom(0.02),
  }),
  planted({
    name: 'undecided',
    kinds: ['past-horizon', 'ready-to-decide'],
    subject: 'experiment:streak-badges',
    fromMs: 0,
    withinMs: 6 * days,
    because: 'all who are to join have joined after four days: more than the plan needs',
    plan: { experiments: experiment({}) },
    experiments: mattersFrom(0.25),
  }),
  planted({
    name: 'dominated',
    kinds: ['action-dominated'],
    subject: 'policy:tutor',
    fromMs: 0,
    withinMs: 5 * days,
    because: 'thirty users of equal activity, of whole days',
    plan: {
      suggestions: {
        rewards: suggestionRewards.map(([exercise, video]) => [exercise, video, 0.05] as const),
        ...{ learntShare: 0.7, heldOutShare: 0.1 },
      },
    },
  }),
  planted({
    name: 'holdout',
    kinds: ['holdout-missing'],
    subject: 'policy:tutor',
    fromMs: 0,
    withinMs: 2 * days,
    because: 'a hundred decisions of a whole day',
    plan: { suggestions: { rewards: suggestionRewards, learntShare: 0.9, heldOutShare: 0 } },
  }),
  planted({
    name: 'untold',
    kinds: ['nobody-told'],
    subject: 'engine:alerts',
    fromMs: 2 * days,
    withinMs: days,
    because: 'one alert of high severity is enough: a sixth of the events is refused from then on',
    hasRoute: false,
    plan: { deliveryChanges: [{ atMs: 2 * days, to: { malformedShare: 0.2 } }] },
  }),
  planted({
    name: 'standstill',
    kinds: ['pipeline-lag'],
    subject: 'pipeline:learning',
    fromMs: days + 12 * hourMs,
    withinMs: hourMs / 6,
    because: 'nothing was processed for two minutes, and it is looked once a minute',
    stepMs: hourMs / 12,
    begin: async ({ clock }) => clock.hold(true),
    async step(played, to) {
      await played.send(to);
      played.clock.advance(to);
      played.at = to;
      return played.look();
    },
  }),
];
