/** Rows about predictions and their labels, gathered row by row and handed on as a batch. */
import type { Batch } from '../../contracts/batch.ts';
import type { LabelOutcome } from '../../stats/monitoring/labelOutcomes.ts';

/**
 * What a row is, in the column `type`: `told`, a prediction without its label; `labelled`, one with its label; `censored`, one
 * that is given up without; `counted`, anything else that became of a prediction or a label.
 */
export type LabelRowType = 'told' | 'labelled' | 'censored' | 'counted';

export interface LabelRow {
  readonly type: LabelRowType;
  readonly outcome: LabelOutcome;
  readonly user: string;
  /** Event time of the prediction, of a label that has none its own, ms since 1970. */
  readonly time: number;
  /** Probability or number; NaN of a label that has none. */
  readonly prediction: number;
  /** −1 while there is none. */
  readonly value: number;
  /** From the prediction to its label, or until it was given up, ms; NaN of other rows. */
  readonly age: number;
  /** In the order of the kept columns; '' is absent. */
  readonly kept: readonly string[];
}

const noText = new Uint8Array(0);

export class LabelRows {
  readonly #columns: readonly string[];
  readonly #delayMs: number;
  #rows: LabelRow[] = [];
  #offsets: number[] = [];
  #watermarks: number[] = [];

  /**
   * @param columns that are kept of predictions
   * @param delayMs how long after its prediction a row may come: by so much the watermark is behind that of the stream
   */
  constructor(columns: readonly string[], delayMs: number) {
    this.#columns = columns;
    this.#delayMs = delayMs;
  }

  /**
   * @param offset    of the row of the log that makes it known
   * @param watermark before that row
   */
  add(row: LabelRow, offset: number, watermark: number): void {
    this.#rows.push(row);
    this.#offsets.push(offset);
    // What is given up is older than the watermark by more than any delay, but its window is still open.
    this.#watermarks.push(Math.min(row.time, watermark - this.#delayMs));
  }

  /** The rows so far, in the place of those of a batch; they have no id and no bytes. */
  take(source: Batch): Batch {
    const rows = this.#rows;
    const { length } = rows;
    const { dictionary } = source;
    const numbers = (of: (row: LabelRow) => number) => {
      const column = new Float64Array(length);
      for (let row = 0; row < length; row += 1) column[row] = of(rows[row]!);
      return column;
    };
    // Most texts are those of many rows.
    const known = new Map([['', -1]]);
    const codes = (of: (row: LabelRow) => string) => {
      const column = new Int32Array(length);
      for (let row = 0; row < length; row += 1) {
        const text = of(rows[row]!);
        let code = known.get(text);
        if (code === undefined) {
          code = dictionary.internText(text);
          known.set(text, code);
        }
        column[row] = code;
      }
      return column;
    };
    const absent = new Int32Array(length).fill(-1);
    const none = { bytes: noText, starts: absent, ends: absent };
    const { origins: _, ...rest } = source;
    const batch: Batch = {
      ...rest,
      length,
      offsets: Float64Array.from(this.#offsets),
      numbers: new Map([
        ['time', numbers(({ time }) => time)],
        ['value', numbers(({ value }) => value)],
        ['prediction', numbers(({ prediction }) => prediction)],
        ['age', numbers(({ age }) => age)],
        ['labelled', numbers(({ type }) => Number(type === 'labelled'))],
      ]),
      codes: new Map([
        ['type', codes(({ type }) => type)],
        ['outcome', codes(({ outcome }) => outcome)],
        ['user', codes(({ user }) => user)],
        ['item', absent],
        ...this.#columns.map((column, i): [string, Int32Array] => [
          column,
          codes(({ kept }) => kept[i]!),
        ]),
      ]),
      texts: new Map(['id', 'session', 'decision'].map((name) => [name, none])),
      idLow: new Uint32Array(length),
      idHigh: new Uint32Array(length),
      raw: none,
      watermarks: Float64Array.from(this.#watermarks),
      refusals: [],
    };
    this.#rows = [];
    this.#offsets = [];
    this.#watermarks = [];
    return batch;
  }
}
