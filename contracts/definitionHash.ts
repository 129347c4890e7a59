/** What version of a definition was in force: a hash that stands in markers, exposures and certificates. */
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonicalJson.ts';
import { type Experiment, saltOf } from './experiment.ts';
import type { ExperimentMetric } from './experimentMetric.ts';

/** SHA-256 of the canonical JSON, in hexadecimal; equal definitions have equal hashes, in whatever order of keys. */
export function definitionHash(definition: unknown): string {
  return createHash('sha256').update(canonicalJson(definition)).digest('hex');
}

/**
 * What of an experiment its numbers depend on: assignment, stages, metrics and their definitions, error level. Names,
 * hypothesis, annotations, state, decision and hold are left out: they may change without the evidence changing, and a
 * certificate that holds this hash can itself be named in the decision.
 *
 * @param metrics definitions; those of others than the experiment's are left out
 */
export function designOf(experiment: Experiment, metrics: readonly ExperimentMetric[]): unknown {
  const { name, hypothesis, annotations, state, decision, hold, variants, traffic, ...design } =
    experiment;
  return {
    ...design,
    salt: saltOf(experiment),
    variants: variants.map(({ key, payload }) => ({ key, payload })),
    metrics: design.metrics.map(({ metric, ...use }) => ({
      ...use,
      definition: measuredBy(metrics.find(({ key }) => key === metric)) ?? metric,
    })),
  };
}

/** A metric without the words about it. */
function measuredBy(metric: ExperimentMetric | undefined): unknown {
  if (metric === undefined) return undefined;
  const { name, description, ...definition } = metric;
  return definition;
}
