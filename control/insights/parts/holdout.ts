/** What the holdout of a run says as a test: see `holdoutGate`, whose intervals are by users. */
import { normalTail, normalTwoSided } from '../../../stats/special/normal.ts';
import type { HoldoutFacts } from '../gather/modelFacts.ts';

/** Standard error of the difference. */
export function holdoutError({ lower, upper, alpha }: HoldoutFacts): number {
  return (upper - lower) / (2 * normalTwoSided(alpha));
}

/**
 * Probability of a loss as far below the champion's when it is no lower: that of the normal distribution, with the error by which a
 * Student interval is as wide, which is larger.
 */
export function notBetter(holdout: HoldoutFacts): number {
  const error = holdoutError(holdout);
  return error > 0 ? normalTail(-holdout.value / error) : 1;
}
