/** Event-time windows that last as long as rows keep coming. */
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

type MergingFold<State, Output> = Fold<State, number, Output> &
  Required<Pick<Fold<State, number, Output>, 'merge'>>;

/**
 * Folds rows of a segment that are less than `gapMs` apart into one session, [first time, last time + gap).
 *
 * ```text
 * times            --[10 30]--------------[20]-------|
 * session, gap 15  --[10–25:1 30–45:1]----[10–45:3]--|      (a count)
 * ```
 *
 * A row that bridges two sessions merges them into the one that started first; a row before a session moves its start.
 * What was published under the start that is gone is retracted: it is published once more with an initial state. So
 * publish sessions under their start, not under their length.
 *
 * Lateness, cuts and errors are as with `hoppingWindow`.
 *
 * @param fold  must have `merge`
 * @param table where the sessions live; publish its `takeChanged` and `settle`
 * @param gapMs silence that ends a session, whole ms
 * @throws RangeError when `gapMs` is out of range, TypeError when `fold` cannot merge
 */
export function sessionWindow<State, Output>(
  fold: Fold<State, number, Output>,
  table: WindowTable<State>,
  options: WindowColumns & { readonly gapMs: number },
): OperatorFunction<Batch, WindowReadings<Output>> {
  const { gapMs, value, segment } = options;
  expectDuration('gapMs', gapMs);
  if (!canMerge(fold)) throw new TypeError('fold: expected one with merge, got one without');
  return map((batch) => {
    const times = numbersOf(batch, 'time');
    const watermarks = watermarksOf(batch);
    const values = numbersOf(batch, value);
    const codes = segment === undefined ? undefined : codesOf(batch, segment);
    for (let row = 0; row < batch.length; row += 1) {
      const time = times[row]!;
      const input = values[row]!;
      if (Number.isNaN(input) || time < watermarks[row]!) continue;
      const code = codes === undefined ? -1 : codes[row]!;
      const offset = batch.offsets[row]!;
      const session = sessionAt(fold, table, code, time, gapMs, offset);
      fold.step(session.held.state, input);
      table.touch(session, offset);
    }
    const watermark = batch.length > 0 ? watermarks[batch.length - 1]! : -Infinity;
    return windowReadings(batch, table.flush(watermark), fold);
  });
}

function canMerge<State, Output>(
  fold: Fold<State, number, Output>,
): fold is MergingFold<State, Output> {
  return fold.merge !== undefined;
}

/** The one session that contains the time, made by opening, stretching or merging. */
function sessionAt<State, Output>(
  fold: MergingFold<State, Output>,
  table: WindowTable<State>,
  code: number,
  time: number,
  gapMs: number,
  offset: number,
): OpenWindow<State> {
  const sessions = table.of(code);
  const end = time + gapMs;
  let last = sessions.length - 1;
  while (last >= 0 && sessions[last]!.held.start >= end) last -= 1;
  const session = sessions[last];
  if (session === undefined || session.held.end <= time) {
    return table.open(code, time, end, fold.initial());
  }
  // Sessions of a segment lie at least a gap apart, so a row bridges two at most.
  const before = sessions[last - 1];
  if (before !== undefined && before.held.end > time) {
    fold.merge(before.held.state, session.held.state);
    before.held.end = session.held.end;
    table.touch(before, session.held.lastOffset);
    table.drop(session, offset, fold.initial());
    return before;
  }
  if (time < session.held.start) table.move(session, time, offset, fold.initial());
  if (end > session.held.end) session.held.end = end;
  return session;
}
