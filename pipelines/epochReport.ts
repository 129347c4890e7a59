/** How the epochs of a partition went, for the table `epochs`: gathered, because nobody waits for it. */
import { ByteWriter } from '../contracts/byteWriter.ts';
import type { Store } from '../contracts/store.ts';
import type { Epoch } from './instance.ts';

export interface EpochMeasures {
  /** ms since 1970. */
  readonly committedAt: number;
  readonly commitMs: number;
  readonly lagEvents: number;
}

/** Pause between two inserts, ms. */
const everyMs = 2_000;

export class EpochReport {
  readonly #pipeline: string;
  readonly #partition: number;
  readonly #writer = new ByteWriter(1024);
  #sentAt = -Infinity;

  constructor(pipeline: string, partition: number) {
    this.#pipeline = pipeline;
    this.#partition = partition;
  }

  add(epoch: Epoch, { committedAt, commitMs, lagEvents }: EpochMeasures): void {
    const writer = this.#writer;
    writer.text(this.#pipeline);
    writer.uint16(this.#partition);
    writer.int64(epoch.startOffset);
    writer.int64(epoch.endOffset);
    writer.int64(committedAt);
    writer.int64(epoch.events);
    writer.int64(epoch.refused);
    writer.int64(epoch.late);
    writer.int64(epoch.duplicates);
    writer.float64(epoch.processMs);
    writer.float64(commitMs);
    writer.int64(lagEvents);
    writer.varint(epoch.tables.length);
    for (const { name, keys } of epoch.tables) {
      writer.text(name);
      writer.int64(keys);
    }
  }

  /**
   * Writes what was gathered, when it is time or when `now` is Infinity. A failed insert is given up: the rows are for the
   * eye, not for recovery.
   *
   * @param now ms, of a clock that never jumps
   */
  async send(store: Store, now: number): Promise<void> {
    if (this.#writer.length === 0 || now - this.#sentAt < everyMs) return;
    this.#sentAt = now;
    await store.insert('epochs', this.#writer.take()).catch(() => undefined);
  }
}
