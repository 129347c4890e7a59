/**
 * Statsig's assignment: SHA-256 of salts and unit, the first eight bytes as a number; modulo 10,000 against the pass
 * percentage of a rule, modulo 1,000 for the group (their `user_bucket`).
 *
 * Source: Statsig, server SDKs; "How Evaluation Works" in their documentation.
 */
import { hash as digestOf } from 'node:crypto';
import { type Experiment, saltOf } from '../../../contracts/experiment.ts';
import { bucketEnds, bucketShares, threshold, variantAt } from './coarse.ts';
import type { Draw } from './family.ts';

const passBuckets = 10_000;
const groupBuckets = 1_000;

/**
 * The first eight bytes of SHA-256 over UTF-8, big-endian, modulo `size`.
 *
 * @param size at most 2²¹, so that doubles are exact
 */
export function statsigBucket(text: string, size: number): number {
  const digest = digestOf('sha256', text, 'hex');
  const high = Number.parseInt(digest.slice(0, 8), 16) % size;
  const low = Number.parseInt(digest.slice(8, 16), 16) % size;
  return (high * (2 ** 32 % size) + low) % size;
}

export function drawStatsig(
  experiment: Experiment,
  { ruleSalt }: Extract<Experiment['hash'], { family: 'statsig' }>,
): Draw {
  const salt = saltOf(experiment);
  const passes = experiment.stages.map(({ traffic }) => threshold(traffic, passBuckets));
  const ends = experiment.stages.map(({ weights }) => bucketEnds(weights, groupBuckets));
  let pass = 0;
  let group = 0;
  return {
    take({ text }) {
      pass = statsigBucket(`${salt}.${ruleSalt}.${text}`, passBuckets);
      group = statsigBucket(`${salt}.${text}`, groupBuckets);
    },
    admits: () => true,
    place: (stage) => (pass < passes[stage]! ? variantAt(ends[stage]!, group) : -1),
    probabilities: ends.map((each) => bucketShares(each, groupBuckets)),
  };
}
