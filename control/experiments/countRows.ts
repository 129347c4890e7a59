/** Rows of the tables of counts, from RowBinary: an answer of ClickHouse, or what a pipeline puts out. */
import { ByteReader } from '../../contracts/byteReader.ts';
import { readClusterDay } from '../../contracts/clusterDay.ts';
import { outcomeSums } from '../../models/measure/outcomeScale.ts';
import type { ExactCrossMomentsState } from '../../stats/exact/exactCrossMoments.ts';
import { exactSums } from '../../stats/exact/exactSum.ts';
import {
  type CountKind,
  makeTally,
  type Tally,
  tallyBinsAt,
  tallySumsAt,
} from './experimentCounts.ts';

export const countTables: Readonly<Record<CountKind, string>> = {
  exposures: 'experiment_exposures',
  outcomes: 'experiment_outcomes',
  clusters: 'experiment_clusters',
  covariates: 'experiment_covariates',
};

interface Placed {
  experiment: string;
  variant: number;
  stage: number;
  partition: number;
  /** Last contributing offset. */
  version: number;
}

export interface ExposureRow extends Placed {
  readonly kind: 'exposures';
  hour: number;
  units: number;
  crossed: number;
  objected: number;
}

export interface OutcomeRow extends Placed {
  readonly kind: 'outcomes';
  metric: string;
  period: number;
  segment: string;
  tally: Tally;
}

export interface ClusterRow extends Placed {
  readonly kind: 'clusters';
  metric: string;
  /** '' where `tally` has the days of which everybody is scored, as units. */
  cluster: string;
  /** On which its members came. */
  day: number;
  tally: Tally;
}

export interface CovariateRow extends Placed {
  readonly kind: 'covariates';
  metric: string;
  tally: ExactCrossMomentsState;
}

export type CountRow =
  | Readonly<ExposureRow>
  | Readonly<OutcomeRow>
  | Readonly<ClusterRow>
  | Readonly<CovariateRow>;

/**
 * Reads rows with all columns of the table, in its order.
 *
 * One object is lent for all rows, its tally included: what is to last longer than until the next row is copied. Moments of
 * covariates are made for each row, and may be kept.
 */
export function countRows(kind: CountKind, bytes: Uint8Array): Generator<CountRow> {
  return readers[kind](new ByteReader(bytes));
}

const readers = {
  exposures: exposureRows,
  outcomes: outcomeRows,
  clusters: clusterRows,
  covariates: covariateRows,
} as const;

const noCluster = { day: 0, cluster: '' };
const noMoments = { count: 0, sums: exactSums(0), products: exactSums(0) };
const placed = { experiment: '', variant: 0, stage: 0, partition: 0, version: 0 };

function* exposureRows(reader: ByteReader): Generator<CountRow> {
  const nothing = { hour: 0, units: 0, crossed: 0, objected: 0 };
  const row: ExposureRow = { kind: 'exposures', ...placed, ...nothing };
  const experiment = new RepeatedText(reader);
  while (!reader.isAtEnd) {
    reader.skipString(); // pipeline
    row.experiment = experiment.read();
    row.variant = reader.uint8();
    row.stage = reader.uint16();
    row.hour = reader.int64();
    row.partition = reader.uint16();
    row.version = reader.int64();
    row.units = reader.int64();
    row.crossed = reader.int64();
    row.objected = reader.int64();
    yield row;
  }
}

function* outcomeRows(reader: ByteReader): Generator<CountRow> {
  const tally = makeTally(0);
  const row: OutcomeRow = {
    kind: 'outcomes',
    ...placed,
    metric: '',
    period: 0,
    segment: '',
    tally,
  };
  const experiment = new RepeatedText(reader);
  const metric = new RepeatedText(reader);
  const segment = new RepeatedText(reader);
  while (!reader.isAtEnd) {
    reader.skipString(); // pipeline
    row.experiment = experiment.read();
    row.metric = metric.read();
    row.variant = reader.uint8();
    row.stage = reader.uint16();
    row.period = reader.uint16();
    row.segment = segment.read();
    row.partition = reader.uint16();
    row.version = reader.int64();
    row.tally = readTally(reader);
    yield row;
  }
}

function* clusterRows(reader: ByteReader): Generator<CountRow> {
  const row: ClusterRow = {
    kind: 'clusters',
    ...placed,
    metric: '',
    cluster: '',
    day: 0,
    tally: makeTally(0),
  };
  const experiment = new RepeatedText(reader);
  const metric = new RepeatedText(reader);
  while (!reader.isAtEnd) {
    reader.skipString(); // pipeline
    row.experiment = experiment.read();
    row.metric = metric.read();
    row.variant = reader.uint8();
    row.stage = reader.uint16();
    const { day, cluster } = readClusterDay(reader.text()) ?? noCluster;
    row.day = day;
    row.cluster = cluster;
    row.partition = reader.uint16();
    row.version = reader.int64();
    row.tally = readTally(reader);
    yield row;
  }
}

function* covariateRows(reader: ByteReader): Generator<CountRow> {
  const row: CovariateRow = { kind: 'covariates', ...placed, metric: '', tally: noMoments };
  const experiment = new RepeatedText(reader);
  const metric = new RepeatedText(reader);
  while (!reader.isAtEnd) {
    reader.skipString(); // pipeline
    row.experiment = experiment.read();
    row.metric = metric.read();
    row.variant = reader.uint8();
    row.stage = reader.uint16();
    row.partition = reader.uint16();
    row.version = reader.int64();
    row.tally = { count: reader.int64(), sums: integers(reader), products: integers(reader) };
    yield row;
  }
}

/** An Array(Int128) as limbs. */
function integers(reader: ByteReader): Float64Array {
  const limbs = exactSums(reader.varint());
  for (let at = 0; at < limbs.length; at += 2) int128(reader, limbs, at);
  return limbs;
}

/** A column in which rows often have the text of the row before: it is made once. */
class RepeatedText {
  readonly #reader: ByteReader;
  #from = 0;
  #to = 0;
  #text = '';

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  read(): string {
    const reader = this.#reader;
    const start = reader.at;
    const length = reader.varint();
    const from = reader.at;
    if (this.#isSame(from, length)) {
      reader.at += length;
    } else {
      reader.at = start;
      this.#text = reader.text();
      this.#from = from;
      this.#to = from + length;
    }
    return this.#text;
  }

  #isSame(from: number, length: number): boolean {
    if (length !== this.#to - this.#from) return false;
    const { bytes } = this.#reader;
    for (let i = 0; i < length; i += 1) {
      if (bytes[from + i] !== bytes[this.#from + i]) return false;
    }
    return true;
  }
}

/** Tallies of few bins, lent again and again, by the number of bins. */
const lent: Tally[] = [];

/** Holds until the next one of as many bins is read. */
function readTally(reader: ByteReader): Tally {
  const units = reader.int64();
  const filled = reader.varint();
  lent[filled] ??= new Float64Array(tallyBinsAt + 2 * filled);
  const read = lent[filled];
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
