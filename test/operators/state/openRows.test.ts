import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createOpenRows, type OpenRows } from '../../../operators/state/openRows.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';
import { contents, drainInto, restoreFrom, type Store } from './store.ts';

const options = { width: 2, windowMs: 100, keysMax: 70, version: 1 };

function made() {
  const dictionary = new InternDictionary();
  return { dictionary, table: createOpenRows(createStateTables(dictionary), 'rows', options) };
}

/** What a closed window held, by name. */
function closed(dictionary: InternDictionary, table: OpenRows, watermark: number) {
  const windows: unknown[] = [];
  for (;;) {
    const window = table.close(watermark);
    if (window === undefined) return windows;
    const { start, length, codes, values } = window;
    const rows = Array.from({ length }, (_, row) => [
      codes[row]! < 0 ? null : dictionary.text(codes[row]!),
      ...values.subarray(2 * row, 2 * row + 2),
    ]);
    windows.push([start, rows]);
  }
}

describe('rows of open windows', () => {
  test('close the same whenever they are stored and restarted', () => {
    const call = fc.oneof(
      {
        weight: 20,
        arbitrary: fc.record({
          key: fc.integer({ min: 0, max: 90 }),
          ahead: fc.integer({ min: 0, max: 250 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ close: fc.integer({ min: 1, max: 150 }) }) },
      { weight: 1, arbitrary: fc.record({ forget: fc.integer({ min: 0, max: 9 }) }) },
      { weight: 2, arbitrary: fc.record({ cut: fc.constantFrom('drain', 'restart') }) },
    );
    fc.assert(
      fc.property(fc.array(call, { minLength: 50, maxLength: 400 }), (calls) => {
        const store: Store = new Map();
        const straightStore: Store = new Map();
        const straight = made();
        let other = made();
        let clock = 0;
        for (const each of calls) {
          if ('cut' in each) {
            drainInto(store, other.table);
            if (each.cut === 'drain') other.dictionary.sweep();
            else {
              other = made();
              restoreFrom(store, other.table);
            }
            continue;
          }
          if ('close' in each) clock += each.close;
          const seen = [straight, other].map(({ dictionary, table }) => {
            if ('close' in each) return closed(dictionary, table, clock);
            if ('forget' in each) {
              table.forget((key) => key.endsWith(`${each.forget}`));
              return table.size;
            }
            const code = dictionary.internText(`k${each.key}`);
            const window = table.window(clock + each.ahead)!;
            const row = table.at(window, code);
            if (row >= 0) window.values[2 * row]! += each.ahead;
            return [row, table.size, table.nextEnd];
          });
          expect(seen[1]).toEqual(seen[0]);
        }
        drainInto(store, other.table);
        drainInto(straightStore, straight.table);
        expect(contents(store)).toEqual(contents(straightStore));
      }),
      { seed: 11 },
    );
  });

  test('are one for each key, as many as may be', () => {
    const { dictionary, table } = made();
    const window = table.window(250)!;
    const rows = Array.from({ length: 75 }, (_, i) =>
      table.at(window, dictionary.internText(`${i}`)),
    );
    expect(rows.filter((row) => row >= 0).length).toBe(70);
    expect(table.at(window, dictionary.internText('3'))).toBe(3);
    expect(table.at(table.window(350)!, dictionary.internText('74'))).toBe(0);
    expect(table.size).toBe(71);
  });

  test('hold their keys, and let them go', () => {
    const { dictionary, table } = made();
    const code = dictionary.internText('somebody');
    table.at(table.window(0)!, code);
    dictionary.sweep();
    expect(dictionary.text(code)).toBe('somebody');
    expect(table.close(99)).toBeUndefined();
    expect(table.close(100)?.start).toBe(0);
    dictionary.sweep();
    expect(dictionary.find('somebody')).toBe(-1);
    expect(table.window(50)).toBeUndefined();
  });

  test('what a lost worker stored of a closed window does not come back', () => {
    const { dictionary, table } = made();
    const late: Store = new Map();
    table.at(table.window(0)!, dictionary.internText('a'));
    drainInto(late, table);
    table.close(200);
    const store: Store = new Map();
    drainInto(store, table);
    for (const [key, value] of late) store.set(key, value);
    const restored = restoreFrom(store, made().table);
    expect(restored.size).toBe(0);
    expect(restored.nextEnd).toBe(Infinity);
  });

  test('of another width are refused, and so are options out of range', () => {
    const { dictionary, table } = made();
    table.at(table.window(0)!, dictionary.internText('a'));
    const store: Store = new Map();
    drainInto(store, table);
    const wide = createOpenRows(createStateTables(dictionary), 'rows', { ...options, width: 9 });
    expect(() => restoreFrom(store, wide)).toThrow('a page of 0 cannot be read');
    const tables = createStateTables(dictionary);
    expect(() => createOpenRows(tables, 'rows', { ...options, keysMax: 0 })).toThrow(
      new RangeError('keysMax: expected an integer ≥ 1, got 0'),
    );
  });
});
