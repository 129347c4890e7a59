/**
 * What the data plane has counted of one experiment, as an evaluation reads it.
 *
 * The counts of a cell come in tallies, one from each partition: integers and exact sums, so that adding them up gives the
 * same bits in any order, however the log was partitioned.
 */
import { outcomeSums } from '../../models/measure/outcomeScale.ts';
import type { ExactCrossMomentsState } from '../../stats/exact/exactCrossMoments.ts';
import { exactSums, readExactly } from '../../stats/exact/exactSum.ts';

/**
 * Units, the limbs of the exact sums Σn, Σd, Σn², Σd², Σnd (see `exactSum`), then pairs of bin and units.
 *
 * One array for all, because there are many and each is small.
 */
export type Tally = Float64Array;

/** Where the limbs of the sums begin in a tally, and where the pairs of bin and units do. */
export const tallySumsAt = 1;
export const tallyBinsAt = tallySumsAt + 2 * outcomeSums;

export interface OutcomeCell {
  readonly metric: string;
  /** Place of the variant in the experiment. */
  readonly variant: number;
  /** Number of the stage of the ramp. */
  readonly stage: number;
  /** Period of the bets, see `periodOf`. */
  readonly period: number;
  /** `grade=7`; '' for all units. */
  readonly segment: string;
  readonly tallies: readonly Tally[];
}

export interface ClusterCell {
  readonly metric: string;
  readonly variant: number;
  readonly stage: number;
  readonly cluster: string;
  /** On which its members came, in whole days since the experiment's start. */
  readonly day: number;
  readonly tallies: readonly Tally[];
}

/** Outcomes with their covariates, of a metric that is adjusted: exact moments, one from each partition. */
export interface CovariateCell {
  readonly metric: string;
  readonly variant: number;
  readonly stage: number;
  readonly tallies: readonly ExactCrossMomentsState[];
}

export interface ExposureCell {
  readonly variant: number;
  readonly stage: number;
  /** Start of the hour, ms since 1970. */
  readonly hour: number;
  /** Units exposed for the first time. */
  readonly units: number;
  /** Of the units, such as were seen in another variant later. */
  readonly crossed: number;
  /** Of the units, such as objected before all was scored. */
  readonly objected: number;
}

/** The kinds of counts, each in a table of its own. */
export const countKinds = ['exposures', 'outcomes', 'clusters', 'covariates'] as const;
export type CountKind = (typeof countKinds)[number];

export interface PartitionOffset {
  readonly partition: number;
  /** Offset of the first record that the counts do not know. */
  readonly offset: number;
}

/** Cells in any order, each key once. */
export interface ExperimentCounts {
  readonly exposures: readonly ExposureCell[];
  readonly outcomes: readonly OutcomeCell[];
  readonly clusters: readonly ClusterCell[];
  readonly covariates: readonly CovariateCell[];
  /** By metric: of how many days each partition with members of clusters has scored everybody. */
  readonly clusterDays: ReadonlyMap<string, readonly number[]>;
  /**
   * Up to where each kind goes, ascending by partition. They differ only while an epoch is being written: its tables do not
   * appear together.
   */
  readonly offsets: Readonly<Record<CountKind, readonly PartitionOffset[]>>;
}

export const noCounts: ExperimentCounts = {
  exposures: [],
  outcomes: [],
  clusters: [],
  covariates: [],
  clusterDays: new Map(),
  offsets: { exposures: [], outcomes: [], clusters: [], covariates: [] },
};

/** A tally of so many units, for counts that do not come from a table. */
export function makeTally(
  units: number,
  sums: Float64Array = exactSums(outcomeSums),
  bins: readonly (readonly [bin: number, units: number])[] = [],
): Tally {
  const tally = new Float64Array(tallyBinsAt + 2 * bins.length);
  tally[0] = units;
  tally.set(sums, tallySumsAt);
  bins.forEach(([bin, count], i) => {
    tally[tallyBinsAt + 2 * i] = bin;
    tally[tallyBinsAt + 2 * i + 1] = count;
  });
  return tally;
}

export function tallyUnits(tallies: readonly Tally[]): number {
  let units = 0;
  for (const tally of tallies) units += tally[0]!;
  return units;
}

/** Adds the units by bin into `counts` from place `from` on. */
export function addBins(tallies: readonly Tally[], counts: Float64Array, from = 0): void {
  for (const tally of tallies) {
    for (let at = tallyBinsAt; at < tally.length; at += 2) {
      counts[from + tally[at]!]! += tally[at + 1]!;
    }
  }
}

/** Sum number `at` of a tally: 0 Σn, 1 Σd, 2 Σn², 3 Σd², 4 Σnd, in steps of the metric's scale. */
export function tallySum(tally: Tally, at: number): bigint {
  return readExactly(tally.subarray(tallySumsAt, tallyBinsAt), at);
}

/** The largest of the kinds' offsets, by partition. */
export function offsetsOf({ offsets }: ExperimentCounts): PartitionOffset[] {
  const largest = new Map<number, number>();
  for (const kind of countKinds) {
    for (const { partition, offset } of offsets[kind]) {
      largest.set(partition, Math.max(offset, largest.get(partition) ?? 0));
    }
  }
  return [...largest]
    .map(([partition, offset]) => ({ partition, offset }))
    .sort((a, b) => a.partition - b.partition);
}
