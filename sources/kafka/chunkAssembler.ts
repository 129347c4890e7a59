/**
 * Messages of one Kafka partition, put together to chunks.
 *
 * Where a chunk ends is a matter of chance; what a record is told about its reception is not: it is the message's own
 * timestamp, rounded down to a tenth of a second, so that a replay judges alike and records close in time share a chunk.
 */
import type { Chunk, Origin } from '../../contracts/chunk.ts';

export interface KafkaRecord extends Origin {
  readonly offset: number;
  /** ms since 1970: when the broker took it, or what the producer said, as the topic is set. */
  readonly timestamp: number;
  /** null for a tombstone, which is refused like any other text that is no event. */
  readonly value: Uint8Array | null;
}

/** Records and bytes of a chunk at most; a single larger record makes a larger chunk. */
const recordsMax = 4096;
const bytesMax = 512 * 1024;
/** Reception is told to this precision, ms. */
const receptionStepMs = 100;

export function receptionOf(timestamp: number): number {
  return Math.floor(timestamp / receptionStepMs) * receptionStepMs;
}

function originOf({ key, headers, bytes }: KafkaRecord): Origin {
  return bytes === undefined ? { key, headers } : { key, headers, bytes };
}

export class ChunkAssembler {
  readonly #partition: number;
  readonly #records: KafkaRecord[] = [];
  #bytes = 0;

  constructor(partition: number) {
    this.#partition = partition;
  }

  /** Takes the next record; returns the chunk before it when the record cannot be part of that. */
  add(record: KafkaRecord): Chunk | undefined {
    const size = record.value?.length ?? 0;
    const closed = this.#continues(record, size) ? undefined : this.flush();
    this.#records.push(record);
    this.#bytes += size;
    return closed;
  }

  /** The records so far, undefined when there are none. */
  flush(): Chunk | undefined {
    const records = this.#records.splice(0);
    const first = records[0];
    if (first === undefined) return undefined;
    const bytes = new Uint8Array(this.#bytes);
    const ends = new Int32Array(records.length);
    let end = 0;
    records.forEach(({ value }, i) => {
      if (value !== null) bytes.set(value, end);
      end += value?.length ?? 0;
      ends[i] = end;
    });
    this.#bytes = 0;
    return {
      partition: this.#partition,
      firstOffset: first.offset,
      length: records.length,
      receivedAt: receptionOf(first.timestamp),
      bytes,
      ends,
      origins: records.map(originOf),
    };
  }

  /** Offsets have gaps where a topic was compacted or a transaction ended. */
  #continues({ offset, timestamp }: KafkaRecord, size: number): boolean {
    const last = this.#records.at(-1);
    return (
      last !== undefined &&
      last.offset + 1 === offset &&
      receptionOf(last.timestamp) === receptionOf(timestamp) &&
      this.#records.length < recordsMax &&
      this.#bytes + size <= bytesMax
    );
  }
}
