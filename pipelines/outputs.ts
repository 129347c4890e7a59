/** Rows that an epoch has produced so far, encoded, one buffer a table. */
import { ByteWriter } from '../contracts/byteWriter.ts';
import type { Rows } from '../contracts/rows.ts';

export interface EncodedRows {
  readonly table: string;
  readonly length: number;
  /** RowBinary. */
  readonly bytes: Uint8Array;
}

interface Buffer {
  length: number;
  writer: ByteWriter;
}

export class Outputs {
  readonly #buffers = new Map<string, Buffer>();
  #bytes = 0;

  /** Bytes held. */
  get bytes(): number {
    return this.#bytes;
  }

  add(rows: Rows): void {
    let buffer = this.#buffers.get(rows.table);
    if (buffer === undefined) {
      buffer = { length: 0, writer: new ByteWriter(1 << 16) };
      this.#buffers.set(rows.table, buffer);
    }
    const before = buffer.writer.length;
    rows.encode(buffer.writer);
    buffer.length += rows.length;
    this.#bytes += buffer.writer.length - before;
  }

  count(table: string): number {
    return this.#buffers.get(table)?.length ?? 0;
  }

  /** What was added since the last call; the tables in order of their names, so that commits are alike. */
  take(): EncodedRows[] {
    const taken: EncodedRows[] = [];
    for (const [table, buffer] of [...this.#buffers].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (buffer.length === 0) continue;
      taken.push({ table, length: buffer.length, bytes: buffer.writer.take() });
      buffer.length = 0;
    }
    this.#bytes = 0;
    return taken;
  }
}
