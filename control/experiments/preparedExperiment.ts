/** What an evaluation needs of a definition, computed once a revision. */
import { definitionHash, designOf } from '../../contracts/definitionHash.ts';
import type { EffectPrior } from '../../contracts/effectPrior.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import { drawOf } from '../../models/assignment/families/drawOf.ts';
import { type CovariatePlan, covariatePlan } from '../../models/measure/covariatePlan.ts';
import { type OutcomeScale, outcomeScale } from '../../models/measure/outcomeScale.ts';
import type { OutcomeBelief } from '../../stats/sequential/predictGroups.ts';
import { beliefOf } from './beliefOf.ts';
import { clusterPrecision } from './clusterPrecision.ts';

export interface PreparedMetric {
  readonly metric: ExperimentMetric;
  readonly role: Experiment['metrics'][number]['role'];
  readonly scale: OutcomeScale;
  /** What the metric is adjusted by; undefined for nothing. */
  readonly covariates: CovariatePlan | undefined;
  readonly prior: EffectPrior | undefined;
  /** Of its outcomes before the first one. */
  readonly belief: OutcomeBelief;
}

/** A variant and the control with which it is compared. */
export interface PreparedPair {
  /** Places among the variants. */
  readonly treatment: number;
  readonly control: number;
  /**
   * By number of the stage: probability of the treatment for a unit that is in one of the two. Stages in which one of them
   * took in nobody are left out: they have nothing to compare with.
   */
  readonly probabilities: ReadonlyMap<number, number>;
  /** g of the prior by which clusters are compared. */
  readonly precision: number;
}

export interface PreparedExperiment {
  readonly experiment: Experiment;
  readonly revision: number;
  /** Hash of the design. */
  readonly design: string;
  /**
   * By number of the stage, of each variant: the probability with which its hash family really draws it. A family with few
   * buckets rounds the weights to whole ones.
   */
  readonly shares: ReadonlyMap<number, readonly number[]>;
  /** Whether clusters are assigned. */
  readonly isClustered: boolean;
  /** Of those whose definition is known, in the experiment's order. */
  readonly metrics: readonly PreparedMetric[];
  /** In the order of the variants. */
  readonly pairs: readonly PreparedPair[];
}

export function prepareExperiment({
  experiment,
  metrics,
  revision,
}: ExperimentRecord): PreparedExperiment {
  const control = experiment.variants.findIndex(({ key }) => key === experiment.control);
  const { probabilities } = drawOf(experiment);
  const shares = new Map(experiment.stages.map(({ number }, i) => [number, probabilities[i]!]));
  const pairs = experiment.variants.flatMap((_, treatment) =>
    treatment === control || control < 0
      ? []
      : [
          {
            ...{ treatment, control },
            probabilities: probabilitiesOf(shares, treatment, control),
            precision: clusterPrecision(experiment, treatment, control),
          },
        ],
  );
  return {
    experiment,
    revision,
    design: definitionHash(designOf(experiment, metrics)),
    shares,
    isClustered: experiment.unit !== 'user',
    metrics: experiment.metrics.flatMap((use) => {
      const metric = metrics.find((each) => each.key === use.metric);
      if (metric === undefined) return [];
      const { role, prior, baseline } = use;
      const scale = outcomeScale(metric);
      const covariates = covariatePlan(use, metrics, scale);
      return [{ metric, role, scale, belief: beliefOf(scale, baseline), covariates, prior }];
    }),
    pairs,
  };
}

function probabilitiesOf(
  shares: PreparedExperiment['shares'],
  treatment: number,
  control: number,
): ReadonlyMap<number, number> {
  const probabilities = new Map<number, number>();
  for (const [stage, ofStage] of shares) {
    const own = ofStage[treatment] ?? 0;
    const others = ofStage[control] ?? 0;
    if (own > 0 && others > 0) probabilities.set(stage, own / (own + others));
  }
  return probabilities;
}
