/** Waits until a data plane has committed everything that its log holds. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../cli/engine.ts';

/** How long it must have been so on Kafka, where the end of the topic is looked up once a second, ms. */
const quietMs = 3_000;

/** @throws Error when it takes longer than `timeoutMs`, with the state of each partition */
export async function settled(engine: Engine, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let since = Infinity;
  for (;;) {
    const partitions = engine.dataPlane.partitions();
    const behind = partitions.filter(
      ({ partition, committedOffset, endOffset }) =>
        committedOffset < (engine.log?.end(partition) ?? endOffset ?? Infinity),
    );
    const isSettled = behind.length === 0 && partitions.length >= engine.partitions;
    since = isSettled ? Math.min(since, Date.now()) : Infinity;
    if (Date.now() - since >= (engine.log === undefined ? quietMs : 0)) return;
    if (Date.now() > deadline) {
      throw new Error(`not settled after ${timeoutMs} ms: ${JSON.stringify(behind)}`);
    }
    await sleep(5);
  }
}
