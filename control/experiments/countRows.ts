/** Rows of the tables of counts, from RowBinary: an answer of ClickHouse, or what a pipeline puts out. */
import { ByteReader } from '../../contracts/byteReader.ts';
import { readClusterDay } from '../../contracts/clusterDay.ts';
import { outcomeSums } from '../../models/measure/outcomeScale.ts';
import type { ExactCrossMomentsState } from '../../stats/exact/exactCrossMoments.ts';
import { exactSums } from '../../stats/exact/exactSum.ts';
import { type CountKind, type Tally, tallyBinsAt, tallySumsAt } from './experimentCounts.ts';

export const countTables: Readonly<Record<CountKind, string>> = {
  exposures: 'experiment_exposures',
  outcomes: 'experiment_outcomes',
  clusters: 'experiment_clusters',
  covariates: 'experiment_covariates',
};

interface Placed {
  readonly pipeline: string;
  readonly experiment: string;
  readonly partition: number;
  /** Last contributing offset. */
  readonly version: number;
}

export interface ExposureRow extends Placed {
  readonly kind: 'exposures';
  readonly variant: number;
  readonly stage: number;
  readonly hour: number;
  readonly units: number;
  readonly crossed: number;
}

export interface OutcomeRow extends Placed {
  readonly kind: 'outcomes';
  readonly metric: string;
  readonly variant: number;
  readonly stage: number;
  readonly period: number;
  readonly segment: string;
  readonly tally: Tally;
}

export interface ClusterRow extends Placed {
  readonly kind: 'clusters';
  readonly metric: string;
  readonly variant: number;
  readonly stage: number;
  /** '' where `tally` has the days of which everybody is scored, as units. */
  readonly cluster: string;
  /** On which its members came. */
  readonly day: number;
  readonly tally: Tally;
}

export interface CovariateRow extends Placed {
  readonly kind: 'covariates';
  readonly metric: string;
  readonly variant: number;
  readonly stage: number;
  readonly tally: ExactCrossMomentsState;
}

export type CountRow = ExposureRow | OutcomeRow | ClusterRow | CovariateRow;

/** Reads rows with all columns of the table, in its order. */
export function* countRows(kind: CountKind, bytes: Uint8Array): Generator<CountRow> {
  const reader = new ByteReader(bytes);
  const read: (reader: ByteReader) => CountRow = readers[kind];
  while (!reader.isAtEnd) yield read(reader);
}

const readers = {
  exposures: exposureRow,
  outcomes: outcomeRow,
  clusters: clusterRow,
  covariates: covariateRow,
} as const;

// Members of an object are evaluated in the order in which they stand: that of the columns.

function exposureRow(reader: ByteReader): ExposureRow {
  return {
    kind: 'exposures',
    pipeline: reader.text(),
    experiment: reader.text(),
    variant: reader.uint8(),
    stage: reader.uint16(),
    hour: reader.int64(),
    partition: reader.uint16(),
    version: reader.int64(),
    units: reader.int64(),
    crossed: reader.int64(),
  };
}

function outcomeRow(reader: ByteReader): OutcomeRow {
  return {
    kind: 'outcomes',
    pipeline: reader.text(),
    experiment: reader.text(),
    metric: reader.text(),
    variant: reader.uint8(),
    stage: reader.uint16(),
    period: reader.uint16(),
    segment: reader.text(),
    partition: reader.uint16(),
    version: reader.int64(),
    tally: tally(reader),
  };
}

function clusterRow(reader: ByteReader): ClusterRow {
  return {
    kind: 'clusters',
    pipeline: reader.text(),
    experiment: reader.text(),
    metric: reader.text(),
    variant: reader.uint8(),
    stage: reader.uint16(),
    ...(readClusterDay(reader.text()) ?? { day: 0, cluster: '' }),
    partition: reader.uint16(),
    version: reader.int64(),
    tally: tally(reader),
  };
}

function covariateRow(reader: ByteReader): CovariateRow {
  return {
    kind: 'covariates',
    pipeline: reader.text(),
    experiment: reader.text(),
    metric: reader.text(),
    variant: reader.uint8(),
    stage: reader.uint16(),
    partition: reader.uint16(),
    version: reader.int64(),
    tally: { count: reader.int64(), sums: integers(reader), products: integers(reader) },
  };
}

/** An Array(Int128) as limbs. */
function integers(reader: ByteReader): Float64Array {
  const limbs = exactSums(reader.varint());
  for (let at = 0; at < limbs.length; at += 2) int128(reader, limbs, at);
  return limbs;
}

function tally(reader: ByteReader): Tally {
  const units = reader.int64();
  const filled = reader.varint();
  const read = new Float64Array(tallyBinsAt + 2 * filled);
  read[0] = units;
  for (let i = 0; i < filled; i += 1) read[tallyBinsAt + 2 * i] = reader.uint16();
  reader.varint(); // as many counts as bins
  for (let i = 0; i < filled; i += 1) read[tallyBinsAt + 2 * i + 1] = reader.uint32();
  for (let at = 0; at < outcomeSums; at += 1) int128(reader, read, tallySumsAt + 2 * at);
  return read;
}

/** A little-endian Int128 as the limbs high × 2⁵² + low, 0 ≤ low < 2⁵². */
function int128(reader: ByteReader, limbs: Float64Array, at: number): void {
  const lowest = reader.uint32();
  const next = reader.uint32();
  const top = reader.int64();
  limbs[at] = lowest + (next % 1_048_576) * 4_294_967_296;
  limbs[at + 1] = Math.floor(next / 1_048_576) + top * 4_096;
}
