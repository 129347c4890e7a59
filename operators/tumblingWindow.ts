/** Event-time windows of one length, side by side: each row is in exactly one. */
import type { OperatorFunction } from 'rxjs';
import type { Batch } from '../contracts/batch.ts';
import type { Fold } from '../contracts/fold.ts';
import { hoppingWindow } from './hoppingWindow.ts';
import type { WindowTable } from './state/windowTable.ts';
import type { WindowColumns, WindowReadings } from './windowReadings.ts';

/**
 * Folds each row into the window [n·width, (n + 1)·width) that contains its time.
 *
 * ```text
 * times               --[7 3 12]----------[15 21]----------|
 * tumbling, width 10  --[0–10:2 10–20:1]--[10–20:2 20–30:1]--|      (a count)
 * ```
 *
 * Lateness, cuts and errors are as with {@link hoppingWindow}.
 *
 * @param table   where the windows live; publish its `takeChanged` and `settle`
 * @param widthMs length of a window, whole ms
 * @throws RangeError when `widthMs` is out of range
 */
export function tumblingWindow<State, Output>(
  fold: Fold<State, number, Output>,
  table: WindowTable<State>,
  options: WindowColumns & { readonly widthMs: number },
): OperatorFunction<Batch, WindowReadings<Output>> {
  return hoppingWindow(fold, table, { ...options, hopMs: options.widthMs });
}
