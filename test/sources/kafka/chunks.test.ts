/** Messages become chunks: nothing is lost, nothing is moved, and reception does not depend on where a chunk ends. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chunk } from '../../../contracts/chunk.ts';
import { ChunkAssembler, type KafkaRecord } from '../../../sources/kafka/chunkAssembler.ts';
import { PartitionQueue } from '../../../sources/kafka/partitionQueue.ts';

function record(offset: number, text: string | null, timestamp = 1_000): KafkaRecord {
  const value = text === null ? null : Buffer.from(text);
  return { offset, timestamp, value, key: Buffer.from(`k${offset}`), headers: [] };
}

function assemble(records: readonly KafkaRecord[], flushEvery = Infinity): Chunk[] {
  const assembler = new ChunkAssembler(3);
  const chunks: (Chunk | undefined)[] = [];
  records.forEach((each, i) => {
    chunks.push(assembler.add(each));
    if ((i + 1) % flushEvery === 0) chunks.push(assembler.flush());
  });
  chunks.push(assembler.flush());
  return chunks.filter((chunk) => chunk !== undefined);
}

/** Every record with what it is told. */
function told(chunks: readonly Chunk[]) {
  return chunks.flatMap((chunk) =>
    Array.from({ length: chunk.length }, (_, i) => ({
      offset: chunk.firstOffset + i,
      text: Buffer.from(
        chunk.bytes.subarray(i === 0 ? 0 : chunk.ends[i - 1]!, chunk.ends[i]!),
      ).toString(),
      receivedAt: chunk.receivedAt,
      key: Buffer.from(chunk.origins![i]!.key!).toString(),
    })),
  );
}

const records = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.string(), fc.integer({ min: 0, max: 500 })))
  .map((rows) => {
    let offset = 0;
    return rows.map(([gap, text, timestamp]) => {
      offset += 1 + Math.max(0, gap - 2);
      return record(offset, text, timestamp);
    });
  });

describe('a chunk assembler', () => {
  test('tells each record the same, wherever the chunks end', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 9 }), (all, flushEvery) => {
        expect(told(assemble(all, flushEvery))).toEqual(
          all.map(({ offset, value, timestamp }) => ({
            offset,
            text: Buffer.from(value!).toString(),
            receivedAt: Math.floor(timestamp / 100) * 100,
            key: `k${offset}`,
          })),
        );
      }),
    );
  });

  test('ends a chunk at a gap, at another tenth of a second, at 4096 records and at 512 KiB', () => {
    const lengths = (all: KafkaRecord[]) => assemble(all).map(({ length }) => length);
    expect(lengths([record(0, 'a'), record(1, 'b'), record(5, 'c')])).toEqual([2, 1]);
    expect(lengths([record(0, 'a', 199), record(1, 'b', 200)])).toEqual([1, 1]);
    expect(lengths(Array.from({ length: 5_000 }, (_, i) => record(i, 'a')))).toEqual([4096, 904]);
    const large = 'x'.repeat(300_000);
    expect(lengths([record(0, large), record(1, large), record(2, 'y')])).toEqual([1, 2]);
  });

  test('keeps a tombstone as a record without bytes', () => {
    expect(told(assemble([record(7, null)]))).toMatchObject([{ offset: 7, text: '' }]);
  });
});

describe('a partition queue', () => {
  test('gives everything from an offset on, cut so that it starts there', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 9 }), fc.nat(40), (all, flushEvery, from) => {
        const queue = new PartitionQueue();
        for (const chunk of assemble(all, flushEvery)) queue.push(chunk);
        const taken: Chunk[] = [];
        let position = from;
        for (let next = queue.take(position); next !== undefined; next = queue.take(position)) {
          taken.push(next);
          position = next.firstOffset + next.length;
        }
        expect(queue.bytes).toBe(0);
        expect(told(taken)).toEqual(told(assemble(all)).filter(({ offset }) => offset >= from));
      }),
    );
  });

  test('knows its bytes and forgets them when cleared', () => {
    const queue = new PartitionQueue();
    for (const chunk of assemble([record(0, 'abc'), record(9, 'de')])) queue.push(chunk);
    expect(queue.bytes).toBe(5);
    queue.clear();
    expect([queue.bytes, queue.take(0)]).toEqual([0, undefined]);
  });
});
