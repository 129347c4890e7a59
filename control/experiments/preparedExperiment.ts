/** What an evaluation needs of a definition, computed once a revision. */
import { definitionHash, designOf } from '../../contracts/definitionHash.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import { type OutcomeScale, outcomeScale } from '../../models/measure/outcomeScale.ts';

export interface PreparedMetric {
  readonly metric: ExperimentMetric;
  readonly role: Experiment['metrics'][number]['role'];
  readonly scale: OutcomeScale;
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
}

export interface PreparedExperiment {
  readonly experiment: Experiment;
  readonly revision: number;
  /** Hash of the design. */
  readonly design: string;
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
  const pairs = experiment.variants.flatMap((_, treatment) =>
    treatment === control || control < 0
      ? []
      : [{ treatment, control, probabilities: probabilitiesOf(experiment, treatment, control) }],
  );
  return {
    experiment,
    revision,
    design: definitionHash(designOf(experiment, metrics)),
    isClustered: experiment.unit !== 'user',
    metrics: experiment.metrics.flatMap(({ metric: key, role }) => {
      const metric = metrics.find((each) => each.key === key);
      if (metric === undefined) return [];
      return [{ metric, role, scale: outcomeScale(metric) }];
    }),
    pairs,
  };
}

function probabilitiesOf({ stages }: Experiment, treatment: number, control: number) {
  const probabilities = new Map<number, number>();
  for (const { number, weights } of stages) {
    const own = weights[treatment] ?? 0;
    const others = weights[control] ?? 0;
    if (own > 0 && others > 0) probabilities.set(number, own / (own + others));
  }
  return probabilities;
}
