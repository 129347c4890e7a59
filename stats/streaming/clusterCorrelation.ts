/** How alike the members of a cluster are, and what it costs to assign whole clusters, as a streaming statistic. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { designEffect } from '../cluster/designEffect.ts';
import { intraclassCorrelation } from '../cluster/intraclassCorrelation.ts';
import { type CompensatedSumState, compensatedSum } from '../compensatedSum.ts';
import { whole } from './parameters.ts';
import { value } from './roles.ts';

interface Cluster {
  name: string;
  count: number;
  sum: CompensatedSumState;
  squares: CompensatedSumState;
}

interface State {
  /** Ascending by name. */
  clusters: Cluster[];
}

/** Takes the rows of the clusters that came when there were too many already. */
const others = '(others)';

/** The cluster of the name, made at its place when there is none and room is left. */
function clusterAt({ clusters }: State, name: string, clustersMax: number): Cluster {
  let from = 0;
  let to = clusters.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (clusters[middle]!.name < name) from = middle + 1;
    else to = middle;
  }
  const found = clusters[from];
  if (found?.name === name) return found;
  if (clusters.length >= clustersMax && name !== others) {
    return clusterAt({ clusters }, others, clustersMax);
  }
  const made = {
    name,
    count: 0,
    sum: compensatedSum.initial(),
    squares: compensatedSum.initial(),
  };
  clusters.splice(from, 0, made);
  return made;
}

export const clusterCorrelation = defineStatistic<State>()({
  name: 'intraclass-correlation',
  summary: 'Share of the variance between clusters such as classes, and the design effect of it.',
  source: 'Donner & Klar 2000; Kish 1965',
  merges: 'rounding',
  roles: { value, cluster: { kind: 'text', summary: 'name of the cluster' } },
  parameters: z.object({
    clustersMax: whole(2, 100_000)
      .default(10_000)
      .describe('further clusters count together, as one'),
  }),
  figures: {
    correlation: { unit: 'share', summary: 'intraclass correlation, by analysis of variance' },
    clusters: { unit: 'clusters', summary: 'seen' },
    clusterSize: { unit: 'rows', summary: 'mean size of a cluster' },
    sizeVariation: { unit: 'ratio', summary: 'deviation of the sizes / their mean' },
    inverseSize: { unit: 'ratio', summary: 'mean of 1 / size' },
    within: { unit: 'value²', summary: 'variance within clusters' },
    designEffect: {
      unit: 'ratio',
      summary: 'by how much the variance of a mean grows when clusters are assigned',
    },
  },
  create: ({ clustersMax }) => ({
    initial: (): State => ({ clusters: [] }),

    step(state, row) {
      const cluster = clusterAt(state, row.cluster, clustersMax);
      cluster.count += 1;
      compensatedSum.step(cluster.sum, row.value);
      compensatedSum.step(cluster.squares, row.value * row.value);
    },

    read({ clusters }) {
      const read = intraclassCorrelation({
        counts: clusters.map(({ count }) => count),
        sums: clusters.map(({ sum }) => compensatedSum.read(sum)),
        squares: clusters.map(({ squares }) => compensatedSum.read(squares)),
      });
      const isKnown = read.correlation <= 1 && read.sizeVariation >= 0;
      return { ...read, designEffect: isKnown ? designEffect(read) : NaN };
    },

    merge(state, other) {
      for (const { name, count, sum, squares } of other.clusters) {
        const cluster = clusterAt(state, name, clustersMax);
        cluster.count += count;
        compensatedSum.merge(cluster.sum, sum);
        compensatedSum.merge(cluster.squares, squares);
      }
    },
  }),
});
