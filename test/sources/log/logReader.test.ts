import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { type EventLog, openEventLog } from '../../../sources/log/eventLog.ts';
import { openLogReader } from '../../../sources/log/logReader.ts';
import { compiled, readAll, sliceOf, withDirectory } from './support/records.ts';

const records = 30_000;

/** Appends records whose text begins with their offset; values above 16 KiB among them. */
async function appendNumbers(log: EventLog): Promise<number> {
  let bytes = 0;
  let offset = 0;
  while (offset < records) {
    const length = Math.min(records - offset, 1 + ((offset * 7) % 400));
    const first = offset;
    const texts = Array.from({ length }, (_, i) => `${first + i} ${'.'.repeat((i * 13) % 500)}`);
    const slice = sliceOf(1, texts);
    bytes += slice.bytes.length;
    offset += length;
    await log.append([slice], offset);
  }
  return bytes;
}

test('a worker thread sees every record that the main thread commits', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 2 });
    const worker = new Worker(compiled('follower'), { workerData: { directory, records } });
    expect(await once(worker, 'message')).toEqual(['ready']);
    const seen = once(worker, 'message');
    const ended = once(worker, 'exit');
    const bytes = await appendNumbers(log);
    expect(await seen).toEqual([{ next: records, bytes, wrong: 0, end: records }]);
    await ended;
    expect(readAll(log, 1)).toHaveLength(records); // the worker is gone: it reads on
    await log.append([sliceOf(1, ['more'])], 1);
    await log.close();
  }));

test('another process sees every record that this one commits', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 2 });
    const task = JSON.stringify({ directory, records });
    const follower = spawn(process.execPath, [compiled('follower'), task], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const lines = createInterface(follower.stdout)[Symbol.asyncIterator]();
      expect((await lines.next()).value).toBe('"ready"');
      const bytes = await appendNumbers(log);
      expect(JSON.parse((await lines.next()).value)).toEqual({
        next: records,
        bytes,
        wrong: 0,
        end: records,
      });
    } finally {
      follower.kill();
    }
    await log.close();
  }));

test('workers that are ended without closing do no harm to the writer or to later readers', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 2 });
    await log.append([sliceOf(1, ['0', 'x'.repeat(40_000)])], 1);
    for (let i = 0; i < 12; i += 1) {
      const worker = new Worker(compiled('follower'), {
        workerData: { directory, records: Infinity },
      });
      await once(worker, 'message');
      await log.append([sliceOf(1, [`${i}`])], i);
      worker.postMessage('end');
      await once(worker, 'exit');
    }
    const reader = openLogReader({ directory, partitions: 2 });
    expect(readAll(reader, 1)).toEqual(readAll(log, 1));
    expect([reader.start(1), reader.end(1), reader.end(0)]).toEqual([0, 14, 0]);
    await reader.close();
    await log.append([sliceOf(1, ['last'])], 1);
    await log.close();
  }));

test('a reader sees commits at once, within one turn of the event loop', () =>
  withDirectory(async (directory) => {
    const log = await openEventLog({ directory, partitions: 1, retention: { ageMs: 0 } });
    const reader = openLogReader({ directory, partitions: 1 });
    for (let i = 0; i < 50; i += 1) {
      expect(reader.read(0, i)).toBeUndefined();
      await log.append([sliceOf(0, [`${i}`])], i);
      expect(reader.end(0)).toBe(i + 1);
      expect(reader.read(0, i)).toMatchObject({ firstOffset: i, receivedAt: i });
    }
    await log.retain(1000, [20]);
    expect(reader.start(0)).toBe(20);
    expect(reader.read(0, 3)!.firstOffset).toBe(20);
    await reader.close();
    await log.close();
  }));

test('a reader that never yields to the event loop sees the commits of another process', () =>
  withDirectory(async (directory) => {
    const appender = spawn(process.execPath, [compiled('appender'), directory, 'r'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(appender.stdout, 'data');
      const reader = openLogReader({ directory, partitions: 2 });
      const seen = reader.end(0) + 50;
      const deadline = performance.now() + 20_000;
      let next = 0;
      while (next < seen && performance.now() < deadline) {
        const chunk = reader.read(0, next);
        if (chunk !== undefined) next = chunk.firstOffset + chunk.length;
      }
      expect(next).toBeGreaterThanOrEqual(seen);
      await reader.close();
    } finally {
      appender.kill('SIGKILL');
      await once(appender, 'exit');
    }
  }));

test('a reader says that there is no log, or that it has other partitions', () =>
  withDirectory(async (directory) => {
    expect(() => openLogReader({ directory: join(directory, 'none'), partitions: 1 })).toThrow(
      expect.objectContaining({ code: 'LOG_UNAVAILABLE' }),
    );
    const log = await openEventLog({ directory, partitions: 1 });
    expect(() => openLogReader({ directory, partitions: 2 })).toThrow(
      expect.objectContaining({ code: 'PARTITIONS_CHANGED' }),
    );
    await log.append([sliceOf(0, ['a'])], 1);
    await log.close();
  }));
