/**
 * With which probability an experiment's hash draws each variant in each stage, counted from its buckets: for the check of a
 * certificate, apart from the code that assigns.
 *
 * Hashes with few buckets give a variant whole ones: a third of 1,000 is 333 or 334. Where one number decides over entry and
 * variant, those whom a stage newly takes in have other shares than its weights.
 */
interface Hash {
  readonly family: string;
  readonly version?: number;
  readonly variantSeed?: number;
  readonly weightTotal?: number;
}

export interface DesignedAssignment {
  readonly hash: Hash;
  readonly sticky: boolean;
  readonly stages: readonly {
    readonly number: number;
    readonly traffic: number;
    readonly weights: number[];
  }[];
}

/** Index of the variant of a number that is as likely as any other below `size`; −1 for none. */
type Place = (number: number, traffic: number, weights: readonly number[]) => number;

const percent = 100;

/** @returns of each stage, in the order of the variants */
export function designShares({ hash, sticky, stages }: DesignedAssignment): number[][] {
  const total = hash.weightTotal ?? 1_000;
  switch (hash.family) {
    case 'statsig':
      return stages.map(({ weights }) => wholeBuckets(weights, 1_000));
    case 'eppo':
      return stages.map(({ weights }) => wholeBuckets(weights, 10_000));
    case 'growthbook': {
      const size = hash.version === 1 ? 1_000 : 10_000;
      return counted(size, stages, sticky, (number, traffic, weights) =>
        inCoverage(number / size, traffic, weights),
      );
    }
    case 'unleash':
      if (hash.variantSeed !== 0) return stages.map(({ weights }) => wholeBuckets(weights, total));
      return counted(percent * total, stages, sticky, (number, traffic, weights) => {
        const isIn = (number % percent) + 1 <= Number((traffic * percent).toFixed(6));
        return isIn ? bucketOwner(weights, total, number % total) : -1;
      });
    default:
      return stages.map(({ weights }) => {
        const sum = weights.reduce((all, weight) => all + weight, 0);
        return weights.map((weight) => weight / sum);
      });
  }
}

/** The variant in whose part of the cumulated weights, rounded to whole buckets, the bucket lies. */
function bucketOwner(weights: readonly number[], size: number, bucket: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length - 1; i += 1) {
    sum += weights[i]!;
    if (bucket < Math.round(sum * size)) return i;
  }
  return weights.length - 1;
}

function wholeBuckets(weights: readonly number[], size: number): number[] {
  const counts = weights.map(() => 0);
  for (let bucket = 0; bucket < size; bucket += 1) counts[bucketOwner(weights, size, bucket)]! += 1;
  return counts.map((count) => count / size);
}

/** Each variant has the first part, as large as the traffic, of its part of [0, 1). */
function inCoverage(number: number, traffic: number, weights: readonly number[]): number {
  let start = 0;
  for (const [i, weight] of weights.entries()) {
    if (number >= start && number < start + traffic * weight) return i;
    start += weight;
  }
  return -1;
}

/** Shares among those whom a stage takes in; where units stay with their stage, among those whom it newly takes in. */
function counted(
  size: number,
  stages: DesignedAssignment['stages'],
  sticky: boolean,
  place: Place,
): number[][] {
  const taken = new Set<number>();
  return stages.map(({ traffic, weights }) => {
    const counts = weights.map(() => 0);
    for (let number = 0; number < size; number += 1) {
      if (sticky && taken.has(number)) continue;
      const variant = place(number, traffic, weights);
      if (variant < 0) continue;
      taken.add(number);
      counts[variant]! += 1;
    }
    const all = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => (all === 0 ? 0 : count / all));
  });
}
