/** Whether a topic is the one that the state was made from, as far as its partitions tell: looked at before anything runs. */
import { EngineError } from '../contracts/errors.ts';
import type { Store } from '../contracts/store.ts';
import { readMarkers } from './progressNotes.ts';

export interface TopicPartitions {
  readonly topic: string;
  readonly partitions: number;
}

/**
 * With another number of partitions a user's events would go to a partition that knows nothing of her.
 *
 * @throws EngineError PARTITIONS_CHANGED
 */
export async function expectOwnTopic(
  store: Store,
  pipelines: readonly string[],
  { topic, partitions }: TopicPartitions,
): Promise<void> {
  const stored = await readMarkers(store, pipelines);
  const foreign = stored.find(({ marker }) => marker.partitions !== partitions);
  if (foreign === undefined) return;
  const before = foreign.marker.partitions;
  throw new EngineError(
    'PARTITIONS_CHANGED',
    `the topic ${topic} has ${partitions} partitions, but the state was made from one of ${before}: ` +
      `name a topic of ${before} partitions that goes on where that one ended (MILLRACE_TOPIC), or begin anew ` +
      'with another database (CLICKHOUSE_DATABASE), which reads the topic from its beginning',
  );
}
