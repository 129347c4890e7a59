/**
 * Brings a partition back to its marker: marker and state in one query, into a new instance.
 *
 * Rows beyond the marker stay: the replay writes the same rows again, and each replaces its equal. Removing them would be
 * wrong: an insert of a worker that died may still land afterwards, marker included, and what was removed would be missed.
 */
import type { LogReader } from '../contracts/chunk.ts';
import type { Pipeline } from '../contracts/pipeline.ts';
import type { Store } from '../contracts/store.ts';
import { restoreCheckpoint } from './checkpoint.ts';
import { type CommitHooks, persist } from './commit.ts';
import { Instance } from './instance.ts';

/**
 * A pipeline that has never committed begins with the oldest record that the log still has.
 *
 * @param reader the log
 * @param poison offsets of records that break the pipeline, with the reason
 */
export async function recoverInstance(
  store: Store,
  pipeline: Pipeline,
  partition: number,
  reader: LogReader,
  poison: ReadonlyMap<number, string>,
  signal: AbortSignal,
  hooks: CommitHooks = {},
): Promise<Instance> {
  const restore = async () => {
    const instance = new Instance(pipeline, partition, reader.partitions, poison);
    hooks.onStep?.('before restore');
    const marker = await restoreCheckpoint(store, pipeline, partition, instance.tables);
    instance.resume(marker?.endOffset ?? reader.start(partition));
    hooks.onStep?.('after restore');
    return instance;
  };
  return persist(restore, signal, hooks);
}
