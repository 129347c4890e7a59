/** How long an experiment has to go on: until the plan's 80 % for the smallest effect that matters, at the present rate. */
import type { Compared } from './compared.ts';
import { pairsOf } from './designGroups.ts';
import type { ExperimentCounts } from './experimentCounts.ts';
import { pairsFor } from './plannedPairs.ts';
import type { PreparedExperiment, PreparedMetric, PreparedPair } from './preparedExperiment.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** The present rate is that of so many hours. */
const recentHours = 24;

export interface Outlook {
  /** Null when it is not known. */
  readonly daysLeft: number | null;
  /** More has been scored than the plan asks for. */
  readonly isPast: boolean;
}

const unknown: Outlook = { daysLeft: null, isPast: false };

/** Pairs of exposed units: all of them, and a day's at the rate of the last whole hours; NaN when there is none yet. */
function exposedPairs({ exposures }: ExperimentCounts, pair: PreparedPair) {
  const { treatment, control, probabilities } = pair;
  let newest = -Infinity;
  let oldest = Infinity;
  for (const each of exposures) {
    newest = Math.max(newest, each.hour);
    oldest = Math.min(oldest, each.hour);
  }
  const from = Math.max(oldest, newest - recentHours * hour);
  const own = exposures.filter(({ variant }) => variant === treatment || variant === control);
  // The newest hour is not over.
  const recent = own.filter((each) => each.hour >= from && each.hour < newest);
  const daily = (pairsOf(recent, probabilities) * day) / (newest - from);
  return {
    all: pairsOf(own, probabilities),
    daily: newest > from ? daily : Number.NaN,
  };
}

/**
 * @param compared of the pair, in the first primary metric
 * @param level    of the comparison
 */
export function outlookOf(
  { experiment, isClustered }: PreparedExperiment,
  { metric }: PreparedMetric,
  pair: PreparedPair,
  { pairs, deviation }: Pick<Compared, 'pairs' | 'deviation'>,
  counts: ExperimentCounts,
  level: number,
): Outlook {
  // Clusters come all at once: what would come at the present rate says nothing.
  if (isClustered || !(deviation > 0)) return unknown;
  const needed = pairsFor(experiment.minimumEffect / deviation, level);
  if (pairs >= needed) return { daysLeft: null, isPast: true };
  const { all, daily } = exposedPairs(counts, pair);
  const missing = Math.max(0, needed - all);
  if (missing > 0 && !(daily > 0)) return unknown;
  const days = (missing > 0 ? missing / daily : 0) + metric.windowMs / day;
  return { daysLeft: Math.round(days * 10) / 10, isPast: false };
}
