/**
 * How far a column is from its reference, from the profiles of both: PSI and Jensen–Shannon with what chance makes of them, and for
 * numbers how far values have moved. Bins: `profileBins`.
 */
import type { NumberProfileState } from '../streaming/numberProfile.ts';
import type { TextProfileState } from '../streaming/textProfile.ts';
import type { BinnedDistance, BinnedPair } from './bins.ts';
import { jensenShannon } from './jensenShannon.ts';
import { populationStability } from './populationStability.ts';
import { numberBins, textBins } from './profileBins.ts';
import { countedValues, type WassersteinReading, wasserstein } from './wasserstein.ts';

export interface ProfileDistance {
  readonly stability: BinnedDistance;
  readonly divergence: BinnedDistance;
}

export interface NumberDistance extends ProfileDistance {
  /** In the unit of the column; NaN where either has no values. */
  readonly moved: WassersteinReading;
}

function distanceOf(pair: BinnedPair, alpha: number): ProfileDistance {
  return { stability: populationStability(pair, alpha), divergence: jensenShannon(pair, alpha) };
}

/**
 * @param alpha probability of exceeding the critical values when nothing has changed, in (0, 1)
 * @throws RangeError when alpha is outside (0, 1)
 */
export function numberDistance(
  reference: NumberProfileState,
  current: NumberProfileState,
  alpha = 0.01,
): NumberDistance {
  const { countsOf } = numberBins(reference);
  return {
    ...distanceOf({ reference: countsOf(reference), current: countsOf(current) }, alpha),
    moved: wasserstein(countedValues(reference.sketch), countedValues(current.sketch)),
  };
}

/** @param alpha as of {@link numberDistance} */
export function textDistance(
  reference: TextProfileState,
  current: TextProfileState,
  alpha = 0.01,
): ProfileDistance {
  const { countsOf } = textBins(reference, current);
  return distanceOf({ reference: countsOf(reference), current: countsOf(current) }, alpha);
}
