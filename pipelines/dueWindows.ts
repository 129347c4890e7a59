/**
 * Which windows a cut writes: those that changed, or, of large ones, each at most twice in a period of the log's clock, and those that
 * have ended.
 *
 * A row is made behind the first batch of a period that a window has rows in, and when the first batch of another period comes,
 * before it is folded. So which rows there are, and what is in them, depends on the log and its chunks and not on where epochs are
 * cut; what comes seldom is written at once; and what a window took since waits for the next period, or for its end.
 */
import type { OpenWindow, PublishedWindow, WindowTable } from '../operators/state/windowTable.ts';

/** The part of a window's state that says when it last took a row, by the log's clock. */
export interface Received {
  /** ms since 1970. */
  readonly receivedAt: number;
}

export class DueWindows<State extends Received, Row> {
  readonly #table: WindowTable<State>;
  readonly #everyMs: number;
  readonly #rowOf: (window: PublishedWindow<State>) => Row;
  readonly #made = new Map<string, Row>();
  readonly #fresh = new Set<OpenWindow<State>>();
  #period = Number.NaN;
  /** Earliest end of a window that is held: undefined before the first look. */
  #nextEnd: number | undefined;

  /**
   * @param everyMs length of a period, ms; 0: each cut writes what has changed
   * @param rowOf   made at once: the state goes on changing
   * @throws RangeError when `everyMs` is negative or not finite
   */
  constructor(
    table: WindowTable<State>,
    everyMs: number,
    rowOf: (window: PublishedWindow<State>) => Row,
  ) {
    if (!(everyMs >= 0 && everyMs < Infinity)) {
      throw new RangeError(`everyMs: expected ≥ 0 and finite, got ${everyMs}`);
    }
    this.#table = table;
    this.#everyMs = everyMs;
    this.#rowOf = rowOf;
  }

  /** Before a batch is folded. @param receivedAt of the batch, ms since 1970 */
  advance(receivedAt: number): void {
    if (this.#everyMs === 0) return;
    const period = Math.floor(receivedAt / this.#everyMs);
    if (period === this.#period) return;
    for (const window of this.#table.all()) {
      const last = Math.floor(window.state.receivedAt / this.#everyMs);
      // What was not touched in the period that ends has its row; after a restart that is not known, and an equal row is no harm.
      if (last !== period && (Number.isNaN(this.#period) || last === this.#period)) {
        this.#make(window);
      }
    }
    this.#period = period;
  }

  /** A row of the batch is folded. @param receivedBefore when the window got the one before, ms since 1970 */
  touched(window: OpenWindow<State>, receivedBefore: number): void {
    if (this.#everyMs === 0) return;
    if (Math.floor(receivedBefore / this.#everyMs) !== this.#period) this.#fresh.add(window);
  }

  /** Behind a batch. */
  folded(): void {
    for (const { segment, held } of this.#fresh) this.#make({ segment, ...held });
    this.#fresh.clear();
  }

  /** What to write now; before the table's `settle`. */
  take(): Row[] {
    const changed = this.#table.takeChanged();
    if (this.#everyMs === 0) return changed.map(this.#rowOf);
    for (const { end } of changed) this.#nextEnd = Math.min(this.#nextEnd ?? end, end);
    if (this.#nextEnd === undefined || this.#table.watermark >= this.#nextEnd) this.#takeEnded();
    const rows = [...this.#made.values()];
    this.#made.clear();
    return rows;
  }

  #takeEnded(): void {
    let nextEnd = Number.POSITIVE_INFINITY;
    for (const window of this.#table.all()) {
      if (window.end <= this.#table.watermark) this.#make(window);
      else nextEnd = Math.min(nextEnd, window.end);
    }
    this.#nextEnd = nextEnd;
  }

  #make(window: PublishedWindow<State>): void {
    this.#made.set(`${window.start} ${window.segment}`, this.#rowOf(window));
  }
}
