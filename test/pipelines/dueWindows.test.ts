import { describe, expect, test } from 'vitest';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import { createWindowTable } from '../../operators/state/windowTable.ts';
import { DueWindows } from '../../pipelines/dueWindows.ts';
import { drainInto, restoreFrom, type Store } from '../operators/state/store.ts';

interface Count {
  count: number;
}

/** One window [0, end) that takes a row at each offset. */
function windowOf(everyMs: number, store?: Store) {
  const tables = createStateTables(new InternDictionary());
  const table = createWindowTable<Count>(tables, 'windows');
  const due = new DueWindows(table, everyMs);
  if (store !== undefined) restoreFrom(store, tables.all[0]!);
  return {
    /** @returns offsets of what a cut writes after a row */
    take(offset: number, receivedAt: number, watermark = Number.NEGATIVE_INFINITY, end = 100) {
      const window = table.at(-1, 0, end, () => ({ count: 0 }));
      window.held.state.count += 1;
      table.touch(window, offset);
      table.flush(watermark);
      due.advance(receivedAt);
      return this.cut();
    },
    cut() {
      const written = due.take().map(({ lastOffset, state }) => [lastOffset, state.count]);
      table.settle();
      return written;
    },
    store() {
      const stored: Store = new Map();
      drainInto(stored, tables.all[0]!);
      return stored;
    },
  };
}

describe('DueWindows', () => {
  test('without a least time writes what has changed', () => {
    const window = windowOf(0);
    expect(window.take(1, 10)).toEqual([[1, 1]]);
    expect(window.take(2, 10)).toEqual([[2, 2]]);
    expect(window.cut()).toEqual([]);
  });

  test('writes a window at first sight, and then when the time is over, with all that came', () => {
    const window = windowOf(50);
    expect(window.take(1, 1_000)).toEqual([[1, 1]]);
    expect(window.take(2, 1_010)).toEqual([]);
    expect(window.take(3, 1_049)).toEqual([]);
    expect(window.take(4, 1_050)).toEqual([[4, 4]]);
    expect(window.take(5, 1_051)).toEqual([]);
  });

  test('writes one that has ended, however soon', () => {
    const window = windowOf(50);
    expect(window.take(1, 1_000)).toEqual([[1, 1]]);
    expect(window.take(2, 1_001, 100)).toEqual([[2, 2]]);
  });

  test('what waited at a stop is written after the restart', () => {
    const before = windowOf(50);
    before.take(1, 1_000);
    expect(before.take(2, 1_001)).toEqual([]);
    const after = windowOf(50, before.store());
    expect(after.cut()).toEqual([[2, 2]]);
    expect(after.cut()).toEqual([]);
  });

  test('takes no negative time', () => {
    expect(() => windowOf(-1)).toThrow('everyMs: expected ≥ 0 and finite, got -1');
  });
});
