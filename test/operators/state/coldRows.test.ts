/** A table that holds few rows, beside a store, answers as one that holds all: whatever is stored, settled, read and lost when. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NumberTable } from '../../../contracts/stateTable.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createNumberTable } from '../../../operators/state/numberTable.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';
import { drainInto, restoreFrom, type Store } from './store.ts';

interface Step {
  /** Keys of a chunk that are touched, or deleted where `deletes` has their place. */
  readonly keys: readonly number[];
  readonly deletes: readonly number[];
  /** A checkpoint is begun behind the chunk; the one before is there by now. */
  readonly checkpoint: 'none' | 'begun' | 'there at once';
  /** The process ends behind it, and another goes on from what is there, with the checkpoint that was under way or without. */
  readonly end: 'no' | 'without' | 'with';
}

const steps = fc.array(
  fc.record<Step>({
    keys: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 6 }),
    deletes: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 1 }),
    checkpoint: fc.constantFrom('none', 'begun', 'there at once'),
    end: fc.constantFrom('no', 'no', 'without', 'with'),
  }),
  { maxLength: 40, size: 'max' },
);

function open(keysMax: number) {
  const dictionary = new InternDictionary();
  const table = createNumberTable('t', dictionary, { width: 2, keysMax, recalledBy: 'user' });
  return { dictionary, table, position: 0 };
}

/** Store of the table and of its cold rows, as they are in one checkpoint. */
interface Checkpoint {
  readonly position: number;
  readonly hot: Store;
  readonly cold: Store;
}

function recall(table: NumberTable, codes: Int32Array, cold: Store): number {
  const wanted = table.cold!.wanted(codes);
  for (const key of wanted) table.cold!.recalled(key, cold.get(key));
  return wanted.length;
}

const copy = (store: Store): Store => new Map(store);

/** @returns what each touch found, of the last time that it was made; and how many keys were read */
function run(steps: readonly Step[], keysMax: number, withStops: boolean) {
  let there: Checkpoint = { position: 0, hot: new Map(), cold: new Map() };
  let underWay: Checkpoint | undefined;
  let life = open(keysMax);
  const answers: number[][] = [];
  let read = 0;
  const ended = new Set<number>();
  const arrive = () => {
    if (underWay === undefined) return;
    there = underWay;
    underWay = undefined;
    life.table.cold!.settled();
  };
  while (life.position < steps.length) {
    const { keys, deletes, checkpoint, end } = steps[life.position]!;
    const codes = Int32Array.from(keys, (key) => life.dictionary.internText(`k${key}`));
    read += recall(life.table, codes, there.cold);
    // May arrive between the reading and the chunk.
    if (withStops && checkpoint === 'none') arrive();
    answers[life.position] = [...codes].map((code, i) => {
      if (deletes.includes(i)) life.table.delete(code);
      const at = life.table.at(code, 0);
      life.table.values[at]! += 1;
      life.table.values[at + 1] = keys[i]! / 3;
      expect(life.table.size).toBeLessThanOrEqual(keysMax);
      return life.table.values[at]!;
    });
    life.position += 1;
    if (!withStops) continue;
    if (checkpoint !== 'none') {
      arrive();
      underWay = { position: life.position, hot: copy(there.hot), cold: copy(there.cold) };
      drainInto(underWay.hot, life.table);
      drainInto(underWay.cold, life.table.cold!);
      life.dictionary.sweep();
      if (checkpoint === 'there at once') arrive();
    }
    if (end === 'no' || ended.has(life.position)) continue;
    ended.add(life.position);
    if (end === 'with') there = underWay ?? there;
    underWay = undefined;
    life = { ...open(keysMax), position: there.position };
    restoreFrom(there.hot, life.table);
    if (there.cold.size > 0) life.table.cold!.found();
  }
  return { answers, read, life, there };
}

describe('rows that have left memory', () => {
  test('are as they were when they come back, whatever is stored, settled and lost when', () => {
    let read = 0;
    fc.assert(
      fc.property(steps, fc.constantFrom(1, 2, 5), (steps, keysMax) => {
        const all = run(steps, 100, false);
        expect(run(steps, keysMax, false).answers).toEqual(all.answers);
        const stopped = run(steps, keysMax, true);
        expect(stopped.answers).toEqual(all.answers);
        read += stopped.read;
      }),
      { numRuns: 200 },
    );
    expect(read).toBeGreaterThan(100);
  });

  test('are in the store or in memory, never in both, and leave the store when they are deleted', () => {
    const { dictionary, table } = open(2);
    const [hot, cold]: [Store, Store] = [new Map(), new Map()];
    const names = (store: Store) => [...store.keys()].filter((key) => key !== '').sort();
    const touch = (...keys: string[]) => {
      const codes = Int32Array.from(keys, (key) => dictionary.internText(key));
      recall(table, codes, cold);
      for (const code of codes) table.at(code, 0);
    };
    const store = () => {
      drainInto(hot, table);
      drainInto(cold, table.cold!);
      table.cold!.settled();
    };
    touch('a', 'b', 'c', 'd');
    store();
    expect([names(hot), names(cold)]).toEqual([
      ['c', 'd'],
      ['a', 'b'],
    ]);
    touch('a');
    store();
    expect([names(hot), names(cold)]).toEqual([
      ['a', 'd'],
      ['b', 'c'],
    ]);
    table.delete(dictionary.internText('b'));
    table.delete(dictionary.internText('a'));
    store();
    expect([names(hot), names(cold)]).toEqual([['d'], ['c']]);
    // What is there for good is held no longer.
    touch('d');
    expect(table.cold!.size).toBe(0);
  });

  test('that the store was not asked for are an error, and not taken for new', () => {
    const { dictionary, table } = open(1);
    table.at(dictionary.internText('a'), 0);
    table.cold!.found();
    expect(() => table.at(dictionary.internText('b'), 0)).toThrow('the store was not asked');
    expect(table.cold!.wanted(new Int32Array([dictionary.internText('b'), -1]))).toEqual(['b']);
    expect(() => table.cold!.recalled('b', new Uint8Array(8))).toThrow('expected 16 bytes');
    table.cold!.recalled('b', undefined);
    expect(table.values[table.at(dictionary.internText('b'), 0)]).toBe(0);
  });

  test('are of single keys that do not expire', () => {
    const tables = createStateTables(new InternDictionary());
    const options = { width: 1, recalledBy: 'user' };
    expect(() => tables.numbers('t', { ...options, ttlMs: 5 })).toThrow('ttlMs: expected none');
    const table = tables.numbers('t', options);
    expect(tables.all.map(({ name }) => name)).toEqual(['t', 't/cold']);
    const code = tables.dictionary.internText('a');
    expect(() => table.atPair(code, code, 0)).toThrow('right: expected no pair');
    expect(() => table.cold!.restore(new Uint8Array(1), new Uint8Array(8))).toThrow('not restored');
  });
});
