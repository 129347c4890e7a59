/** The engine's own test of clusters, as an experiment of the planner's benchmark plays it. */
import { plannedPrecision } from '../../control/experiments/clusterPrecision.ts';
import { type ClusterFigure, compareFigures } from '../../control/experiments/compareClusters.ts';
import type { PlannedExperiment } from './plannedExperiments.ts';

export interface ClusterTest {
  readonly alpha: number;
  /** Clusters in all. */
  readonly planned: number;
  readonly share: number;
}

/** The hooks of an experiment whose clusters are compared by their means. */
export function engineClusters({
  alpha,
  planned,
  share,
}: ClusterTest): Pick<PlannedExperiment, 'excludes' | 'reset' | 'take'> {
  const pair = {
    probabilities: new Map([[1, share]]),
    precision: plannedPrecision(planned, share, alpha),
  };
  const threshold = Math.log(1 / alpha);
  const arms: [control: ClusterFigure[], treatment: ClusterFigure[]] = [[], []];
  return {
    reset: () => {
      for (const arm of arms) arm.length = 0;
    },
    take: (treated, unit) => {
      arms[treated ? 1 : 0].push({ stage: 1, figure: unit[0]! / unit[1]! });
    },
    excludes: () => compareFigures('with', arms, pair, alpha).lnE.either >= threshold,
  };
}
