/**
 * Eppo's assignment: shards by MD5 of `<salt>-<subject>`, the first eight hexadecimal digits modulo 10,000; one salt
 * for traffic, another for the split.
 *
 * Source: Eppo, sdk-test-data (universal flag configuration).
 */
import { hash as digestOf } from 'node:crypto';
import { type Experiment, saltOf } from '../../../contracts/experiment.ts';
import { bucketEnds, bucketShares, threshold, variantAt } from './coarse.ts';
import type { Draw } from './family.ts';

export const eppoShards = 10_000;

export function eppoShard(salt: string, subject: string): number {
  const digest = digestOf('md5', `${salt}-${subject}`, 'hex');
  return Number.parseInt(digest.slice(0, 8), 16) % eppoShards;
}

export function drawEppo(
  experiment: Experiment,
  hash: Extract<Experiment['hash'], { family: 'eppo' }>,
): Draw {
  const trafficSalt = hash.trafficSalt ?? `traffic-${saltOf(experiment)}`;
  const splitSalt = hash.splitSalt ?? `split-${saltOf(experiment)}`;
  const limits = experiment.stages.map(({ traffic }) => threshold(traffic, eppoShards));
  const ends = experiment.stages.map(({ weights }) => bucketEnds(weights, eppoShards));
  let traffic = 0;
  let split = 0;
  return {
    take({ text }) {
      traffic = eppoShard(trafficSalt, text);
      split = eppoShard(splitSalt, text);
    },
    admits: () => true,
    place: (stage) => (traffic < limits[stage]! ? variantAt(ends[stage]!, split) : -1),
    probabilities: ends.map((each) => bucketShares(each, eppoShards)),
  };
}
