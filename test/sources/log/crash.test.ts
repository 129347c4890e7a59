import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openEventLog } from '../../../sources/log/eventLog.ts';
import { compiled, readAll, withDirectory } from './support/records.ts';

const rounds = 20;

// The promise itself: whatever was acknowledged before the kill is there, whole, in its place.
test('a process killed while it appends loses nothing that it acknowledged', () =>
  withDirectory(async (directory) => {
    const acknowledged: { partition: number; offset: number; length: number; text: string }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const appender = spawn(process.execPath, [compiled('appender'), directory, `${round}`], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      appender.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
      const ended = once(appender, 'close');
      await once(appender.stdout, 'data');
      await delay((round * 7) % 40);
      appender.kill('SIGKILL');
      await ended;
      for (const line of output.split('\n').slice(0, -1)) {
        const [partition, offset, length, text] = line.split(' ');
        acknowledged.push({
          partition: Number(partition),
          offset: Number(offset),
          length: Number(length),
          text: text!,
        });
      }
    }
    expect(acknowledged.length).toBeGreaterThan(rounds * 10);
    const log = await openEventLog({ directory, partitions: 2 });
    expect(log.end(0)).toBe(log.end(1)); // every append wrote as many to both: all or none
    const stored = [0, 1].map((partition) => readAll(log, partition));
    for (const [partition, records] of stored.entries()) {
      expect(records).toHaveLength(log.end(partition));
      expect(records.every(({ offset }, i) => offset === i)).toBe(true); // no holes
    }
    const lost = acknowledged.filter(({ partition, offset, length, text }) => {
      const prefix = text.slice(0, -1); // without the number within the slice
      return Array.from({ length }, (_, i) => stored[partition]![offset + i]).some(
        (record, i) => record?.text.startsWith(`${prefix}${i}:`) !== true,
      );
    });
    expect(lost).toEqual([]);
    await log.close();
  }));
