/**
 * A campus that is well run: what an administrator would have set up, so that nothing is missing and nothing is wrong.
 *
 * Alerts have a route; the tutor's policy holds out one student in ten, its choice is learnt for nine suggestions of ten; one experiment, whose
 * effect is half of the smallest that matters, is planned for more units than come in the month, and is not over within it.
 */
import type { Experiment } from '../../contracts/experiment.ts';
import { Policy } from '../../contracts/policy.ts';
import { type Campus, createCampus } from '../../sources/campus/campus.ts';
import { defaultPlan } from '../../sources/campus/defaultPlan.ts';
import { type CampusPlan, calm, type PlannedExperiment } from '../../sources/campus/plan.ts';
import { campusPolicy } from '../../sources/campus/policies.ts';

export const dayMs = 86_400_000;
/** A Monday, local midnight; everything is UTC. Nothing of then is old by the database's own clock. */
export const start = Date.UTC(2031, 2, 3);

/** Of a campus of 400: after thirty days two of five are in it. */
export const steady: PlannedExperiment = {
  name: 'streak-badges',
  variants: ['no-badges', 'badges'],
  stages: [{ name: 'full', fromMs: 0, probability: 0.5 }],
  joinWithinMs: 75 * dayMs,
  baseRate: 0.4,
  baseSpread: 0.12,
  effect: 0.15,
  outcomeDelayMeanMs: [180_000, 180_000],
  exposureLostShare: [0, 0],
};

export interface WellRun {
  readonly seed: number;
  readonly students: number;
  /** What is planted. */
  readonly plan?: Partial<CampusPlan>;
}

export function wellRunCampus({ seed, students, plan = {} }: WellRun): Campus {
  const base = defaultPlan(start, 0, 1);
  const { delivery: _, ...nothing } = calm;
  return createCampus({
    ...{ seed, students, start },
    plan: {
      ...nothing,
      experiments: [{ ...steady, joinWithinMs: (students / 160) * 30 * dayMs }],
      suggestions: { ...base.suggestions, learntShare: 0.9, heldOutShare: 0.1 },
      ...plan,
    },
  });
}

/** @param holdout share of the students, as planned */
export function tutorPolicy(campus: Campus): Policy {
  const { heldOutShare } = campus.truth.plan.suggestions;
  return Policy.parse({ ...campusPolicy(campus), holdout: heldOutShare });
}

/** Experiments that the units which come are enough for. */
export function healthy(planned: readonly Experiment[]): readonly Experiment[] {
  return planned.map((each) => ({ ...each, minimumEffect: 0.3 }));
}
