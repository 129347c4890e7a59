/** What a window's scores are read by: the labelled predictions of the window before. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf, selectRows } from '../../contracts/batch.ts';

const parts = ['window', 'reference'] as const;

/**
 * Adds the column `part`, `window`, and behind the rows each labelled one once more, as `reference` and one window later: what
 * `estimated-performance` takes in windows.
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
    const rows = new Int32Array(2 * length);
    let count = length;
    for (let row = 0; row < length; row += 1) {
      rows[row] = row;
      if (labelled >= 0 && types[row] === labelled) rows[count++] = row;
    }
    const again = selectRows(batch, rows, count);
    const part = new Int32Array(count).fill(reference!).fill(window!, 0, length);
    const times = numbersOf(again, 'time').slice();
    for (let row = length; row < count; row += 1) times[row]! += windowMs!;
    return {
      ...again,
      numbers: new Map(again.numbers).set('time', times),
      codes: new Map(again.codes).set('part', part),
    };
  });
}
