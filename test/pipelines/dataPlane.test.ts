/** Workers that die: how soon they are started again, and that a stop does not wait for it. */
import { expect, test } from 'vitest';
import { DataPlane } from '../../pipelines/dataPlane.ts';
import { eventually } from '../support/eventually.ts';

test('a worker that cannot load is started again ever more slowly, and a stop does not wait', async () => {
  const endedAt: number[] = [];
  const plane = new DataPlane({
    pipelines: ['learning'],
    log: { directory: '/nowhere', partitions: 1 },
    limits: { epochMs: 300, checkpointMs: 2_000, epochEvents: 100_000 },
    workerEntry: new URL('data:text/javascript,throw new Error("no such module")'),
    onWorkerExit: (detail) => {
      expect(detail).toBe('no such module');
      endedAt.push(performance.now());
    },
  });
  plane.prepare();
  await eventually(async () => expect(endedAt.length).toBe(3));
  // Pauses of 200 and 500 ms, and the same time for each start.
  expect(endedAt[2]! - endedAt[1]!).toBeGreaterThan(490);
  expect(endedAt[1]! - endedAt[0]!).toBeGreaterThan(190);
  expect(plane.partitions()[0]).toMatchObject({
    state: 'starting',
    detail: 'the worker ended (no such module) and is started again',
  });
  const stoppedAt = performance.now();
  await plane.stop();
  expect(performance.now() - stoppedAt).toBeLessThan(1_000);
  expect(plane.partitions()[0]!.state).toBe('stopped');
});
