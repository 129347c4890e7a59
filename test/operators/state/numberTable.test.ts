import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createNumberTable } from '../../../operators/state/numberTable.ts';
import { contents, drainInto, restoreFrom, type Store } from './store.ts';

interface Call {
  readonly left: number;
  /** −1: a single key. */
  readonly right: number;
  readonly step: number;
  readonly act: 'at' | 'peek' | 'delete';
  readonly cut: 'none' | 'drain' | 'restart';
}

const calls = fc.array(
  fc.record<Call>({
    left: fc.integer({ min: 0, max: 12 }),
    right: fc.integer({ min: -1, max: 2 }),
    step: fc.oneof(fc.constant(0), fc.integer({ min: -30, max: 40 })),
    act: fc.constantFrom('at', 'at', 'peek', 'peek', 'delete'),
    cut: fc.constantFrom('none', 'none', 'none', 'drain', 'restart'),
  }),
  { maxLength: 150, size: 'max' },
);
const bounds = fc.record({
  keysMax: fc.constantFrom(1, 2, 5, 20, Infinity),
  ttlMs: fc.constantFrom(25, 100, Infinity),
});

/** The contract in the plainest way: a Map in order of touch. */
class NaiveTable {
  readonly rows = new Map<string, { count: number; touched: number }>();
  clock = -Infinity;
  readonly #bounds: { keysMax: number; ttlMs: number };

  constructor(bounds: { keysMax: number; ttlMs: number }) {
    this.#bounds = bounds;
  }

  at(key: string, time: number): number {
    const { keysMax, ttlMs } = this.#bounds;
    this.clock = Math.max(this.clock, time);
    for (const [other, row] of this.rows) {
      if (this.clock - row.touched > ttlMs) this.rows.delete(other);
    }
    const count = this.rows.get(key)?.count ?? 0;
    this.rows.delete(key);
    if (this.rows.size >= keysMax) this.rows.delete([...this.rows.keys()][0]!);
    this.rows.set(key, { count: count + 1, touched: this.clock });
    return count;
  }

  peek(key: string, time: number): number | undefined {
    const row = this.rows.get(key);
    return row === undefined || time - row.touched > this.#bounds.ttlMs ? undefined : row.count;
  }
}

/** Runs the calls on a table that is drained, swept and restarted between them; returns all answers. */
function run(calls: readonly Call[], bounds: { keysMax: number; ttlMs: number }, cuts: boolean) {
  const open = () => {
    const dictionary = new InternDictionary();
    return { dictionary, table: createNumberTable('t', dictionary, { width: 2, ...bounds }) };
  };
  const store: Store = new Map();
  let { dictionary, table } = open();
  const answers: (number | undefined)[] = [];
  let time = 1_000;
  for (const { left, right, step, act, cut } of calls) {
    time += step;
    const first = dictionary.internText(`k${left}`);
    const second = right < 0 ? -1 : dictionary.internText(`r${right}`);
    if (act === 'delete' && right < 0) {
      table.delete(first);
    } else if (act !== 'at') {
      const at = right < 0 ? table.peek(first, time) : table.peekPair(first, second, time);
      answers.push(at < 0 ? undefined : table.values[at + 1]);
    } else {
      const at = right < 0 ? table.at(first, time) : table.atPair(first, second, time);
      answers.push(table.values[at + 1]);
      table.values[at + 1]! += 1;
    }
    answers.push(table.size);
    if (!cuts || cut === 'none') continue;
    drainInto(store, table);
    dictionary.sweep();
    if (cut === 'restart') {
      ({ dictionary, table } = open());
      restoreFrom(store, table);
    }
  }
  drainInto(store, table);
  return { answers, stored: contents(store) };
}

describe('a table of numbers', () => {
  test('answers as the plain model does, and the same however often it is stored and restarted', () => {
    fc.assert(
      fc.property(calls, bounds, (calls, bounds) => {
        const straight = run(calls, bounds, false);
        const model = new NaiveTable(bounds);
        const expected: (number | undefined)[] = [];
        let time = 1_000;
        for (const { left, right, step, act } of calls) {
          time += step;
          const key = `${left} ${right}`;
          if (act === 'delete' && right < 0) model.rows.delete(key);
          else expected.push(act === 'at' ? model.at(key, time) : model.peek(key, time));
          expected.push(model.rows.size);
        }
        expect(straight.answers).toEqual(expected);
        expect(run(calls, bounds, true)).toEqual(straight);
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  test('forgets a row after its time to live, and the least recently touched beyond the bound', () => {
    const dictionary = new InternDictionary();
    const [a, b, c] = ['a', 'b', 'c'].map((text) => dictionary.internText(text)) as [
      number,
      number,
      number,
    ];
    const table = createNumberTable('t', dictionary, { width: 1, keysMax: 2, ttlMs: 10 });
    table.values[table.at(a, 0)] = 1;
    table.values[table.at(b, 0)] = 2;
    table.at(a, 5);
    table.at(c, 5);
    expect(table.peek(b, 5)).toBe(-1);
    expect(table.values[table.peek(a, 15)]).toBe(1);
    expect(table.peek(a, 16)).toBe(-1);
    expect(table.size).toBe(2);
    expect(table.values[table.at(a, 16)]).toBe(0);
    expect(table.size).toBe(1);
  });

  test('drains what changed and nothing else', () => {
    const dictionary = new InternDictionary();
    const table = createNumberTable('t', dictionary, { width: 3 });
    const store: Store = new Map();
    for (let i = 0; i < 1_000; i += 1) table.at(dictionary.internText(`k${i}`), i);
    expect(drainInto(store, table)).toBe(1_001); // the keys and the header
    expect(drainInto(store, table)).toBe(0);
    table.at(dictionary.internText('k7'), 0);
    table.peek(dictionary.internText('k8'), 0);
    expect(drainInto(store, table)).toBe(2);
    expect(store.size).toBe(1_001);
  });

  test('stores a key that came and went between two drains not at all, and deletes a stored one', () => {
    const dictionary = new InternDictionary();
    const table = createNumberTable('t', dictionary, { width: 1, keysMax: 1 });
    const store: Store = new Map();
    table.at(dictionary.internText('a'), 1);
    table.at(dictionary.internText('b'), 1);
    drainInto(store, table);
    expect([...store.keys()]).toEqual(['b', '']);
    table.at(dictionary.internText('c'), 1);
    dictionary.sweep();
    drainInto(store, table);
    expect([...store.keys()]).toEqual(['', 'c']);
    dictionary.sweep();
    expect(dictionary.size).toBe(1);
  });

  test('keeps apart keys that look alike', () => {
    const texts = ['a', 'b', 'ab', 'ba', '\x01', 'ÿ', '\ufeffa'];
    const dictionary = new InternDictionary();
    const table = createNumberTable('t', dictionary, { width: 1 });
    let next = 1;
    for (const left of texts) {
      const single = table.at(dictionary.internText(left), 1); // before `values`: it may grow
      table.values[single] = next++;
      for (const right of texts) {
        const at = table.atPair(dictionary.internText(left), dictionary.internText(right), 1);
        table.values[at] = next++;
      }
    }
    const store: Store = new Map();
    drainInto(store, table);
    expect(store.size).toBe(next); // and the header
    const other = new InternDictionary();
    const restored = restoreFrom(store, createNumberTable('t', other, { width: 1 }));
    let expected = 1;
    for (const left of texts) {
      expect(restored.values[restored.peek(other.find(left), 1)]).toBe(expected++);
      for (const right of texts) {
        const at = restored.peekPair(other.find(left), other.find(right), 1);
        expect(restored.values[at]).toBe(expected++);
      }
    }
  });

  test('refuses a broken argument and a foreign snapshot', () => {
    const dictionary = new InternDictionary();
    const table = createNumberTable('t', dictionary, { width: 2 });
    expect(() => table.at(-1, 0)).toThrow('key: expected a code ≥ 0, got -1');
    expect(() => table.atPair(dictionary.internText('a'), -1, 0)).toThrow('right: expected');
    expect(() => createNumberTable('t', dictionary, { width: 0 })).toThrow(RangeError);
    expect(() => createNumberTable('t', dictionary, { width: 1, keysMax: 0.5 })).toThrow('keysMax');
    expect(() => createNumberTable('t', dictionary, { width: 1, ttlMs: 0 })).toThrow('ttlMs');
    expect(() => table.restore(new Uint8Array([65]), new Uint8Array(8))).toThrow(
      'table t: expected 32 bytes per key, found 8',
    );
  });
});
