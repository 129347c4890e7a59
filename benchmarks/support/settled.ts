/** Waits until a data plane has committed everything that its log holds. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../cli/engine.ts';

/** @throws Error when it takes longer than `timeoutMs`, with the state of each partition */
export async function settled(engine: Engine, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const partitions = engine.dataPlane.partitions();
    const behind = partitions.filter(
      (each) => each.committedOffset < engine.log.end(each.partition),
    );
    if (behind.length === 0) return;
    if (Date.now() > deadline) {
      throw new Error(`not settled after ${timeoutMs} ms: ${JSON.stringify(behind)}`);
    }
    await sleep(5);
  }
}
