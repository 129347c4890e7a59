/**
 * Reads a partition until it has seen so many records, then says what it saw: as a worker thread or
 * as a process.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openLogReader } from '../../../../sources/log/logReader.ts';
import { textsOf } from './records.ts';

interface Task {
  readonly directory: string;
  readonly records: number;
}

export interface Seen {
  readonly next: number;
  readonly bytes: number;
  /** Records whose text is not their offset. */
  readonly wrong: number;
  readonly end: number;
}

const task = (workerData ?? JSON.parse(process.argv[2]!)) as Task;
const say = (message: Seen | 'ready') => {
  if (parentPort !== null) parentPort.postMessage(message);
  else process.stdout.write(`${JSON.stringify(message)}\n`);
};

// As a worker that dies: nothing is closed.
parentPort?.once('message', () => process.exit(1)).unref();

const reader = openLogReader({ directory: task.directory, partitions: 2 });
say('ready');
let next = 0;
let bytes = 0;
let wrong = 0;
while (next < task.records) {
  const chunk = reader.read(1, next);
  if (chunk === undefined) {
    await delay(1);
    continue;
  }
  for (const [i, text] of textsOf(chunk).entries()) {
    if (Number.parseInt(text, 10) !== chunk.firstOffset + i) wrong += 1;
  }
  if (chunk.firstOffset !== next) wrong += 1;
  next = chunk.firstOffset + chunk.length;
  bytes += chunk.bytes.length;
}
say({ next, bytes, wrong, end: reader.end(1) });
await reader.close();
