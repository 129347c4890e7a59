/** The types of events that a metric can take: others need not be looked at. */
import { confinedTo } from '../../contracts/condition.ts';
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';

/** Types of events that can satisfy one of the metric's filters; undefined: any. */
export function typesOf({
  filter,
  denominator,
}: Pick<ExperimentMetric, 'filter' | 'denominator'>): ReadonlySet<string> | undefined {
  const types = new Set<string>();
  for (const each of denominator === undefined ? [filter] : [filter, denominator.filter]) {
    const confined = confinedTo(each, 'type');
    if (confined === undefined) return undefined;
    for (const type of confined) types.add(`${type}`);
  }
  return types;
}
