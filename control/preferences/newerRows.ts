/**
 * Which rows of a table of absolute values are new: by partition, those beyond the largest version seen.
 *
 * A table's epochs appear one after the other, each whole. On a cluster a replica may show a later one first; so every
 * `overlapMs` the newest rows are asked for again, and what was missed is found.
 */
import type { Where } from './storedRows.ts';

type Floors = Map<number, number>;

export class NewerRows {
  readonly #seen: Floors = new Map();
  /** What had been seen at the last time that rows were asked for again, and the time before it. */
  #last: Floors | undefined;
  #before: Floors | undefined;
  #againAt: number;
  readonly #overlapMs: number;
  readonly #now: () => number;

  /** @param now ms, of any origin */
  constructor(overlapMs = 10_000, now: () => number = () => performance.now()) {
    this.#overlapMs = overlapMs;
    this.#now = now;
    this.#againAt = now() + overlapMs;
  }

  see(partition: number, version: number): void {
    if (version > (this.#seen.get(partition) ?? -1)) this.#seen.set(partition, version);
  }

  /** What to ask for now. */
  where(): Where {
    let floors = this.#seen;
    const now = this.#now();
    if (now >= this.#againAt) {
      floors = this.#before ?? floors;
      this.#before = this.#last;
      this.#last = new Map(this.#seen);
      this.#againAt = now + this.#overlapMs;
    }
    const known = [...floors.keys()].join(', ');
    if (known === '') return { sql: 'true', parameters: {} };
    const each = [...floors].map(
      ([partition, version]) => `(partition = ${partition} AND version > ${version})`,
    );
    return { sql: `${each.join(' OR ')} OR partition NOT IN (${known})`, parameters: {} };
  }
}
