import { rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openEventLog } from '../../../sources/log/eventLog.ts';
import { canMount, mountSmallDisk } from '../../support/smallDisk.ts';
import { readAll, sliceOf, withDirectory } from './support/records.ts';

const megabyte = 2 ** 20;

test('more than may wait is refused as OVERLOADED, and is taken later', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 1, pendingBytesMax: 100_000 });
    const big = sliceOf(0, ['x'.repeat(80_000)]);
    const first = log.append([big], 1);
    expect(log.pendingBytes).toBeGreaterThan(80_000);
    await expect(log.append([big], 1)).rejects.toMatchObject({ code: 'OVERLOADED' });
    await first;
    expect(log.pendingBytes).toBe(0);
    const huge = sliceOf(0, ['y'.repeat(300_000)]);
    await log.append([huge], 2); // alone it may exceed the limit: else it could never be taken
    expect(log.end(0)).toBe(2);
    await log.close();
  }));

test('a log at its size refuses with LOG_FULL and takes again once retention made room', () =>
  withDirectory(async (directory) => {
    const mapSize = 4 * megabyte;
    const log = await openEventLog({ directory, partitions: 2, mapSize, retention: { ageMs: 50 } });
    const slices = [sliceOf(0, ['a'.repeat(50_000)]), sliceOf(1, ['b'.repeat(50_000)])];
    for (let cycle = 0; cycle < 8; cycle += 1) {
      const before = log.end(0);
      let refused: unknown;
      for (let i = 0; i < 100 && refused === undefined; i += 1) {
        await log.append(slices, 100 * cycle).catch((error: unknown) => {
          refused = error;
        });
      }
      expect(refused).toMatchObject({ code: 'LOG_FULL' });
      expect(log.end(0)).toBe(log.end(1)); // never one slice of two
      expect(readAll(log, 0).map(({ offset }) => offset)).toEqual(
        Array.from({ length: log.end(0) - before }, (_, i) => before + i),
      );
      await log.retain(100 * cycle + 51, [log.end(0), log.end(1)]);
      expect([log.start(0), log.storedBytes]).toEqual([log.end(0), 0]);
    }
    expect(statSync(join(directory, 'data.mdb')).size).toBeLessThan(1.5 * mapSize);
    await log.close();
  }));

/** Runs `use` with a directory on a disk of 40 MiB. */
function withSmallDisk(use: (directory: string) => Promise<void>): Promise<void> {
  return withDirectory(async (directory) => {
    const unmount = mountSmallDisk(directory, 40);
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined); // lmdb prints
    try {
      await use(directory);
    } finally {
      quiet.mockRestore();
      unmount();
    }
  });
}

test.skipIf(!canMount)('a log that fills the disk says LOG_FULL and can still delete', () =>
  withSmallDisk(async (directory) => {
    const log = await openEventLog({ directory, partitions: 2, retention: { ageMs: 0 } });
    const slices = [sliceOf(0, ['a'.repeat(50_000)]), sliceOf(1, ['b'.repeat(50_000)])];
    for (let cycle = 0; cycle < 6; cycle += 1) {
      for (let i = 0; i < 1000; i += 1) {
        const refused = await log.append(slices, 1).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (refused === undefined) continue;
        expect(refused).toMatchObject({ code: 'LOG_FULL' });
        break;
      }
      expect(log.end(0) - log.start(0)).toBeGreaterThan(50);
      expect(log.end(0)).toBe(log.end(1));
      await log.retain(100, [log.end(0), log.end(1)]);
      expect(log.storedBytes).toBe(0);
    }
    await log.close();
  }),
);

test.skipIf(!canMount)('a disk that others filled is LOG_FULL, leaves no half, and passes', () =>
  withSmallDisk(async (directory) => {
    const options = { directory: join(directory, 'log'), partitions: 2 };
    const log = await openEventLog(options);
    const large = 'a'.repeat(1_500_000);
    const appends = Array.from({ length: 8 }, (_, i) =>
      log.append([sliceOf(0, [large]), sliceOf(1, ['b'])], i),
    );
    const ballast = join(directory, 'ballast');
    const { bavail, bsize } = statfsSync(directory);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 800_000));
    const outcomes = await Promise.allSettled(appends);
    const reasons = outcomes.map((o) => (o.status === 'rejected' ? o.reason.code : 'stored'));
    expect(reasons).toContain('LOG_FULL');
    expect(new Set(reasons)).not.toContain('LOG_UNAVAILABLE');
    const stored = reasons.filter((reason) => reason === 'stored').length;
    expect([log.end(0), log.end(1)]).toEqual([stored, stored]);
    expect(readAll(log, 0)).toHaveLength(stored);
    rmSync(ballast);
    const next = await log.append([sliceOf(0, [large]), sliceOf(1, ['b'])], 9);
    expect(next.map(({ firstOffset }) => firstOffset)).toEqual([stored, stored]);
    await log.close();
    const again = await openEventLog(options);
    expect([again.end(0), again.end(1)]).toEqual([stored + 1, stored + 1]);
    expect(readAll(again, 0)).toHaveLength(stored + 1);
    await again.close();
  }),
);
