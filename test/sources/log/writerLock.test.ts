import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEventLog } from '../../../sources/log/eventLog.ts';
import { acquireWriterLock } from '../../../sources/log/writerLock.ts';
import { compiled, sliceOf, withDirectory } from './support/records.ts';

test('a second writer of the same process is refused until the first is closed', () =>
  withDirectory(async (directory) => {
    const first = await openEventLog({ directory, partitions: 2 });
    await expect(openEventLog({ directory, partitions: 2 })).rejects.toMatchObject({
      code: 'DATA_LOCKED',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await first.close();
    await (await openEventLog({ directory, partitions: 2 })).close();
  }));

test('a second writer process is refused, the lock of a killed one is taken over', () =>
  withDirectory(async (directory) => {
    const holder = spawn(process.execPath, [compiled('holder'), directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(holder.stdout, 'data');
      await expect(openEventLog({ directory, partitions: 2 })).rejects.toMatchObject({
        code: 'DATA_LOCKED',
      });
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    }
    const log = await openEventLog({ directory, partitions: 2 });
    expect(await log.append([sliceOf(0, ['a'])], 1)).toHaveLength(1);
    await log.close();
  }));

test('the lock of a process whose number another one has now is taken over', () =>
  withDirectory(async (directory) => {
    const path = join(directory, 'writer.lock');
    const foreign = { pid: process.pid, started: '1', token: 'of a process before' };
    writeFileSync(path, JSON.stringify(foreign));
    const release = acquireWriterLock(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    release();
    expect(() => readFileSync(path)).toThrow('ENOENT');
  }));

test('an unreadable lock counts while it may be one just being written, and not later', () =>
  withDirectory(async (directory) => {
    const path = join(directory, 'writer.lock');
    writeFileSync(path, '');
    expect(() => acquireWriterLock(path)).toThrow('a starting process writes this log');
    utimesSync(path, 1, 1);
    acquireWriterLock(path)();
  }));

test('a writer whose lock was wrongly taken over can no longer write', () =>
  withDirectory(async (directory) => {
    const first = await openEventLog({ directory, partitions: 1 });
    await first.append([sliceOf(0, ['first'])], 1);
    writeFileSync(join(directory, 'writer.lock'), '');
    utimesSync(join(directory, 'writer.lock'), 1, 1); // as if its process had died
    const second = await openEventLog({ directory, partitions: 1 });
    await second.append([sliceOf(0, ['second'])], 2);
    for (const attempt of [1, 2]) {
      await expect(first.append([sliceOf(0, [`${attempt}`])], 3)).rejects.toMatchObject({
        code: 'LOG_UNAVAILABLE',
        message: expect.stringContaining('taken over'),
      });
    }
    await second.append([sliceOf(0, ['third'])], 4);
    expect(second.end(0)).toBe(3);
    await first.close();
    await expect(openEventLog({ directory, partitions: 1 })).rejects.toMatchObject({
      code: 'DATA_LOCKED', // the first did not release the second's lock
    });
    await second.close();
  }));
