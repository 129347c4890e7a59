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
  /** Rows held. */
  length: number;
  /** Rows ever added. */
  added: number;
  urgent: boolean;
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
      buffer = { length: 0, added: 0, urgent: false, writer: new ByteWriter(1 << 16) };
      this.#buffers.set(rows.table, buffer);
    }
    const before = buffer.writer.length;
    rows.encode(buffer.writer);
    buffer.length += rows.length;
    buffer.added += rows.length;
    buffer.urgent ||= rows.urgent === true;
    this.#bytes += buffer.writer.length - before;
  }

  /** Rows that the table has got since the beginning. */
  added(table: string): number {
    return this.#buffers.get(table)?.added ?? 0;
  }

  /**
   * What was added and not yet taken; the tables in order of their names, so that commits are alike.
   *
   * @param rowsMin tables with fewer rows, none of them urgent, are left for a later call
   */
  take(rowsMin: number): EncodedRows[] {
    const taken: EncodedRows[] = [];
    for (const [table, buffer] of [...this.#buffers].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (buffer.length === 0 || (buffer.length < rowsMin && !buffer.urgent)) continue;
      const bytes = buffer.writer.take();
      this.#bytes -= bytes.length;
      taken.push({ table, length: buffer.length, bytes });
      buffer.length = 0;
      buffer.urgent = false;
    }
    return taken;
  }
}
