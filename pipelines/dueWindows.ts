/**
 * Which windows a cut writes: those that changed, each at most once in a while, and those that have ended.
 *
 * What waits is known to the table: after a restart every window counts as changed, and is written once more.
 */
import type { PublishedWindow, WindowTable } from '../operators/state/windowTable.ts';

export class DueWindows<State> {
  readonly #table: WindowTable<State>;
  readonly #everyMs: number;
  readonly #waiting = new Map<string, PublishedWindow<State>>();
  /** When each open window was written. */
  readonly #writtenAt = new Map<string, number>();
  #isRestored = false;
  #now = Number.NEGATIVE_INFINITY;

  /**
   * @param everyMs least time between two rows of a window, ms
   * @throws RangeError when `everyMs` is negative or not finite
   */
  constructor(table: WindowTable<State>, everyMs: number) {
    if (!(everyMs >= 0 && everyMs < Infinity)) {
      throw new RangeError(`everyMs: expected ≥ 0 and finite, got ${everyMs}`);
    }
    this.#table = table;
    this.#everyMs = everyMs;
  }

  /** @param receivedAt of the newest batch, ms since 1970: a clock that a replay has as well */
  advance(receivedAt: number): void {
    this.#now = receivedAt;
  }

  /** What to write now, in the order in which it changed; before the table's `settle`. */
  take(): PublishedWindow<State>[] {
    if (this.#everyMs === 0) return this.#table.takeChanged();
    if (!this.#isRestored) for (const window of this.#table.all()) this.#wait(window);
    this.#isRestored = true;
    for (const window of this.#table.takeChanged()) this.#wait(window);
    const due: PublishedWindow<State>[] = [];
    for (const [key, window] of this.#waiting) {
      const hasEnded = window.end <= this.#table.watermark;
      const writtenAt = this.#writtenAt.get(key);
      const isEarly = writtenAt !== undefined && this.#now - writtenAt < this.#everyMs;
      if (isEarly && !hasEnded) continue;
      due.push(window);
      this.#waiting.delete(key);
      if (hasEnded) this.#writtenAt.delete(key);
      else this.#writtenAt.set(key, this.#now);
    }
    return due;
  }

  #wait(window: PublishedWindow<State>): void {
    this.#waiting.set(`${window.start} ${window.segment}`, window);
  }
}
