/** What the planner can know of an experiment that there is. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import type { PlanSearch } from '../data/search.ts';

export function planOf({
  experiment,
  metrics,
}: Pick<ExperimentDetail, 'experiment' | 'metrics'>): PlanSearch {
  const primary = experiment.metrics.find(({ role }) => role === 'primary');
  const kind = metrics.find(({ key }) => key === primary?.metric)?.kind ?? 'binary';
  const control = experiment.variants.find(({ key }) => key === experiment.control)?.weight ?? 0;
  const variant = experiment.variants.find(({ key }) => key !== experiment.control)?.weight ?? 0;
  const split = variant / (control + variant);
  return {
    kind: kind === 'binary' ? 'binary' : 'continuous',
    mean: undefined,
    deviation: undefined,
    effect: experiment.minimumEffect,
    units: undefined,
    split: split > 0 && split < 1 ? split : undefined,
    alpha: experiment.alpha,
    cluster: experiment.unit === 'user' ? undefined : 25,
    correlation: undefined,
    days: undefined,
    metric: primary?.metric,
    unit: experiment.unit,
    draft: undefined,
  };
}
