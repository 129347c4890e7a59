/** A disk that others fill while events flow: the engine turns events away, says so, and goes on when there is room again. */
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../benchmarks/support/tables.ts';
import { Health } from '../../contracts/api.ts';
import { campusBodies } from '../support/campusBodies.ts';
import {
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
  undisturbed,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { type Producer, startProducer } from '../support/producer.ts';
import { canMount, mountSmallDisk } from '../support/smallDisk.ts';

describe.skipIf(!canMount)('a full disk', () => {
  const data = temporaryDirectory();
  const ballast = join(data, 'ballast');
  let unmount: () => void;
  let at: TestEngine;
  let producer: Producer;

  /** Leaves nothing to the engine: what it frees by merging is taken at once. */
  function fill(): void {
    const { bavail, bsize } = statfsSync(data);
    try {
      writeFileSync(ballast, Buffer.alloc(bavail * bsize), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error; // the engine was faster
    }
  }

  beforeAll(async () => {
    unmount = mountSmallDisk(data, 256);
    at = await startTestEngine(data);
    producer = startProducer(at.url, campusBodies(6_000, 10));
    await producer.more(500);
  }, 120_000);
  afterAll(async () => {
    await producer?.stop();
    await at?.stop();
    unmount();
    removeDirectory(data);
  }, 60_000);

  test('is said, with what to do, and nothing more is acknowledged', async () => {
    await eventually(async () => {
      fill();
      const { state, sentence } = await at.get('/v1/health', Health);
      expect({ state, sentence }).toMatchObject({
        state: 'bad',
        sentence: expect.stringContaining('New events are turned away'),
      });
    });
    const acknowledged = producer.acknowledged.size;
    await sleep(500);
    expect(producer.acknowledged.size - acknowledged).toBeLessThan(100);
    expect((await fetch(`${at.url}/livez`)).status).toBe(200);
  }, 120_000);

  test('passes: with room again all goes on, and every acknowledged event is there once', async () => {
    rmSync(ballast);
    await producer.more(500);
    await eventually(async () => {
      expect((await at.get('/v1/health', Health)).state).toBe('good');
    });
    await producer.stop();
    await at.settle();
    const rows = await at.engine.store.query<{ name: string }>(
      `SELECT concat(user, ' ', id) AS name FROM events FINAL ORDER BY name`,
    );
    expect(rows.map(({ name }) => name)).toEqual([...producer.acknowledged].sort());
    const found = await readContents(at.engine.store);
    await at.stop();
    expect(describeDifferences(found, await undisturbed(data))).toEqual([]);
  }, 120_000);
});
