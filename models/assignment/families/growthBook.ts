/**
 * GrowthBook's assignment, hash versions 1 and 2: FNV-1a of 32 bits, ranges of variations narrowed by coverage, namespaces.
 *
 * Inclusion and variation come from one number: with coverage c the variation whose weights take [s, s + w) gets [s, s + c·w).
 * Version 1 is known to be biased between experiments with similar names; it is here for experiments that run on it.
 *
 * Source: GrowthBook, "Build your own SDK"; text is hashed by UTF-16 units, as their JavaScript does.
 */
import { type Experiment, saltOf } from '../../../contracts/experiment.ts';
import { variantBuckets } from '../../../contracts/hashFamily.ts';
import type { Draw } from './family.ts';
import { placedShares } from './oneNumber.ts';

/** Half-open [start, end). */
export type Range = readonly [start: number, end: number];

/** FNV-1a. Source: Fowler, Noll & Vo 1991. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A number in [0, 1): thousandths in version 1, ten-thousandths in version 2. */
export function growthBookHash(seed: string, value: string, version: 1 | 2): number {
  return version === 1
    ? (fnv1a(value + seed) % 1_000) / 1_000
    : (fnv1a(String(fnv1a(seed + value))) % 10_000) / 10_000;
}

export function growthBookRanges(weights: readonly number[], coverage: number): Range[] {
  let start = 0;
  return weights.map((weight) => {
    const range: Range = [start, start + coverage * weight];
    start += weight;
    return range;
  });
}

/** Index of the first range that contains the number, −1 when none does. */
export function chooseRange(ranges: readonly Range[], number: number): number {
  for (let i = 0; i < ranges.length; i += 1) {
    const [start, end] = ranges[i]!;
    if (number >= start && number < end) return i;
  }
  return -1;
}

export function isInNamespace(
  { name, from, to }: { readonly name: string; readonly from: number; readonly to: number },
  value: string,
): boolean {
  return chooseRange([[from, to]], growthBookHash(`__${name}`, value, 1)) === 0;
}

export function drawGrowthBook(
  experiment: Experiment,
  hash: Extract<Experiment['hash'], { family: 'growthbook' }>,
): Draw {
  const { version, namespace } = hash;
  const seed = saltOf(experiment);
  const size = variantBuckets(hash);
  const ranges = experiment.stages.map(({ weights, traffic }) =>
    growthBookRanges(weights, traffic),
  );
  let number = 0;
  let admitted = true;
  return {
    take({ text }) {
      number = growthBookHash(seed, text, version);
      admitted = namespace === undefined || isInNamespace(namespace, text);
    },
    admits: () => admitted,
    place: (stage) => chooseRange(ranges[stage]!, number),
    probabilities: placedShares(
      {
        size,
        variants: ranges.map(({ length }) => length),
        place: (bucket, stage) => chooseRange(ranges[stage]!, bucket / size),
      },
      experiment.sticky,
    ),
  };
}
