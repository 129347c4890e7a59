/**
 * Finds the records of a chunk that break a pipeline's code, refuses them, and commits the rest.
 *
 * A pipeline whose code has failed is of no use any more, so each such record costs a recovery. What comes before the chunk
 * is committed first and the chunk when all its records are known: the cost of a record does not grow with their number,
 * and the marker advances where every record is poison.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Chunk, type LogReader, sliceChunk } from '../contracts/chunk.ts';
import type { Epoch, Instance } from './instance.ts';

export interface SetAsideTask {
  readonly reader: LogReader;
  readonly signal: AbortSignal;
  /** An instance at the marker that refuses these records, by offset with the reason. */
  recover(poison: ReadonlyMap<number, string>): Promise<Instance>;
  commit(epoch: Epoch): Promise<void>;
  /** Before each push: reads what the chunk may ask for. */
  bringBack(instance: Instance, chunk: Chunk): Promise<void>;
  /** What is written of a record about the error that it caused. */
  reasonOf(error: unknown): string;
}

/** Pause before the log is asked again: a reader that goes back has to fetch first, ms. */
const pollMs = 5;

/**
 * @param chunk made the pipeline fail
 * @returns true when it is committed; false when no record of it is to blame, or at a stop
 */
export async function setAside(chunk: Chunk, task: SetAsideTask): Promise<boolean> {
  const poison = new Map<number, string>();
  let instance = await task.recover(poison);
  try {
    const behind = instance.position;
    await replayUntil(chunk.firstOffset, instance, chunk.partition, task);
    if (instance.position > behind) await task.commit(instance.cut(true));
    if (task.signal.aborted) return false;
    const start = instance.position;
    // Another worker may have committed further meanwhile.
    const rest = Math.max(0, start - chunk.firstOffset);
    if (rest >= chunk.length) return true;
    const left = sliceChunk(chunk, rest, chunk.length);
    for (let known = 0; known < left.length; ) {
      if (task.signal.aborted) return false;
      const culprit = await pushBehind(known, left, instance, task);
      if (culprit === undefined) break;
      const offset = left.firstOffset + culprit.row;
      // Refused and failing all the same: it is not the record.
      if (poison.has(offset)) return false;
      poison.set(offset, task.reasonOf(culprit.error));
      known = culprit.row;
      instance.close();
      instance = await task.recover(poison);
      if (instance.position !== start) return false;
    }
    if (poison.size === 0) return false;
    await task.commit(instance.cut(true));
    return true;
  } finally {
    instance.close();
  }
}

/** Pushes the rows before `known` together and the others one by one. @returns the first row that fails */
async function pushBehind(
  known: number,
  chunk: Chunk,
  instance: Instance,
  { bringBack }: SetAsideTask,
): Promise<{ row: number; error: unknown } | undefined> {
  if (known > 0) {
    const before = sliceChunk(chunk, 0, known);
    await bringBack(instance, before);
    instance.push(before);
  }
  for (let row = known; row < chunk.length; row += 1) {
    const one = sliceChunk(chunk, row, row + 1);
    await bringBack(instance, one);
    try {
      instance.push(one);
    } catch (error) {
      return { row, error };
    }
  }
  return undefined;
}

async function replayUntil(
  offset: number,
  instance: Instance,
  partition: number,
  { reader, signal, bringBack }: SetAsideTask,
): Promise<void> {
  while (instance.position < offset && !signal.aborted) {
    const chunk = reader.read(partition, instance.position);
    if (chunk === undefined) {
      await (reader.arrival?.(partition, pollMs) ?? sleep(pollMs));
      continue;
    }
    const length = Math.min(chunk.length, offset - chunk.firstOffset);
    // A gap of the log may reach as far as the chunk.
    if (length <= 0) return;
    const part = sliceChunk(chunk, 0, length);
    await bringBack(instance, part);
    instance.push(part);
  }
}
