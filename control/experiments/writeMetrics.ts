/** Makes and changes metrics: each a new revision, unless a live experiment is measured by it. To be called one at a time. */
import { checkMetricChange } from '../../contracts/checkMetricChange.ts';
import { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import { atRevision } from '../definitions/newest.ts';
import { type By, parseGiven, refusal } from '../definitions/written.ts';
import type { Books } from './judge.ts';
import type { ExperimentRegistry, MetricWritten } from './registry.ts';

type Writing = Pick<ExperimentRegistry, 'createMetric' | 'changeMetric'>;

/** @param look brings `known` up to date */
export function writeMetrics({ experiments, metrics }: Books, look: () => Promise<void>): Writing {
  async function write(metric: ExperimentMetric, revision: number, by: By): Promise<MetricWritten> {
    const isOurs = await metrics.write(metric.key, revision, metric, by);
    if (isOurs) return { outcome: revision === 1 ? 'created' : 'in place', metric, revision };
    const newest = metrics.get(metric.key)?.head.revision ?? revision;
    return revision === 1 ? { outcome: 'exists' } : { outcome: 'stale', revision: newest };
  }

  return {
    async createMetric(definition, by) {
      const parsed = parseGiven(ExperimentMetric, definition);
      if (parsed.outcome === 'malformed') return parsed;
      await look();
      if (metrics.get(parsed.value.key) !== undefined) return { outcome: 'exists' };
      return write(parsed.value, 1, by);
    },

    async changeMetric(key, definition, revision, by) {
      await look();
      const at = atRevision(metrics, key, revision);
      if (at.outcome !== 'newest') return at;
      const parsed = parseGiven(ExperimentMetric, definition);
      if (parsed.outcome === 'malformed') return parsed;
      const all = experiments.all().map(({ record }) => record.experiment);
      const against = checkMetricChange(at.known.metric, parsed.value, all);
      if (against.length > 0) return refusal(against);
      return write(parsed.value, revision + 1, by);
    },
  };
}
