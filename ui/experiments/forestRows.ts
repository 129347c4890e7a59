/** The rows of the forest plot: all comparisons, grouped by role. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import type {
  Comparison,
  ExperimentResult,
  MetricResult,
} from '../../contracts/experimentResult.ts';
import type { ForestRow } from '../charts/forestPlot.ts';
import { formatBetween, formatEstimate } from '../format/effects.ts';
import { metrics as words } from '../words/experiments.ts';
import { nameOfMetric, nameOfVariant } from './chosen.ts';
import { roleOrder } from './roles.ts';

export function forestRows(detail: ExperimentDetail, result: ExperimentResult): ForestRow[] {
  return roleOrder.flatMap((role) =>
    result.metrics
      .filter((metric) => metric.role === role)
      .flatMap((metric) =>
        metric.comparisons.map((comparison) => forestRow(detail, metric, comparison)),
      ),
  );
}

function forestRow(
  { experiment, metrics }: ExperimentDetail,
  { metric, role, kind }: MetricResult,
  { variant, relative, effect, direction, decided }: Comparison,
): ForestRow {
  const falls = metrics.find(({ key }) => key === metric)?.direction === 'decrease';
  const name = nameOfMetric(metrics, metric);
  return {
    metric: name,
    note: [
      ...(experiment.variants.length > 2 ? [nameOfVariant({ experiment }, variant)] : []),
      ...(falls ? [words.lessIsBetter] : []),
    ].join(', '),
    role,
    estimate: relative.estimate,
    low: relative.low,
    high: relative.high,
    effect: formatEstimate(kind, effect),
    between: formatBetween(kind, effect),
    state: decided ? direction : 'open',
    decided,
  };
}
