/** What a window's scores are read by: the labelled predictions of the window before. */
import { map, type OperatorFunction } from 'rxjs';
import type { Batch, TextColumn } from '../../contracts/batch.ts';
import { codesOf, numbersOf, watermarksOf } from '../../contracts/batch.ts';

const parts = ['window', 'reference'] as const;

/**
 * Adds the column `part`, `window`, and behind the rows each labelled one once more, as `reference` and one window later: what
 * {@link estimatedPerformance} takes in windows.
 *
 * Synchronous: one batch out for each in.
 *
 * @param windowMs undefined: no reference
 */
export function withReference(windowMs: number | undefined): OperatorFunction<Batch, Batch> {
  return map((batch) => {
    const [window, reference] = parts.map((part) => batch.dictionary.internText(part));
    const labelled = windowMs === undefined ? -1 : batch.dictionary.find('labelled');
    const types = codesOf(batch, 'type');
    const { length } = batch;
    const rows: number[] = Array.from({ length }, (_, row) => row);
    for (let row = 0; labelled >= 0 && row < length; row += 1) {
      if (types[row] === labelled) rows.push(row);
    }
    const doubled = rows.length === length ? batch : rowsAt(batch, rows);
    const part = new Int32Array(rows.length).fill(reference!).fill(window!, 0, length);
    const times = numbersOf(doubled, 'time').slice();
    for (let i = length; i < rows.length; i += 1) times[i]! += windowMs!;
    return {
      ...doubled,
      numbers: new Map(doubled.numbers).set('time', times),
      codes: new Map(doubled.codes).set('part', part),
    };
  });
}

/** Rows of a batch in any order, any number of times. */
function rowsAt(batch: Batch, rows: readonly number[]): Batch {
  const numbers = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
  const codes = (column: Int32Array) => Int32Array.from(rows, (row) => column[row]!);
  const halves = (column: Uint32Array) => Uint32Array.from(rows, (row) => column[row]!);
  const texts = ({ bytes, starts, ends }: TextColumn): TextColumn => ({
    bytes,
    starts: codes(starts),
    ends: codes(ends),
  });
  return {
    ...batch,
    length: rows.length,
    offsets: numbers(batch.offsets),
    numbers: new Map([...batch.numbers].map(([name, column]) => [name, numbers(column)])),
    codes: new Map([...batch.codes].map(([name, column]) => [name, codes(column)])),
    texts: new Map([...batch.texts].map(([name, column]) => [name, texts(column)])),
    idLow: halves(batch.idLow),
    idHigh: halves(batch.idHigh),
    raw: texts(batch.raw),
    watermarks: numbers(watermarksOf(batch)),
  };
}
