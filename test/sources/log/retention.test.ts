import { expect, test } from 'vitest';
import { openEventLog } from '../../../sources/log/eventLog.ts';
import { readAll, sliceOf, withDirectory } from './support/records.ts';

const kilobyte = 'k'.repeat(1000);

test('age removes what is consumed and old, nothing else', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 2, retention: { ageMs: 100 } });
    for (let i = 0; i < 10; i += 1) {
      await log.append([sliceOf(0, ['a', 'b']), sliceOf(1, ['c'])], 10 * i);
    }
    expect(await log.retain(100, [20, 10])).toMatchObject({ chunks: 0 }); // exactly 100 ms: kept
    expect(await log.retain(141, [20, 2])).toMatchObject({ chunks: 7, records: 12 });
    expect([log.start(0), log.start(1)]).toEqual([10, 2]);
    expect(log.read(0, 0)!.firstOffset).toBe(10); // the next that is there
    expect(readAll(log, 1).map(({ offset }) => offset)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await log.retain(1e9, [19, 0])).toMatchObject({ chunks: 4, records: 8 });
    expect(log.start(0)).toBe(18); // offset 19 shares a chunk with 18
    await log.close();
  }));

test('size removes the oldest of all partitions until it fits', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 2, retention: { bytes: 20_000 } });
    for (let i = 0; i < 30; i += 1) await log.append([sliceOf(i % 2, [kilobyte])], i);
    const { chunks, bytes } = await log.retain(1000, [15, 15]);
    expect(log.storedBytes).toBeLessThanOrEqual(20_000);
    expect(log.storedBytes + bytes / chunks).toBeGreaterThan(20_000); // and not one more
    expect(Math.abs(log.start(0) - log.start(1))).toBeLessThanOrEqual(1);
    await log.close();
  }));

test('what is not consumed stays, whatever its age and size', () =>
  withDirectory(async (directory) => {
    const retention = { ageMs: 0, bytes: 0 };
    const log = await openEventLog({ directory, partitions: 1, retention });
    for (let i = 0; i < 5; i += 1) await log.append([sliceOf(0, [kilobyte, kilobyte])], i);
    expect(await log.retain(1e12, [0])).toEqual({ chunks: 0, records: 0, bytes: 0 });
    expect(await log.retain(1e12, [1])).toMatchObject({ chunks: 0 });
    expect(await log.retain(1e12, [4])).toMatchObject({ chunks: 2, records: 4 });
    expect(readAll(log, 0)).toHaveLength(6);
    await expect(log.retain(0, [])).rejects.toThrow('committed: expected 1 offsets, got 0');
    await log.close();
  }));

test('start and end outlive an emptied log and a restart', () =>
  withDirectory(async (directory) => {
    const options = { directory, partitions: 1, retention: { ageMs: 0 } };
    const log = await openEventLog(options);
    await log.append([sliceOf(0, ['a', 'b', 'c'])], 1);
    await log.retain(10, [3]);
    await log.close();
    const again = await openEventLog(options);
    expect([again.start(0), again.end(0), again.storedBytes]).toEqual([3, 3, 0]);
    expect(await again.append([sliceOf(0, ['d'])], 20)).toEqual([{ partition: 0, firstOffset: 3 }]);
    expect(again.read(0, 0)).toMatchObject({ firstOffset: 3, length: 1 });
    await again.close();
  }));

test('appends go on while thousands of chunks are removed', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 1, retention: { ageMs: 0 } });
    const appends = Array.from({ length: 5000 }, (_, i) => log.append([sliceOf(0, ['x'])], i));
    await Promise.all(appends); // different times: 5,000 chunks
    const retained = log.retain(1e9, [4500]);
    const appended = await log.append([sliceOf(0, ['y'])], 5000);
    expect(appended[0]!.firstOffset).toBe(5000);
    expect(await retained).toMatchObject({ chunks: 4500, records: 4500 });
    expect(readAll(log, 0)).toHaveLength(501);
    await log.close();
  }));
