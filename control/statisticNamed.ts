/** A statistic by its name in the registry, for planes that may not look into `stats` themselves. */
import type { Statistic } from '../contracts/statistic.ts';
import { statistics } from '../stats/registry.ts';

export function statisticNamed(name: string): Statistic | undefined {
  return statistics.get(name);
}
