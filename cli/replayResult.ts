/**
 * A past result computed again from the event log: the pipeline is run up to the offsets of the counts, without a store.
 *
 * Counts are a function of the log alone, and a result one of counts and definition; so what comes out is the same to the byte
 * as what was shown then.
 */
import { type LogReader, sliceChunk } from '../contracts/chunk.ts';
import { EngineError } from '../contracts/errors.ts';
import type { ExperimentRecord } from '../contracts/experimentRecord.ts';
import type { ExperimentResult } from '../contracts/experimentResult.ts';
import type { Pipeline } from '../contracts/pipeline.ts';
import { countRows, countTables } from '../control/experiments/countRows.ts';
import { evaluateExperiment } from '../control/experiments/evaluate.ts';
import {
  type CountKind,
  countKinds,
  type ExperimentCounts,
} from '../control/experiments/experimentCounts.ts';
import { GatheredCounts } from '../control/experiments/gatheredCounts.ts';
import { Instance } from '../pipelines/instance.ts';

export type CountOffsets = ExperimentCounts['offsets'];

/** The offsets of a result, which are those of its counts unless it was evaluated while an epoch was being written. */
export function offsetsOfResult({ offsets }: ExperimentResult): CountOffsets {
  return { exposures: offsets, outcomes: offsets, clusters: offsets };
}

/**
 * An experiment's counts as they were.
 *
 * @param offsets of the counts, as a certificate has them: each kind up to its own
 * @throws EngineError LOG_UNAVAILABLE when retention has removed a part of the log, or it is shorter
 */
export function replayCounts(
  log: LogReader,
  pipeline: Pipeline,
  experiment: string,
  offsets: CountOffsets,
): ExperimentCounts {
  const counts = new GatheredCounts();
  const partitions = new Set(
    countKinds.flatMap((kind) => offsets[kind].map(({ partition }) => partition)),
  );
  for (const partition of [...partitions].sort((a, b) => a - b)) {
    const ends = countKinds.map((kind): [CountKind, number] => {
      const found = offsets[kind].find((each) => each.partition === partition);
      return [kind, found?.offset ?? 0];
    });
    replayPartition(log, pipeline, partition, new Map(ends), (kind, bytes) => {
      for (const row of countRows(kind, bytes)) {
        if (row.experiment === experiment) counts.take(row);
      }
    });
  }
  return counts;
}

function replayPartition(
  log: LogReader,
  pipeline: Pipeline,
  partition: number,
  ends: ReadonlyMap<CountKind, number>,
  take: (kind: CountKind, rows: Uint8Array) => void,
): void {
  const from = log.start(partition);
  const last = Math.max(...ends.values());
  if (from > 0 || log.end(partition) < last) {
    throw new EngineError(
      'LOG_UNAVAILABLE',
      `partition ${partition} of the log has the offsets ${from} to ${log.end(partition)}; the result needs 0 to ${last}`,
    );
  }
  const instance = new Instance(pipeline, partition, log.partitions);
  try {
    for (const end of [...new Set(ends.values())].sort((a, b) => a - b)) {
      while (instance.position < end) {
        const chunk = log.read(partition, instance.position)!;
        instance.push(sliceChunk(chunk, 0, Math.min(chunk.length, end - chunk.firstOffset)));
        const { outputs } = instance.cut(false);
        for (const [kind, until] of ends) {
          const rows = outputs.find(({ table }) => table === countTables[kind]);
          if (rows !== undefined && instance.position <= until) take(kind, rows.bytes);
        }
      }
    }
  } finally {
    instance.close();
  }
}

/**
 * A past result again.
 *
 * @param record  the definition of then, by the revision of the result
 * @param offsets of the result or of its certificate
 * @param at      when it was evaluated, ms since 1970
 * @throws EngineError LOG_UNAVAILABLE, see {@link replayCounts}
 */
export function replayResult(
  log: LogReader,
  pipeline: Pipeline,
  record: ExperimentRecord,
  offsets: CountOffsets,
  at: number,
): ExperimentResult {
  const counts = replayCounts(log, pipeline, record.experiment.key, offsets);
  return evaluateExperiment(record, counts, at);
}
