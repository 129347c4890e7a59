/** Event-time windows of one length that begin at regular steps and may overlap. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf, watermarksOf } from '../contracts/batch.ts';
import type { Fold } from '../contracts/fold.ts';
import type { OpenWindow, WindowTable } from './state/windowTable.ts';
import {
  expectDuration,
  type WindowColumns,
  type WindowReadings,
  windowReadings,
} from './windowReadings.ts';

/**
 * Folds each row into all windows [n·hop, n·hop + width) that contain its time.
 *
 * ```text
 * times                       --[7]----------------[12]------|
 * hopping, width 10, hop 5    --[0–10:1 5–15:1]----[5–15:2 10–20:1]--|      (a count)
 * ```
 *
 * Beyond the table's `segmentsMax` segments in one window, the rows of further ones count under the segment `(others)`.
 *
 * Behind the operator `watermark`. Rows behind their watermark are skipped, so a closed window never changes: what a window
 * reads in the end depends on the rows alone, not on how they are cut into batches or epochs. Synchronous: one value out
 * for each batch in. An error thrown by `fold` ends the stream with that error.
 *
 * @param table  where the windows live; publish its `takeChanged` and `settle`
 * @param widthMs length of a window, whole ms
 * @param hopMs  from one start to the next, whole ms, at most `widthMs`
 * @throws RangeError when a duration is out of range
 */
export function hoppingWindow<State, Output>(
  fold: Fold<State, number, Output>,
  table: WindowTable<State>,
  options: WindowColumns & { readonly widthMs: number; readonly hopMs: number },
): OperatorFunction<Batch, WindowReadings<Output>> {
  const { widthMs, hopMs, value, segment } = options;
  expectDuration('widthMs', widthMs);
  expectDuration('hopMs', hopMs);
  if (hopMs > widthMs) throw new RangeError(`hopMs: expected ≤ ${widthMs}, got ${hopMs}`);
  return map((batch) => {
    const times = numbersOf(batch, 'time');
    const watermarks = watermarksOf(batch);
    const values = numbersOf(batch, value);
    const users = batch.codes.get('user');
    const codes = segment === undefined ? undefined : codesOf(batch, segment);
    let window: OpenWindow<State> | undefined;
    for (let row = 0; row < batch.length; row += 1) {
      const time = times[row]!;
      const input = values[row]!;
      if (Number.isNaN(input) || time < watermarks[row]!) continue;
      const code = codes === undefined ? -1 : codes[row]!;
      const latest = Math.floor(time / hopMs) * hopMs;
      for (let start = latest; start > time - widthMs; start -= hopMs) {
        if (window === undefined || window.held.start !== start || window.code !== code) {
          window = table.at(code, start, start + widthMs, fold.initial);
        }
        fold.step(window.held.state, input);
        table.touch(
          window,
          batch.offsets[row]!,
          users === undefined ? -1 : users[row]!,
          watermarks[row]!,
        );
      }
    }
    const watermark = batch.length > 0 ? watermarks[batch.length - 1]! : -Infinity;
    return windowReadings(batch, table.flush(watermark), fold);
  });
}
