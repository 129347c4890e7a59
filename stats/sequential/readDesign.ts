/** Everything that the counts of a two-arm comparison say, exact at any time: what a decision, a page and a certificate show. */
import type { Interval } from '../interval.ts';
import { type BetPortfolio, betPortfolio } from './betPortfolio.ts';
import type { DesignGroup } from './designCounts.ts';
import { type DesignEstimate, designEstimate } from './designEstimate.ts';
import {
  type DesignEvidence,
  designEvidence,
  designInterval,
  designWealth,
} from './designMixture.ts';
import { poolGroups } from './poolGroups.ts';
import { type OutcomeBelief, predictGroups, vagueBelief } from './predictGroups.ts';

export interface DesignReading {
  readonly evidence: DesignEvidence;
  /** Confidence sequence of a constant effect, in the unit of the outcome's range. */
  readonly interval: Interval;
  readonly estimate: DesignEstimate;
}

export interface DesignReadingOptions {
  /** In (0, 1). */
  readonly alpha: number;
  /** Fixed before the experiment. */
  readonly belief?: OutcomeBelief;
  /** Fixed before the experiment. */
  readonly portfolio?: BetPortfolio;
}

const usual = betPortfolio();

/**
 * @param groups ascending by period, as `designCounts` reads them
 * @throws RangeError when alpha or the belief is outside its range
 */
export function readDesign(
  groups: readonly DesignGroup[],
  { alpha, belief = vagueBelief, portfolio = usual }: DesignReadingOptions,
): DesignReading {
  const predicted = poolGroups(predictGroups(groups, belief));
  return {
    evidence: designEvidence(designWealth(predicted, portfolio), portfolio),
    interval: designInterval(predicted, portfolio, alpha),
    estimate: designEstimate(groups),
  };
}
