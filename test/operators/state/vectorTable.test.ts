import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVectorTable } from '../../../operators/state/vectorTable.ts';
import { contents, drainInto, restoreFrom, type Store } from './store.ts';

describe('a vector table', () => {
  test('comes back whole from its pages, whenever it is stored and restarted', () => {
    const call = fc.record({
      index: fc.integer({ min: 0, max: 299 }),
      value: fc.double(),
      cut: fc.constantFrom('none', 'none', 'drain', 'restart'),
    });
    fc.assert(
      fc.property(fc.array(call), (calls) => {
        const store: Store = new Map();
        const straight = createVectorTable('w', 300);
        let table = createVectorTable('w', 300);
        for (const { index, value, cut } of calls) {
          for (const vector of [straight, table]) {
            vector.values[index] = value;
            vector.touch(index);
          }
          if (cut !== 'none') drainInto(store, table);
          if (cut === 'restart') table = restoreFrom(store, createVectorTable('w', 300));
        }
        expect(table.values).toEqual(straight.values);
        expect(table.size).toBe(straight.size);
        const whole: Store = new Map();
        drainInto(whole, straight);
        drainInto(store, table);
        expect(contents(store)).toEqual(contents(whole));
      }),
      { seed: 3 },
    );
  });

  test('stores only the touched pages, each once', () => {
    const table = createVectorTable('w', 100);
    const store: Store = new Map();
    table.touch(99);
    table.touch(64);
    expect(drainInto(store, table)).toBe(1);
    expect(store.get('1')!.length).toBe(36 * 8);
    expect(drainInto(store, table)).toBe(0);
    expect(table.size).toBe(1);
  });

  test('refuses pages that do not fit, and broken arguments', () => {
    const table = createVectorTable('w', 100);
    const page = (key: string, size: number) => () =>
      table.restore(new TextEncoder().encode(key), new Uint8Array(size));
    expect(page('2', 512)).toThrow('page 2 of 512 bytes does not fit 100 numbers');
    expect(page('1', 512)).toThrow('does not fit');
    expect(page('x', 512)).toThrow('does not fit');
    expect(() => table.touch(1_000)).toThrow('index: expected in the vector, got 1000');
    expect(() => table.touch(-1)).toThrow(RangeError);
    expect(() => createVectorTable('w', 0)).toThrow(RangeError);
  });
});
