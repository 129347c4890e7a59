/** What a worker tells about its partitions, and the picture that the main thread keeps of them. */
export type PartitionState = 'starting' | 'running' | 'waiting' | 'failed' | 'stopped';

/** A change; what is absent stays as it was. */
export interface PartitionReport {
  readonly state: PartitionState;
  /** Why it waits or failed. */
  readonly detail: string | null;
  /** Everything before is written and can be read. */
  readonly writtenOffset?: number;
  /** Everything before is part of the state that a recovery starts from. */
  readonly committedOffset?: number;
  /** Events of the epoch that was just written. */
  readonly events?: number;
  /** ms since 1970. */
  readonly committedAt?: number;
  readonly commitMs?: number;
  /** When the log took the epoch's oldest record, ms since 1970. */
  readonly receivedAt?: number;
  readonly tables?: readonly { name: string; keys: number }[];
}

export interface PartitionPicture {
  readonly pipeline: string;
  readonly version: number;
  readonly summary: string;
  readonly partition: number;
  state: PartitionState;
  detail: string | null;
  writtenOffset: number;
  committedOffset: number;
  eventsPerSecond: number;
  commitMs: number | null;
  committedAt: number | null;
  tables: readonly { name: string; keys: number }[];
}

/** Half-life of the rate, s. */
const rateHalfLife = 3;

/** Decayed rate over committed epochs; idle time counts as zero events. */
export class Rate {
  #perSecond = 0;
  #at = Number.NaN;

  add(events: number, now: number): void {
    if (Number.isNaN(this.#at)) {
      this.#at = now;
      return;
    }
    const seconds = Math.max(0.001, (now - this.#at) / 1000);
    const kept = 2 ** (-seconds / rateHalfLife);
    this.#perSecond = this.#perSecond * kept + (events / seconds) * (1 - kept);
    this.#at = now;
  }

  /** @returns events per second, as it has decayed until `now` */
  read(now: number): number {
    if (Number.isNaN(this.#at)) return 0;
    const idle = Math.max(0, (now - this.#at) / 1000 - 1);
    return this.#perSecond * 2 ** (-idle / rateHalfLife);
  }
}
