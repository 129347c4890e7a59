/** Of which kind the primary metric is: the minimum effect is in its unit. */
import type { MetricsOfExperiments } from '../../../contracts/experimentApi.ts';
import type { MetricKind } from '../../../contracts/experimentMetric.ts';
import type { MetricRow } from './draft.ts';

export function primaryKind(
  rows: readonly MetricRow[],
  metrics: MetricsOfExperiments['metrics'],
): MetricKind | undefined {
  const primary = rows.find(({ role }) => role === 'primary');
  return metrics.find(({ metric }) => metric.key === primary?.metric)?.metric.kind;
}
