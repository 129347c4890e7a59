import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import { createWindowTable } from '../../operators/state/windowTable.ts';
import { DueWindows } from '../../pipelines/dueWindows.ts';
import { drainInto, restoreFrom, type Store } from '../operators/state/store.ts';

interface Count {
  count: number;
  receivedAt: number;
}

/** Windows [start, end) that take a row at each offset; a row is its offset and the count by then. */
function windowsOf(everyMs: number, store?: Store) {
  const tables = createStateTables(new InternDictionary());
  const table = createWindowTable<Count>(tables, 'windows');
  const due = new DueWindows(table, everyMs, ({ lastOffset, state }) => [lastOffset, state.count]);
  if (store !== undefined) restoreFrom(store, tables.all[0]!);
  return {
    fold(
      offset: number,
      receivedAt: number,
      watermark = Number.NEGATIVE_INFINITY,
      end = 100,
      start = 0,
    ) {
      due.advance(receivedAt);
      const window = table.at(-1, start, end, () => ({ count: 0, receivedAt: 0 }));
      due.touched(window, window.held.state.receivedAt);
      window.held.state.count += 1;
      window.held.state.receivedAt = receivedAt;
      table.touch(window, offset);
      table.flush(watermark);
      due.folded();
    },
    /** @returns what a cut writes */
    cut() {
      const written = due.take();
      table.settle();
      return written;
    },
    /** @returns what a cut writes behind a row */
    take(
      ...row: [offset: number, receivedAt: number, watermark?: number, end?: number, start?: number]
    ) {
      this.fold(...row);
      return this.cut();
    },
    store() {
      const stored: Store = new Map();
      drainInto(stored, tables.all[0]!);
      return stored;
    },
  };
}

describe('DueWindows', () => {
  test('without periods writes what has changed', () => {
    const windows = windowsOf(0);
    expect(windows.take(1, 10)).toEqual([[1, 1]]);
    expect(windows.take(2, 10)).toEqual([[2, 2]]);
    expect(windows.cut()).toEqual([]);
  });

  test('writes a window behind its first rows of a period, and what it was when the period ended', () => {
    const windows = windowsOf(50);
    expect(windows.take(1, 1_000)).toEqual([[1, 1]]);
    expect(windows.take(2, 1_010)).toEqual([]);
    expect(windows.take(3, 1_049)).toEqual([]);
    // At once what it was and what it is: the newer stands.
    expect(windows.take(4, 1_050)).toEqual([[4, 4]]);
    expect(windows.take(5, 1_051)).toEqual([]);
    expect(windows.cut()).toEqual([]);
  });

  test('writes what has waited when a row of another window comes', () => {
    const windows = windowsOf(50);
    expect(windows.take(1, 1_000, undefined, 100)).toEqual([[1, 1]]);
    expect(windows.take(2, 1_001, undefined, 100)).toEqual([]);
    expect(windows.take(3, 1_060, undefined, 200, 100)).toEqual([
      [2, 2],
      [3, 1],
    ]);
  });

  test('writes one that has ended, with all that came', () => {
    const windows = windowsOf(50);
    expect(windows.take(1, 1_000)).toEqual([[1, 1]]);
    expect(windows.take(2, 1_001, 100)).toEqual([[2, 2]]);
    expect(windows.cut()).toEqual([]);
  });

  test('writes the same rows wherever epochs are cut, and wherever it stops and goes on', () => {
    const row = fc.record({ gap: fc.nat(40), isCut: fc.boolean(), isStop: fc.boolean() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const played = (cuts: boolean, stops: boolean) => {
          let windows = windowsOf(50);
          const written: number[][] = [];
          let at = 1_000;
          rows.forEach(({ gap, isCut, isStop }, offset) => {
            at += gap;
            windows.fold(offset, at);
            if (!(cuts && isCut) && !(stops && isStop)) return;
            written.push(...windows.cut());
            if (stops && isStop) windows = windowsOf(50, windows.store());
          });
          windows.fold(rows.length, at + 50);
          written.push(...windows.cut());
          // Equal rows replace one another; where epochs are longer, the newest stands for those before.
          return [...new Map(written.map(([offset, count]) => [offset, count]))];
        };
        const whole = played(false, false) as [number, number][];
        for (const other of [played(true, false), played(true, true)]) {
          const found = new Map(other as [number, number][]);
          for (const [offset, count] of whole) expect(found.get(offset)).toBe(count);
          // What is read in the end is the newest.
          expect(Math.max(...found.keys())).toBe(Math.max(...whole.map(([offset]) => offset)));
        }
      }),
    );
  });

  test('takes no negative time', () => {
    expect(() => windowsOf(-1)).toThrow('everyMs: expected ≥ 0 and finite, got -1');
  });
});
