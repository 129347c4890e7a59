/**
 * How the partitions of all processes are, as this one shows them: of its own it knows at first hand, of the others what
 * the topic and the database tell, some seconds late.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pipeline } from '../contracts/pipeline.ts';
import type { Store } from '../contracts/store.ts';
import { ClusterBook } from '../pipelines/clusterBook.ts';
import { readProgress } from '../pipelines/progressNotes.ts';
import { type PartitionPicture, steadyMs, wallTime } from '../pipelines/status.ts';
import { watchTopic } from '../sources/kafka/topicWatch.ts';
import type { KafkaAccess } from './eventPlace.ts';

export interface ClusterStatusOptions {
  readonly kafka: KafkaAccess;
  readonly store: Store;
  readonly pipelines: readonly Pipeline[];
  /** The partitions that this process runs. */
  own(): readonly PartitionPicture[];
}

export interface ClusterStatus {
  partitions(): PartitionPicture[];
  close(): Promise<void>;
}

/** Pause between two questions to the database, ms; notes come every two seconds. */
const everyMs = 1_000;

/** @throws EngineError KAFKA_UNAVAILABLE or TOPIC_ABSENT */
export async function watchCluster(options: ClusterStatusOptions): Promise<ClusterStatus> {
  const { store, pipelines, own } = options;
  const { library, place, partitions } = options.kafka;
  const book = new ClusterBook(pipelines, partitions);
  const names = pipelines.map(({ name }) => name);
  const closing = new AbortController();
  const { signal } = closing;

  const watch = await watchTopic({
    library,
    settings: place.settings,
    topic: place.topic,
    onEnds: (ends) => book.takeEnds(ends, steadyMs()),
  });

  async function keepReading(): Promise<void> {
    while (!signal.aborted) {
      // A database that does not answer is told by the health check.
      const notes = await readProgress(store, names, signal).catch(() => undefined);
      if (notes !== undefined) book.takeNotes(notes, steadyMs());
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
  const reading = keepReading();

  return {
    partitions() {
      const first = new Map(own().map((picture) => [placeOf(picture), picture]));
      return book.read(steadyMs()).map(
        (picture) =>
          first.get(placeOf(picture)) ?? {
            ...picture,
            waitingSince: wallTime(picture.waitingSince),
          },
      );
    },
    async close() {
      closing.abort();
      await Promise.all([watch.close(), reading]);
    },
  };
}

function placeOf({ pipeline, partition }: PartitionPicture): string {
  return `${pipeline} ${partition}`;
}
