/**
 * Brings a partition back to its marker: marker and state in one query, into a new instance.
 *
 * Rows beyond the marker stay: the replay writes the same rows again, and each replaces its equal. Removing them would be
 * wrong: an insert of a worker that died may still land afterwards, marker included, and what was removed would be missed.
 */
import type { LogReader } from '../contracts/chunk.ts';
import { EngineError } from '../contracts/errors.ts';
import type { Pipeline, PipelineSurroundings } from '../contracts/pipeline.ts';
import type { Store } from '../contracts/store.ts';
import { restoreCheckpoint } from './checkpoint.ts';
import { type CommitHooks, persist } from './commit.ts';
import { Instance } from './instance.ts';
import type { Marker } from './marker.ts';

export interface Recovered {
  readonly instance: Instance;
  /** undefined when the partition has never committed. */
  readonly marker: Marker | undefined;
}

/**
 * A pipeline that has never committed begins with the oldest record that the log still has.
 *
 * @param reader the log
 * @param poison offsets of records that break the pipeline, with the reason
 * @throws EngineError LOG_UNAVAILABLE or PARTITIONS_CHANGED when the log is not the one that the state was made from
 */
export async function recoverInstance(
  store: Store,
  pipeline: Pipeline,
  partition: number,
  reader: LogReader,
  poison: ReadonlyMap<number, string>,
  signal: AbortSignal,
  hooks: CommitHooks = {},
  surroundings: PipelineSurroundings = {},
): Promise<Recovered> {
  expectOldPartition(partition, reader);
  const restore = async () => {
    const instance = new Instance(pipeline, partition, reader.partitions, poison, surroundings);
    hooks.onStep?.('before restore');
    const marker = await restoreCheckpoint(store, pipeline, partition, instance.tables);
    instance.resume(marker?.endOffset ?? reader.start(partition), marker?.receivedAt);
    hooks.onStep?.('after restore');
    return { instance, marker };
  };
  const recovered = await persist(restore, signal, hooks);
  if (recovered.marker !== undefined) expectOwnLog(recovered.marker, reader, partition);
  return recovered;
}

/** One that was added since the log was opened has users whose state is in another. */
function expectOldPartition(partition: number, { partitions }: LogReader) {
  if (partition < partitions) return;
  throw new EngineError(
    'PARTITIONS_CHANGED',
    `partition ${partition}: the log had ${partitions} partitions when it was opened, and was given more: ` +
      'stop all processes, start them again, and do what they say',
  );
}

/** What is begun anew with: the database holds the state, beside the log or elsewhere. */
const emptied = 'an empty data directory, or with another database where a server is used';

/** The log and the state may have been restored from copies of different times, or one of them deleted. */
function expectOwnLog({ endOffset, partitions }: Marker, reader: LogReader, partition: number) {
  if (partitions !== reader.partitions) {
    throw new EngineError(
      'PARTITIONS_CHANGED',
      `the state was written over a log of ${partitions} partitions, this one has ${reader.partitions}: ` +
        `bring back a log of ${partitions}, or start with ${emptied}`,
    );
  }
  const [start, end] = [reader.start(partition), reader.end(partition)];
  if (endOffset >= start && endOffset <= end) return;
  throw new EngineError(
    'LOG_UNAVAILABLE',
    `partition ${partition}: the marker stands at ${endOffset}, but the log has ${start} to ${end}: ` +
      `bring back the log that belongs to this state, or start with ${emptied}`,
  );
}
