/**
 * PostHog's assignment: SHA-1 of `<key>.<distinct id>`, the first 15 hexadecimal digits over their largest value; once for the
 * rollout, once with `variant` behind it for the variant.
 *
 * Source: PostHog, posthog-python, feature_flags.py.
 */
import { hash as digestOf } from 'node:crypto';
import { type Experiment, saltOf } from '../../../contracts/experiment.ts';
import type { Draw } from './family.ts';

/** 16¹⁵ − 1, as a double. */
const largest = 2 ** 60;

/** A number in [0, 1]. */
export function postHogHash(key: string, id: string, suffix = ''): number {
  const digest = digestOf('sha1', `${key}.${id}${suffix}`, 'hex');
  return Number.parseInt(digest.slice(0, 15), 16) / largest;
}

export function drawPostHog(experiment: Experiment): Draw {
  const key = saltOf(experiment);
  const weights = experiment.stages.map((stage) => stage.weights);
  const limits = experiment.stages.map(({ traffic }) => traffic);
  let rollout = 0;
  let variant = 0;
  return {
    take({ text }) {
      rollout = postHogHash(key, text);
      variant = postHogHash(key, text, 'variant');
    },
    admits: () => true,
    place: (stage) => (rollout <= limits[stage]! ? firstBelow(weights[stage]!, variant) : -1),
    probabilities: weights,
  };
}

/** Index of the variant in whose part of the cumulated weights the number lies. */
function firstBelow(weights: readonly number[], number: number): number {
  let end = 0;
  for (let i = 0; i < weights.length - 1; i += 1) {
    end += weights[i]!;
    if (number < end) return i;
  }
  return weights.length - 1;
}
