/** What is wrong with an experiment beside all others that are known. */
import { checkExperiment } from '../../contracts/checkExperiment.ts';
import type { DefinitionProblem } from '../../contracts/definitionProblem.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import type { DefinitionBook } from '../definitions/definitionBook.ts';
import type { KnownExperiment, KnownMetric } from './known.ts';

/** All definitions that are known. */
export interface Books {
  readonly experiments: DefinitionBook<KnownExperiment>;
  readonly metrics: DefinitionBook<KnownMetric>;
}

/** @param withEvents whether events that feed its metrics must have come */
export type Judge = (experiment: Experiment, withEvents: boolean) => Promise<DefinitionProblem[]>;

/** @param eventTypes types of events that have been seen; undefined when that is not known */
export function createJudge(
  { experiments, metrics }: Books,
  eventTypes: (() => Promise<ReadonlySet<string> | undefined>) | undefined,
): Judge {
  return async (experiment, withEvents) => {
    const seen = withEvents ? await eventTypes?.() : undefined;
    return checkExperiment(experiment, {
      experiments: experiments.all().map(({ record }) => record.experiment),
      metrics: metrics.all().map(({ metric }) => metric),
      ...(seen !== undefined && { eventTypes: seen }),
    });
  };
}
