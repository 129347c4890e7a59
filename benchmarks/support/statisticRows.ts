/** Rows of the table `statistics`, as a pipeline publishes them: what matters of them. */
import { ByteReader } from '../../contracts/byteReader.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Rows } from '../../contracts/rows.ts';

export interface StatisticReading {
  readonly name: string;
  readonly key: readonly string[];
  readonly figures: ReadonlyMap<string, number>;
}

export function readStatistics(rows: Rows): StatisticReading[] {
  const writer = new ByteWriter();
  rows.encode(writer);
  const reader = new ByteReader(writer.take());
  return Array.from({ length: rows.length }, () => {
    reader.skipString();
    const name = reader.text();
    reader.skipString();
    reader.uint16();
    reader.skipString();
    reader.int64();
    reader.int64();
    const key = Array.from({ length: reader.varint() }, () => reader.text());
    reader.uint16();
    for (let number = 0; number < 4; number += 1) reader.int64();
    reader.skipString();
    const figures = new Map(
      Array.from({ length: reader.varint() }, () => [reader.text(), reader.float64()] as const),
    );
    // Of how many users it is.
    reader.uint16();
    for (let users = reader.varint(); users > 0; users -= 1) reader.uint32();
    reader.int64();
    return { name, key, figures };
  });
}
