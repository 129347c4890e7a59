/**
 * What is believed of a metric before its first outcome: the experiment's baseline, on the scale of the bets.
 *
 * Bets that are fixed before a unit are valid whatever is believed; a true belief makes them the right size from the start.
 */
import type { Baseline } from '../../contracts/experiment.ts';
import type { OutcomeScale } from '../../models/measure/outcomeScale.ts';
import { type OutcomeBelief, vagueBelief } from '../../stats/sequential/predictGroups.ts';

/** Of ranks before the first outcome: shares, minutes and amounts lie in the upper half of the scale, a few octaves wide. */
export const rankBelief: OutcomeBelief = { mean: 0.65, deviation: 0.08, weight: 10 };
/** Deviations below it, where outcomes are in [0, 1], are taken for it. */
const deviationLeast = 1e-3;

/**
 * @param baseline without effect on ranks, whose place does not follow from a mean; absent: nothing is known
 * @returns where outcomes are in [0, 1]; without a deviation that of a yes or no, the largest that there can be
 *
 * @example
 * beliefOf(scaleOfMinutes, { mean: 15, deviation: 6, units: 100 }); // of [0, 60]: { mean: 0.25, deviation: 0.1, weight: 100 }
 */
export function beliefOf(
  { kind, bins, least, largest }: OutcomeScale,
  baseline: Baseline | undefined,
): OutcomeBelief {
  if (kind === 'rank') return rankBelief;
  if (baseline === undefined) return vagueBelief;
  const width = largest - least;
  const mean = Math.min(1, Math.max(0, (baseline.mean - least) / width));
  const given = bins > 2 ? baseline.deviation : undefined;
  const deviation = given === undefined ? Math.sqrt(mean * (1 - mean)) : given / width;
  return { mean, deviation: Math.max(deviationLeast, deviation), weight: baseline.units };
}
