/** A campus in lines: users of one experiment and what they did, in as many partitions as a test wants, run by the pipeline. */
import type { LogReader } from '../../contracts/chunk.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import { partitionOf } from '../../contracts/hash.ts';
import type { Store } from '../../contracts/store.ts';
import { learning } from '../../pipelines/learning.ts';
import { runPartition } from '../../pipelines/runPartition.ts';
import { randomState, uniform } from '../../stats/random.ts';
import {
  definitionLine,
  eventLine,
  exposureLine,
  minute,
  passing,
  receivedAt,
} from './experimentLines.ts';
import { linesLog } from './linesLog.ts';

export interface UserLine {
  readonly user: string;
  readonly line: string;
}

/** Lines of users, each with whom it is about, in the order of their times: 200 minutes. */
export function userLines(users: number): UserLine[] {
  const random = randomState(21);
  const lines: (UserLine & { readonly at: number })[] = [];
  for (let i = 0; i < users; i += 1) {
    const user = `u-${i}`;
    const treated = uniform(random) < 0.5;
    const at = Math.floor(uniform(random) * 200) * minute;
    const say = (later: number, line: string) => lines.push({ at: at + later, user, line });
    const segments = { grade: i % 3 };
    say(0, exposureLine(user, at, treated ? 'with' : 'without', { segments }));
    for (let answer = 0; answer < 3; answer += 1) {
      const later = (1 + 9 * answer) * minute;
      const value = Number(uniform(random) < (treated ? 0.6 : 0.1));
      say(later, eventLine('answered', user, at + later, { value }));
    }
    const worked = { context: { minutes: Math.round(80 * uniform(random)) / 8 } };
    say(20 * minute, eventLine('worked', user, at + 20 * minute, worked));
  }
  return lines.sort((a, b) => a.at - b.at);
}

/** The same lines in so many partitions: definitions and marks of the time in each, users by their hash. */
export function partitioned(
  lines: readonly UserLine[],
  experiment: Experiment,
  partitions: number,
  chunk: number,
): LogReader {
  const parts = Array.from({ length: partitions }, () => [definitionLine(experiment)]);
  for (const { user, line } of lines) {
    const bytes = Buffer.from(user);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    parts[partitionOf({ bytes, view }, 0, bytes.length, partitions)]!.push(line);
  }
  for (const part of parts) part.push(passing(400 * minute), passing(400 * minute));
  const logs = parts.map((part) => linesLog(part, { chunk, receivedAt, start: 0 }));
  return {
    partitions,
    read: (partition, offset) => {
      const read = logs[partition]!.read(0, offset);
      return read && { ...read, partition };
    },
    end: (partition) => logs[partition]!.end(0),
    start: () => 0,
    close: async () => {},
  };
}

/** The first part of a log, as it was at some time. @param endOf a partition, by its present end */
export function earlier(log: LogReader, endOf: (end: number) => number): LogReader {
  const end = (partition: number) => endOf(log.end(partition));
  return {
    ...log,
    end,
    read(partition, offset) {
      return offset >= end(partition) ? undefined : log.read(partition, offset);
    },
  };
}

/** Runs the pipeline over the log to its end. */
export async function runLearning(
  store: Store,
  reader: LogReader,
  epochEvents: number,
): Promise<void> {
  for (let partition = 0; partition < reader.partitions; partition += 1) {
    const stop = new AbortController();
    await runPartition({
      ...{ pipeline: learning, partition, reader, store },
      limits: { epochMs: 10, epochEvents, checkpointMs: 20 },
      signal: stop.signal,
      report({ committedOffset = 0 }) {
        if (committedOffset >= reader.end(partition)) stop.abort();
      },
    });
  }
}
