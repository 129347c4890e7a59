/**
 * Memory of the state of a million users, and of an idle engine with its ClickHouse.
 *
 * The state is measured in one partition and one process, where it is densest: each user answers items of several skills,
 * so that every default feature of a user holds something.
 */

import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chunk } from '../contracts/chunk.ts';
import { Instance } from '../pipelines/instance.ts';
import { pipelineNamed } from '../pipelines/registry.ts';
import type { Figures } from './run.ts';
import { answerOf } from './support/manyUsers.ts';
import { residentMb } from './support/memory.ts';
import { withDirectory } from './support/temporary.ts';

const answersPerUser = 4;
const chunkEvents = 4_000;

/** Answers of `chunkEvents` users to one item each, as the log would hand them out. */
function chunkOf(firstOffset: number, users: number, startAt: number): Chunk {
  const lines: string[] = [];
  for (let i = 0; i < chunkEvents; i += 1) {
    lines.push(answerOf(firstOffset + i, users, startAt));
  }
  const bytes = Buffer.from(lines.join(''));
  const ends = new Int32Array(chunkEvents);
  let at = 0;
  lines.forEach((line, i) => {
    at += line.length;
    ends[i] = at;
  });
  return { partition: 0, firstOffset, length: chunkEvents, receivedAt: Date.now(), bytes, ends };
}

export async function run({ full }: { full: boolean }): Promise<Figures> {
  const users = full ? 1_000_000 : 20_000;
  const instance = new Instance(pipelineNamed('learning'), 0, 1);
  const startAt = Date.now() - users * answersPerUser * 2;
  const before = residentMb([process.pid]);
  let peak = 0;
  for (let offset = 0; offset < users * answersPerUser; offset += chunkEvents) {
    instance.push(chunkOf(offset, users, startAt));
    if (instance.events >= 50_000) {
      instance.cut(true);
      peak = Math.max(peak, residentMb([process.pid]));
    }
  }
  instance.cut(true);
  globalThis.gc?.();
  const after = residentMb([process.pid]);
  const tables = Object.fromEntries(
    instance.tables.map((table) => [`keys_${table.name.replaceAll('-', '_')}`, table.size]),
  );
  instance.close();
  return {
    users,
    answers: users * answersPerUser,
    process_rss_mb: after,
    peak_rss_mb: Math.max(peak, after),
    state_mb: after - before,
    idle_engine_rss_mb: await idleEngine(),
    ...tables,
  };
}

/** Engine and ClickHouse, started fresh, after some seconds without an event. */
function idleEngine(): Promise<number> {
  return withDirectory(async (directory) => {
    const child = fork(
      new URL('./support/crashEngine.js', import.meta.url),
      [join(directory, 'data'), '', '0'],
      { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    const pids = await new Promise<number[]>((resolve, reject) => {
      child.once('exit', () => reject(new Error('the engine did not start')));
      child.on('message', (message: { ready?: boolean; clickhousePid?: number }) => {
        if (message.ready === true) resolve([child.pid!, message.clickhousePid!]);
      });
    });
    await sleep(5_000);
    const mb = residentMb(pids);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.removeAllListeners('message');
    child.send('stop');
    await ended;
    return mb;
  });
}
