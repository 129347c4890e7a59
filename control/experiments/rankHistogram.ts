/** The bins of the rank scale as a histogram over values, without its empty ends. */
import { rankBins, rankBounds } from '../../models/measure/outcomeScale.ts';
import type { Histogram } from '../../stats/testing/woodruffQuantile.ts';
import { addBins, type OutcomeCell } from './experimentCounts.ts';

/** Units by bin of the rank scale, all cells together. */
export function rankCounts(cells: readonly OutcomeCell[]): Float64Array {
  const counts = new Float64Array(rankBins);
  for (const { tallies } of cells) addBins(tallies, counts);
  return counts;
}

/**
 * Histograms of several arms over the same bins: those between the first and the last that has a unit in any of them.
 *
 * Bin 0, of ratios without a denominator, is left out.
 *
 * @returns undefined when there is no unit
 */
export function rankHistograms(arms: readonly Float64Array[]): Histogram[] | undefined {
  let first = 1;
  let last = rankBins - 1;
  const isEmpty = (bin: number) => arms.every((counts) => counts[bin] === 0);
  while (first <= last && isEmpty(first)) first += 1;
  while (last > first && isEmpty(last)) last -= 1;
  if (first > last) return undefined;
  const edges: number[] = [];
  for (let bin = first; bin <= last; bin += 1) edges.push(lowerEdge(bin));
  edges.push(rankBounds(last)[1]);
  return arms.map((counts) => ({ edges, counts: counts.subarray(first, last + 1) }));
}

/** The first bin above 0 has everything from 0 on. */
function lowerEdge(bin: number): number {
  return rankBounds(bin - 1)[1] === 0 ? 0 : rankBounds(bin)[0];
}
