/**
 * Unleash's assignment: MurmurHash3 of `<group>:<id>`; modulo 100, plus 1, against the rollout; with a seed of its
 * own, modulo the sum of the weights, plus 1, for the variant.
 *
 * Source: Unleash, client-specification 5; before version 5 the variant's hash had no seed of its own (0).
 */
import { bytesOf } from '../../../contracts/bytes.ts';
import { type Experiment, saltOf } from '../../../contracts/experiment.ts';
import { murmur3 } from '../../../contracts/hash.ts';
import { bucketEnds, bucketShares, threshold, variantAt } from './coarse.ts';
import type { Draw } from './family.ts';
import { placedShares } from './oneNumber.ts';

const encoder = new TextEncoder();
const percent = 100;

/** An integer in [1, size]. */
export function unleashNumber(group: string, id: string, size: number, seed: number): number {
  const text = bytesOf(encoder.encode(`${group}:${id}`));
  return (murmur3(text, 0, text.bytes.length, seed) % size) + 1;
}

export function drawUnleash(
  experiment: Experiment,
  { variantSeed, weightTotal }: Extract<Experiment['hash'], { family: 'unleash' }>,
): Draw {
  const group = saltOf(experiment);
  const rollouts = experiment.stages.map(({ traffic }) => threshold(traffic, percent));
  const ends = experiment.stages.map(({ weights }) => bucketEnds(weights, weightTotal));
  let rollout = 0;
  let target = 0;
  return {
    take({ text }) {
      rollout = unleashNumber(group, text, percent, 0);
      target = unleashNumber(group, text, weightTotal, variantSeed);
    },
    admits: () => true,
    place: (stage) => (rollout <= rollouts[stage]! ? variantAt(ends[stage]!, target - 1) : -1),
    probabilities:
      variantSeed === 0
        ? sharesOfOne(rollouts, ends, weightTotal, experiment.sticky)
        : ends.map((each) => bucketShares(each, weightTotal)),
  };
}

/** Without a seed of its own the variant's number is the rollout's, modulo something else. */
function sharesOfOne(
  rollouts: readonly number[],
  ends: readonly (readonly number[])[],
  weightTotal: number,
  sticky: boolean,
): number[][] {
  const place = (bucket: number, stage: number) =>
    (bucket % percent) + 1 <= rollouts[stage]! ? variantAt(ends[stage]!, bucket % weightTotal) : -1;
  // A common multiple of both: every pair of remainders that there is, each as often.
  const size = percent * weightTotal;
  return placedShares({ size, variants: ends.map(({ length }) => length), place }, sticky);
}
