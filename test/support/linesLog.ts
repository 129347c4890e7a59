/** Lines of text as one partition of an event log, cut into chunks of a chosen size. */
import type { Chunk, LogReader } from '../../contracts/chunk.ts';

/**
 * @param lines   may grow while it is read: a live log
 * @param options records before `start` are gone, as after a retention; `receivedAt` of a chunk may follow from its first offset
 */
export function linesLog(
  lines: readonly string[],
  options: {
    chunk: number;
    receivedAt: number | ((offset: number) => number);
    start?: number;
  },
): LogReader {
  return {
    partitions: 1,
    read(partition, offset): Chunk | undefined {
      const taken = lines.slice(offset, offset + options.chunk);
      if (taken.length === 0) return undefined;
      const parts = taken.map((line) => Buffer.from(line));
      const ends = new Int32Array(parts.length);
      let size = 0;
      parts.forEach((part, i) => {
        size += part.length;
        ends[i] = size;
      });
      return {
        partition,
        firstOffset: offset,
        length: taken.length,
        receivedAt:
          typeof options.receivedAt === 'number' ? options.receivedAt : options.receivedAt(offset),
        bytes: Buffer.concat(parts),
        ends,
      };
    },
    end: () => lines.length,
    start: () => options.start ?? 0,
    close: async () => {},
  };
}
