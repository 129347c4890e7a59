import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunkBytesMax, chunkRecordsMax } from '../../../sources/log/chunkPacker.ts';
import { openEventLog } from '../../../sources/log/eventLog.ts';
import { readAll, sliceOf, textsOf, withDirectory } from './support/records.ts';

test('offsets are consecutive per partition and go on after a restart', () =>
  withDirectory(async (directory) => {
    const first = await openEventLog({ directory, partitions: 3 });
    expect([0, 1, 2].map((p) => [first.start(p), first.end(p)])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(await first.append([sliceOf(2, ['a', 'b']), sliceOf(0, ['c'])], 10)).toEqual([
      { partition: 2, firstOffset: 0 },
      { partition: 0, firstOffset: 0 },
    ]);
    await first.close();
    const second = await openEventLog({ directory, partitions: 3 });
    expect(second.end(2)).toBe(2);
    expect(await second.append([sliceOf(2, ['d'])], 20)).toEqual([
      { partition: 2, firstOffset: 2 },
    ]);
    expect(readAll(second, 2)).toEqual([
      { offset: 0, text: 'a', receivedAt: 10 },
      { offset: 1, text: 'b', receivedAt: 10 },
      { offset: 2, text: 'd', receivedAt: 20 },
    ]);
    expect(second.read(1, 0)).toBeUndefined();
    expect([0, 1, 2, 3].map((offset) => second.takenAt(2, offset))).toEqual([
      10,
      10,
      20,
      undefined,
    ]);
    expect(second.storedBytes).toBeGreaterThan(0);
    await second.close();
  }));

test('a read in the middle of a chunk gives the rest of it', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 1 });
    await log.append([sliceOf(0, ['zero', 'one', '', 'three'])], 5);
    for (const [offset, texts] of [
      [0, ['zero', 'one', '', 'three']],
      [1, ['one', '', 'three']],
      [2, ['', 'three']],
      [3, ['three']],
    ] as const) {
      const chunk = log.read(0, offset)!;
      expect(chunk).toMatchObject({ firstOffset: offset, length: 4 - offset, receivedAt: 5 });
      expect(textsOf(chunk)).toEqual(texts);
    }
    expect(log.read(0, 4)).toBeUndefined();
    await log.close();
  }));

test('small appends at one time share a chunk, those at different times never do', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 1 });
    const appended = Promise.all([
      log.append([sliceOf(0, ['a'])], 7.25),
      log.append([sliceOf(0, ['b', 'c'])], 7.25),
      log.append([sliceOf(0, ['d'])], 8),
      log.append([sliceOf(0, ['e'])], 7.25),
    ]);
    expect((await appended).map(([at]) => at!.firstOffset)).toEqual([0, 1, 3, 4]);
    expect(log.version).toBe(1); // one transaction
    expect(textsOf(log.read(0, 0)!)).toEqual(['a', 'b', 'c']);
    expect(log.read(0, 0)!.receivedAt).toBe(7.25);
    expect(textsOf(log.read(0, 3)!)).toEqual(['d']);
    expect(textsOf(log.read(0, 4)!)).toEqual(['e']);
    await log.close();
  }));

test('a large slice is cut by records and by bytes', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 1 });
    await log.append(
      [
        sliceOf(
          0,
          Array.from({ length: 10_000 }, (_, i) => `${i}`),
        ),
      ],
      1,
    );
    expect(log.read(0, 0)!.length).toBe(chunkRecordsMax);
    const long = Array.from({ length: 40 }, (_, i) => `${i}`.padStart(60_000, '.'));
    await log.append([sliceOf(0, long), sliceOf(0, ['#'.repeat(2 * chunkBytesMax), 'end'])], 2);
    expect(readAll(log, 0).map(({ text }) => text)).toEqual([
      ...Array.from({ length: 10_000 }, (_, i) => `${i}`),
      ...long,
      '#'.repeat(2 * chunkBytesMax),
      'end',
    ]);
    expect(log.read(0, 10_000)!.bytes.length).toBeLessThanOrEqual(chunkBytesMax);
    await log.close();
  }));

test('what is read is what was appended, from every offset and after a restart', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.integer({ min: 0, max: 90_000 }).map((size) => 'y'.repeat(size)),
  );
  const slice = fc.record({
    partition: fc.nat(1),
    texts: fc.array(text, { minLength: 1, maxLength: 12 }),
  });
  const append = fc.record({
    slices: fc.array(slice, { maxLength: 4 }),
    receivedAt: fc.nat(3),
    wait: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(append, { maxLength: 12 }), fc.nat(), (appends, pick) =>
      withDirectory(async (directory) => {
        const written: { text: string; receivedAt: number }[][] = [[], []];
        const log = await openEventLog({ directory, partitions: 2 });
        const pending: Promise<unknown>[] = [];
        for (const { slices, receivedAt, wait } of appends) {
          const expected = slices.map(({ partition, texts }) => {
            const firstOffset = written[partition]!.length;
            for (const each of texts) {
              const stored = Buffer.from(each).toString();
              written[partition]!.push({ text: stored, receivedAt });
            }
            return { partition, firstOffset };
          });
          const appended = log.append(
            slices.map(({ partition, texts }) => sliceOf(partition, texts)),
            receivedAt,
          );
          pending.push(appended.then((at) => expect(at).toEqual(expected)));
          if (wait) await appended;
        }
        await Promise.all(pending);
        await log.close();
        const again = await openEventLog({ directory, partitions: 2 });
        for (const partition of [0, 1]) {
          const all = written[partition]!.map((record, offset) => ({ offset, ...record }));
          expect(again.end(partition)).toBe(all.length);
          expect(readAll(again, partition)).toEqual(all);
          const from = all.length === 0 ? 0 : pick % all.length;
          expect(readAll(again, partition, from)).toEqual(all.slice(from));
        }
        await again.close();
      }),
    ),
    { numRuns: 25, seed: 11 },
  );
});

test('the version counts commits and the listener hears of each until it is removed', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 1 });
    let calls = 0;
    const ignore = log.onAppend(() => {
      calls += 1;
      expect(log.end(0)).toBe(calls);
    });
    await log.append([sliceOf(0, ['a'])], 1);
    await log.append([sliceOf(0, ['b'])], 1);
    ignore();
    await log.append([sliceOf(0, ['c'])], 1);
    expect([calls, log.version]).toEqual([2, 3]);
    await log.close();
  }));

test('a broken argument is named and nothing is stored', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 2 });
    const good = sliceOf(0, ['a', 'bc']);
    for (const [broken, message] of [
      [{ ...good, partition: 2 }, 'partition: expected 0 … 1, got 2'],
      [{ ...good, length: 0 }, 'length: expected 1 … 2, got 0'],
      [{ ...good, length: 3 }, 'length: expected 1 … 2, got 3'],
      [{ ...good, ends: Int32Array.of(2, 1) }, 'ends: expected ascending, got 1 at 1'],
      [{ ...good, ends: Int32Array.of(2, 9) }, 'ends: expected at most 3, got 9'],
    ] as const) {
      await expect(log.append([good, broken], 1)).rejects.toThrow(new RangeError(message));
    }
    await expect(log.append([good], NaN)).rejects.toThrow(RangeError);
    expect(() => log.read(0, -1)).toThrow(RangeError);
    expect(() => log.end(7)).toThrow(RangeError);
    expect([log.end(0), log.pendingBytes, log.version]).toEqual([0, 0, 0]);
    await log.close();
    await expect(log.append([good], 1)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
    expect(() => log.read(0, 0)).toThrow('closed');
    await expect(openEventLog({ directory, partitions: 0 })).rejects.toThrow(RangeError);
  }));

test('close waits for all that was accepted, and takes nothing more', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 1 });
    const big = sliceOf(0, ['b'.repeat(3_000_000)]);
    const appended = Array.from({ length: 8 }, () => log.append([big], 1)); // several transactions
    const closed = Promise.all([log.close(), log.close()]);
    await expect(log.append([big], 1)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
    await closed;
    expect((await Promise.all(appended)).map(([at]) => at!.firstOffset)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ]);
    expect(log.version).toBeGreaterThan(1);
    const again = await openEventLog({ directory, partitions: 1 });
    expect(readAll(again, 0)).toHaveLength(8);
    await again.close();
  }));

test('another number of partitions is refused with what to do', () =>
  withDirectory(async (directory) => {
    await (await openEventLog({ directory, partitions: 2 })).close();
    await expect(openEventLog({ directory, partitions: 4 })).rejects.toMatchObject({
      code: 'PARTITIONS_CHANGED',
      message: expect.stringContaining('start with 2 partitions'),
    });
    await (await openEventLog({ directory, partitions: 2 })).close(); // and the lock was released
  }));
