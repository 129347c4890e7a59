/**
 * How far a column is from its reference, from the profiles of both: PSI and Jensen–Shannon with what chance makes of them, and for
 * numbers how far values have moved.
 *
 * Numbers are binned by the reference, texts by value; what has fewer than `rareMax` rows in the reference counts as one bin with what
 * is not counted by itself, and missing values are a bin of their own. Where a profile has too many values to count each, only values
 * whose hashes both would have kept are compared by themselves.
 */
import type { NumberProfileState } from '../streaming/numberProfile.ts';
import type { TextProfileState } from '../streaming/textProfile.ts';
import { type BinnedDistance, type BinnedPair, binCounts, binEdges } from './bins.ts';
import { jensenShannon } from './jensenShannon.ts';
import { populationStability } from './populationStability.ts';
import { countedValues, type WassersteinReading, wasserstein } from './wasserstein.ts';

export interface ProfileDistance {
  readonly stability: BinnedDistance;
  readonly divergence: BinnedDistance;
}

export interface NumberDistance extends ProfileDistance {
  /** In the unit of the column; NaN where either has no values. */
  readonly moved: WassersteinReading;
}

/** Below it the noise floors, which hold for large counts, do not. */
const rareMax = 10;

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
  const edges = binEdges(reference.sketch);
  const countsOf = ({ sketch, missing, notFinite }: NumberProfileState) =>
    binCounts(edges, sketch, missing + notFinite);
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
  const isComparable = comparable(reference, current);
  const now = new Map(current.frequencies.names.map((name, i) => [name, i]));
  const counts: Record<'reference' | 'current', number[]> = { reference: [], current: [] };
  let others = reference.count;
  let othersNow = current.count;
  reference.frequencies.names.forEach((name, i) => {
    const count = reference.frequencies.counts[i]!;
    const { low, high } = reference.frequencies;
    if (count < rareMax || !isComparable(low[i]!, high[i]!)) return;
    const at = now.get(name);
    const countNow = at === undefined ? 0 : current.frequencies.counts[at]!;
    counts.reference.push(count);
    counts.current.push(countNow);
    others -= count;
    othersNow -= countNow;
  });
  counts.reference.push(others, reference.missing);
  counts.current.push(othersNow, current.missing);
  return distanceOf(counts, alpha);
}

/** Whether both profiles would have counted a value of this hash. */
function comparable(
  ...profiles: readonly TextProfileState[]
): (low: number, high: number) => boolean {
  const ends = profiles
    .filter(({ frequencies }) => frequencies.isPartial)
    .map(({ frequencies }) => [frequencies.low.at(-1)!, frequencies.high.at(-1)!] as const);
  return (low, high) => ends.every(([end, rest]) => low < end || (low === end && high <= rest));
}
