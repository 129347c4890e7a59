/**
 * Which rows of a table of absolute values are new: by partition, those beyond the largest version seen.
 *
 * A table's epochs appear one after the other, each whole. On a cluster a replica may show a later one first; so every
 * `overlapMs` the newest rows are asked for again, and what was missed is found.
 */
import { beyond, type Floors, strangersTo } from '../newerThan.ts';
import type { Where } from './storedRows.ts';

export class NewerRows {
  readonly #seen = new Map<number, number>();
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
    let floors: Floors = this.#seen;
    const now = this.#now();
    if (now >= this.#againAt) {
      floors = this.#before ?? floors;
      this.#before = this.#last;
      this.#last = new Map(this.#seen);
      this.#againAt = now + this.#overlapMs;
    }
    if (floors.size === 0) return { sql: 'true', parameters: {} };
    return { sql: `${beyond(floors)} OR ${strangersTo(floors)}`, parameters: {} };
  }
}
