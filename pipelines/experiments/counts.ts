/** The kinds of cells that an experiment fills: exposures, outcomes of users and of clusters, outcomes with covariates. */
import type { ByteWriter } from '../../contracts/byteWriter.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import { outcomeSums } from '../../models/measure/outcomeScale.ts';
import type { ExactCrossMomentsState } from '../../stats/exact/exactCrossMoments.ts';
import { exactSums } from '../../stats/exact/exactSum.ts';
import { Cells } from '../cells.ts';

export interface ExposureCell {
  /** Units exposed for the first time. */
  units: number;
  /** Of these, such as were seen in another variant later. */
  crossed: number;
  /** Of these, such as objected before all their metrics were scored; absent in states from before it was counted. */
  objected?: number;
}

export interface OutcomeCell {
  /** Units scored. */
  units: number;
  /** Units by bin of the metric's scale. */
  bins: Uint32Array;
  /** Exact, see `outcomeScale`. */
  sums: Float64Array;
}

/** Key: experiment, variant, stage, hour (ms since 1970). */
export type ExposureCells = Cells<ExposureCell>;
/** Key: experiment, metric, variant, stage, period, segment. */
export type OutcomeCells = Cells<OutcomeCell>;
/** Key: experiment, metric, variant, stage, cluster with day, see `clusterDay`. */
export type ClusterCells = Cells<OutcomeCell>;
/** Key: experiment, metric, variant, stage. */
export type CovariateCells = Cells<ExactCrossMomentsState>;

export function exposureCells(context: PipelineContext, pipeline: string): ExposureCells {
  return new Cells<ExposureCell>(context, pipeline, {
    name: 'experiment-exposures',
    table: 'experiment_exposures',
    initial: () => ({ units: 0, crossed: 0, objected: 0 }),
    encodeKey(writer, [experiment, variant, stage, hour]) {
      writer.text(experiment!);
      writer.uint8(Number(variant));
      writer.uint16(Number(stage));
      writer.int64(Number(hour));
    },
    encode(writer, { units, crossed, objected = 0 }) {
      writer.int64(units);
      writer.int64(crossed);
      writer.int64(objected);
    },
  });
}

/** @param binsOf bins of a metric of an experiment */
export function outcomeCells(
  context: PipelineContext,
  pipeline: string,
  binsOf: (experiment: string, metric: string) => number,
): OutcomeCells {
  return new Cells<OutcomeCell>(context, pipeline, {
    name: 'experiment-outcomes',
    table: 'experiment_outcomes',
    initial: ([experiment, metric]) => emptyOutcome(binsOf(experiment!, metric!)),
    encodeKey(writer, [experiment, metric, variant, stage, period, segment]) {
      writer.text(experiment!);
      writer.text(metric!);
      writer.uint8(Number(variant));
      writer.uint16(Number(stage));
      writer.uint16(Number(period));
      writer.text(segment!);
    },
    encode: encodeOutcome,
  });
}

export function clusterCells(context: PipelineContext, pipeline: string): ClusterCells {
  return new Cells<OutcomeCell>(context, pipeline, {
    name: 'experiment-clusters',
    table: 'experiment_clusters',
    // What is compared is the clusters' sums: their members' bins say nothing more.
    initial: () => emptyOutcome(0),
    encodeKey(writer, [experiment, metric, variant, stage, cluster]) {
      writer.text(experiment!);
      writer.text(metric!);
      writer.uint8(Number(variant));
      writer.uint16(Number(stage));
      writer.text(cluster!);
    },
    encode: encodeOutcome,
  });
}

/** @param initialOf empty moments of a metric of an experiment */
export function covariateCells(
  context: PipelineContext,
  pipeline: string,
  initialOf: (experiment: string, metric: string) => ExactCrossMomentsState,
): CovariateCells {
  return new Cells<ExactCrossMomentsState>(context, pipeline, {
    name: 'experiment-covariates',
    table: 'experiment_covariates',
    initial: ([experiment, metric]) => initialOf(experiment!, metric!),
    encodeKey(writer, [experiment, metric, variant, stage]) {
      writer.text(experiment!);
      writer.text(metric!);
      writer.uint8(Number(variant));
      writer.uint16(Number(stage));
    },
    encode(writer, { count, sums, products }) {
      writer.int64(count);
      for (const limbs of [sums, products]) {
        writer.varint(limbs.length / 2);
        for (let at = 0; at < limbs.length; at += 2) {
          writeInt128(writer, limbs[at]!, limbs[at + 1]!);
        }
      }
    },
  });
}

function emptyOutcome(bins: number): OutcomeCell {
  return { units: 0, bins: new Uint32Array(bins), sums: exactSums(outcomeSums) };
}

/** Bins as pairs of number and units, without the empty ones; sums as Int128. */
function encodeOutcome(writer: ByteWriter, { units, bins, sums }: OutcomeCell): void {
  writer.int64(units);
  const filled: number[] = [];
  bins.forEach((count, bin) => {
    if (count > 0) filled.push(bin);
  });
  writer.varint(filled.length);
  for (const bin of filled) writer.uint16(bin);
  writer.varint(filled.length);
  for (const bin of filled) writer.uint32(bins[bin]!);
  for (let at = 0; at < outcomeSums; at += 1) writeInt128(writer, sums[2 * at]!, sums[2 * at + 1]!);
}

/** high × 2⁵² + low, 0 ≤ low < 2⁵², as a little-endian Int128 in two's complement. */
function writeInt128(writer: ByteWriter, low: number, high: number): void {
  // The low 64 bits are low + (high mod 2¹²) × 2⁵²; the rest is ⌊high / 2¹²⌋.
  const top = Math.floor(high / 4_096);
  const part = high - top * 4_096;
  writer.uint32(low % 4_294_967_296);
  writer.uint32(Math.floor(low / 4_294_967_296) + part * 1_048_576);
  writer.int64(top);
}
