/** Fields of an event by name, for conditions and measures: from the columns where there is one, else from its JSON. */
import { type Batch, codesOf, numbersOf } from '../../contracts/batch.ts';
import { figureMax } from '../../contracts/event.ts';
import { readAttribute } from '../assignment/unit.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const inCodes = new Set(['type', 'user', 'item']);
const inNumbers = new Set(['time', 'value']);
const inTexts = new Set(['id', 'session', 'decision']);

/** Stands at one row at a time; reading the JSON once a row at most. */
export class EventReader {
  #batch: Batch | undefined;
  #row = 0;
  #json: Readonly<Record<string, unknown>> | undefined;

  moveTo(batch: Batch, row: number): void {
    if (batch === this.#batch && row === this.#row) return;
    this.#batch = batch;
    this.#row = row;
    this.#json = undefined;
  }

  /** undefined or null where the event has no such field; `time` in ms since 1970, a boolean `value` as 1 or 0. */
  readonly read = (field: string): unknown => {
    const batch = this.#batch!;
    const row = this.#row;
    if (inCodes.has(field)) {
      const code = codesOf(batch, field)[row]!;
      return code < 0 ? undefined : batch.dictionary.text(code);
    }
    if (inNumbers.has(field)) {
      const number = numbersOf(batch, field)[row]!;
      return Number.isNaN(number) ? undefined : number;
    }
    if (inTexts.has(field)) {
      const column = batch.texts.get(field)!;
      const start = column.starts[row]!;
      return start < 0 ? undefined : decoder.decode(column.bytes.subarray(start, column.ends[row]));
    }
    return readAttribute(this.json(), field);
  };

  /** A figure of at most `figureMax` either way; NaN where there is none. A boolean is 1 or 0. */
  number(field: string): number {
    const value = this.read(field);
    if (typeof value === 'number') return Math.abs(value) <= figureMax ? value : Number.NaN;
    return typeof value === 'boolean' ? Number(value) : Number.NaN;
  }

  /** The event as it came. */
  json(): Readonly<Record<string, unknown>> {
    if (this.#json === undefined) {
      const { raw } = this.#batch!;
      const bytes = raw.bytes.subarray(raw.starts[this.#row], raw.ends[this.#row]);
      this.#json = JSON.parse(decoder.decode(bytes)) as Record<string, unknown>;
    }
    return this.#json;
  }
}
