/**
 * What a release may err, and where it spends that.
 *
 * Promoting a version that is no better: at most `alpha`. All of it is spent at one place: in shadow, where a version has to show
 * that it is better before it serves anybody; the steps of the canary can only take away from those that did. A release that began in
 * the canary by hand has to show it there, in all steps together, at the same level.
 *
 * Withdrawing a version that is no worse: at most `alpha` as well, in equal parts for the shadow, for each step of the canary by
 * predictions and by outcomes, for the canary as a whole, and for the trial of a new champion. The parts add up whatever
 * the tests have to do with each other (Bonferroni 1936), and each part holds at all times together (Ville 1939).
 *
 * Both speak of a plan that stays as it is while the release is under way, and of rows as `pairedEvidence` does: what they were expected
 * to bring given those before them, not what the average user brings.
 */
import type { ReleasePlan } from '../../contracts/modelPlan.ts';

export interface ReleaseLevels {
  /** At which it is better. */
  readonly better: number;
  /** At which one test says that it does harm. */
  readonly worse: number;
}

/**
 * @example
 * releaseLevels({ alpha: 0.045, canary: threeSteps }); // { better: 0.045, worse: 0.005 }
 */
export function releaseLevels({
  alpha,
  canary,
}: Pick<ReleasePlan, 'alpha' | 'canary'>): ReleaseLevels {
  return { better: alpha, worse: alpha / (2 * canary.length + 3) };
}
