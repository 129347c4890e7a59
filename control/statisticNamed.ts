/** A statistic by its name in the registries, for planes that may not look into them themselves. */
import type { Statistic } from '../contracts/statistic.ts';
import { modelStatistics } from '../models/statistics.ts';
import { statistics } from '../stats/registry.ts';

export function statisticNamed(name: string): Statistic | undefined {
  return statistics.get(name) ?? modelStatistics.get(name);
}

/** What a stored state is of; undefined when this version of the engine cannot read it. */
export function readableStatistic({
  statistic,
  stateVersion,
}: {
  readonly statistic: string;
  readonly stateVersion: number;
}): Statistic | undefined {
  const found = statisticNamed(statistic);
  return found?.version === stateVersion ? found : undefined;
}
