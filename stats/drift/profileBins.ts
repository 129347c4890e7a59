/**
 * Common bins of profiles of a column: numbers by the quantiles of the reference, texts by value.
 *
 * What has fewer than `rareMax` rows in the reference counts as one bin with what is not counted by itself, and missing values are a
 * bin of their own. Where a profile has too many values to count each, only values whose hashes both would have kept have bins.
 */
import type { NumberProfileState } from '../streaming/numberProfile.ts';
import type { TextProfileState } from '../streaming/textProfile.ts';
import { binCounts, binEdges } from './bins.ts';

export interface NumberBins {
  /** Bin i takes values in (edges[i − 1], edges[i]]; the first and the last are open. */
  readonly edges: readonly number[];
  /** edges.length + 2 counts, the last that of missing values. */
  countsOf(profile: NumberProfileState): number[];
}

export interface TextBins {
  /** Values with a bin of their own. */
  readonly names: readonly string[];
  /** names.length + 2 counts, the last but one that of other values, the last that of missing ones. */
  countsOf(profile: TextProfileState): number[];
}

/** Below it the noise floors, which hold for large counts, do not. */
const rareMax = 10;

export function numberBins(reference: NumberProfileState): NumberBins {
  const edges = binEdges(reference.sketch);
  return {
    edges,
    countsOf: ({ sketch, missing, notFinite }) => binCounts(edges, sketch, missing + notFinite),
  };
}

/** @param current what is to be compared with the reference; parts of the reference can be counted as well */
export function textBins(reference: TextProfileState, current: TextProfileState): TextBins {
  const isComparable = comparable(reference, current);
  const { low, high, counts } = reference.frequencies;
  const names = reference.frequencies.names.filter(
    (_, i) => counts[i]! >= rareMax && isComparable(low[i]!, high[i]!),
  );
  const binOf = new Map(names.map((name, bin) => [name, bin]));
  return {
    names,
    countsOf({ frequencies, count, missing }) {
      const result = new Array<number>(names.length + 2).fill(0);
      let others = count;
      frequencies.names.forEach((name, i) => {
        const bin = binOf.get(name);
        if (bin === undefined) return;
        result[bin] = frequencies.counts[i]!;
        others -= frequencies.counts[i]!;
      });
      result[names.length] = others;
      result[names.length + 1] = missing;
      return result;
    },
  };
}

/** Whether both profiles would have counted a value of this hash. */
function comparable(
  ...profiles: readonly TextProfileState[]
): (low: number, high: number) => boolean {
  const ends = profiles
    .filter(({ frequencies }) => frequencies.isPartial)
    .map(({ frequencies }) => [frequencies.low.at(-1)!, frequencies.high.at(-1)!] as const);
  return (low, high) => ends.every(([end, rest]) => low < end || (low === end && high <= rest));
}
