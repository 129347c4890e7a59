/** Chunks of one partition that were fetched and are still to be read. */
import { type Chunk, sliceChunk } from '../../contracts/chunk.ts';

export class PartitionQueue {
  readonly #chunks: Chunk[] = [];
  #bytes = 0;

  /** Bytes of records that wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param chunk lies behind all that was pushed before, unless the queue was cleared */
  push(chunk: Chunk): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.bytes.length;
  }

  /** Takes the next chunk at or after `offset`, cut so that it starts there; what lies before it is dropped. */
  take(offset: number): Chunk | undefined {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk === undefined) return undefined;
      this.#bytes -= chunk.bytes.length;
      const skipped = Math.max(0, offset - chunk.firstOffset);
      if (skipped < chunk.length) return sliceChunk(chunk, skipped, chunk.length);
    }
  }

  clear(): void {
    this.#chunks.length = 0;
    this.#bytes = 0;
  }
}
