import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createObjectTable } from '../../../operators/state/objectTable.ts';
import { drainInto, restoreFrom, type Store } from './store.ts';

describe('a table of objects', () => {
  test('comes back whole and in order, whenever it is stored and restarted', () => {
    const call = fc.record({
      key: fc.constantFrom('', 'a', 'b', 'zoë', 'a\0b', '\ufeffa'),
      kind: fc.constantFrom('set', 'set', 'delete'),
      value: fc.double(),
      cut: fc.constantFrom('none', 'none', 'drain', 'restart'),
    });
    fc.assert(
      fc.property(fc.array(call, { size: 'medium' }), (calls) => {
        const store: Store = new Map();
        const straight = createObjectTable<{ value: number }>('o');
        let table = createObjectTable<{ value: number }>('o');
        for (const { key, kind, value, cut } of calls) {
          for (const one of [straight, table]) {
            if (kind === 'set') one.set(key, { value });
            else one.delete(key);
          }
          if (cut !== 'none') drainInto(store, table);
          if (cut === 'restart') table = restoreFrom(store, createObjectTable('o'));
        }
        expect([...table.entries()]).toEqual([...straight.entries()]);
        drainInto(store, table);
        expect(store.size).toBe(straight.size);
      }),
      { seed: 4 },
    );
  });

  test('gives back every kind of plain data as it was, of a view no more than the view', () => {
    const state = {
      numbers: [Number.NaN, -0, Infinity, 1e-300],
      view: new Float64Array(1_000).subarray(10, 13).fill(2),
      counts: Int32Array.of(1, -2),
      odd: Uint8Array.of(1, 2, 3),
      flags: { seen: true, note: null },
      whole: [-1, 2 ** 40, -(2 ** 53) + 1],
    };
    const table = createObjectTable<typeof state>('o');
    table.set('k', state);
    const store: Store = new Map();
    drainInto(store, table);
    expect(store.get('k')!.length).toBeLessThan(400);
    const restored = restoreFrom(store, createObjectTable<typeof state>('o')).get('k')!;
    expect(restored).toEqual(state);
    store.get('k')!.fill(0); // the bytes are lent for the call only
    expect(restored).toEqual(state);
  });

  test('stores a state changed in place when it is set again', () => {
    const table = createObjectTable<{ count: number }>('o');
    const store: Store = new Map();
    const state = { count: 1 };
    table.set('k', state);
    drainInto(store, table);
    state.count = 2;
    expect(drainInto(store, table)).toBe(0);
    table.set('k', state);
    expect(drainInto(store, table)).toBe(1);
    expect(restoreFrom(store, createObjectTable('o')).get('k')).toEqual({ count: 2 });
  });

  test('deletes in the store what it never stored itself: a lost worker may have', () => {
    const store: Store = new Map();
    const [lost, table] = [createObjectTable<number>('o'), createObjectTable<number>('o')];
    for (const one of [lost, table]) one.set('k', 1);
    table.delete('k');
    drainInto(store, lost);
    expect(drainInto(store, table)).toBe(1);
    expect(store.size).toBe(0);
    expect(drainInto(store, table)).toBe(0);
  });

  test('refuses bytes that are not its own', () => {
    const table = createObjectTable('o');
    expect(() => table.restore(Uint8Array.of(65), Uint8Array.of(1, 2, 3))).toThrow(
      'table o: the state of key "A" cannot be read',
    );
  });
});
