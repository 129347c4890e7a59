import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DedupeTable } from '../../../operators/state/dedupeTable.ts';
import { drainInto, restoreFrom, type Store } from './store.ts';

interface Call {
  readonly id: number;
  readonly step: number;
  readonly cut: 'none' | 'drain' | 'restart';
}

const calls = fc.array(
  fc.record<Call>({
    id: fc.integer({ min: 0, max: 60 }),
    step: fc.oneof(fc.constant(0), fc.integer({ min: -3, max: 9 }), fc.constant(100)),
    cut: fc.constantFrom('none', 'none', 'none', 'drain', 'restart'),
  }),
  { maxLength: 300, size: 'max' },
);

function run(calls: readonly Call[], idsMax: number, cuts: boolean) {
  const open = () => new DedupeTable('ids', { horizonMs: 64, idsMax });
  const store: Store = new Map();
  let table = open();
  let time = 1_000;
  const answers: [boolean, number][] = [];
  for (const { id, step, cut } of calls) {
    time += step;
    answers.push([table.add(id * 7, id >> 2, time), table.size]);
    if (!cuts || cut === 'none') continue;
    drainInto(store, table);
    if (cut === 'restart') table = restoreFrom(store, open());
  }
  return answers;
}

describe('a table of seen ids', () => {
  test('answers the same however often it is stored and restarted', () => {
    fc.assert(
      fc.property(calls, fc.constantFrom(16, 40, 10_000), (calls, idsMax) => {
        expect(run(calls, idsMax, true)).toEqual(run(calls, idsMax, false));
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  test('remembers for the horizon, and forgets within a sixteenth of it', () => {
    fc.assert(
      fc.property(calls, (calls) => {
        const answers = run(calls, 10_000, false);
        const firstAt = new Map<number, number>();
        let time = 1_000;
        let clock = -Infinity;
        calls.forEach(({ id, step }, i) => {
          time += step;
          clock = Math.max(clock, time);
          const age = clock - (firstAt.get(id) ?? -Infinity);
          const [added] = answers[i]!;
          if (age <= 64) expect(added).toBe(false);
          if (age > 64 + 4) expect(added).toBe(true);
          if (added) firstAt.set(id, clock);
        });
      }),
      { seed: 6, numRuns: 100 },
    );
  });

  test('never holds more than its bound and drops the oldest first', () => {
    const table = new DedupeTable('ids', { horizonMs: 1e6, idsMax: 160 });
    for (let id = 0; id < 1_000; id += 1) {
      expect(table.add(id, id * 31, id)).toBe(true);
      expect(table.size).toBeLessThanOrEqual(160);
    }
    expect(table.size).toBeGreaterThanOrEqual(150);
    expect(table.add(999, 999 * 31, 1_000)).toBe(false);
    expect(table.add(860, 860 * 31, 1_000)).toBe(false);
    expect(table.add(0, 0, 1_000)).toBe(true);
  });

  test('stores each id once, and deletes all of a bucket when it goes', () => {
    const table = new DedupeTable('ids', { horizonMs: 160, idsMax: 1e6 });
    const store: Store = new Map();
    for (let id = 0; id < 100; id += 1) table.add(id, id, 1_000);
    expect(drainInto(store, table)).toBe(3); // a segment, its bucket, the clock
    for (let id = 50; id < 110; id += 1) table.add(id, id, 1_000);
    drainInto(store, table);
    expect([...store.keys()].sort()).toEqual(['', '1', '1.0', '1.100']);
    expect(store.get('1.100')!.length).toBe(80);
    expect(drainInto(store, table)).toBe(0);
    table.add(7, 7, 1_161);
    drainInto(store, table);
    expect([...store.keys()].sort()).toEqual(['', '2', '2.0']);
    expect(table.size).toBe(1);
  });

  test('stays what it is when an insert of a lost worker lands late', () => {
    const open = () => new DedupeTable('ids', { horizonMs: 160, idsMax: 1e6 });
    const store: Store = new Map();
    const first = open();
    for (let id = 0; id < 10; id += 1) first.add(id, id, 1_000);
    drainInto(store, first);
    const [lost, next] = [restoreFrom(store, open()), restoreFrom(store, open())];
    for (const table of [lost, next]) for (let id = 10; id < 20; id += 1) table.add(id, id, 1_000);
    // Both begin a second bucket; the next worker stores only after it has forgotten the two.
    for (const table of [lost, next]) table.add(50, 50, 1_020);
    next.add(60, 60, 2_000);
    drainInto(store, lost);
    drainInto(store, next);
    expect([...store.keys()]).toContain('1.10');
    const restored = restoreFrom(store, open());
    expect(restored.size).toBe(1);
    expect(restored.add(60, 60, 2_000)).toBe(false);
    for (const id of [5, 15, 50]) expect(restored.add(id, id, 2_000)).toBe(true);
    drainInto(store, restored);
    expect([...store.keys()].sort()).toEqual(['', '3', '3.0', '3.1']);
  });

  test('numbers its buckets on when all that were stored are forgotten', () => {
    const open = () => new DedupeTable('ids', { horizonMs: 160, idsMax: 16 });
    const store: Store = new Map();
    const first = open();
    for (let id = 0; id < 40; id += 1) first.add(id, id, 1_000);
    drainInto(store, first);
    const emptied = [...store.keys()].filter((key) => key !== '');
    for (const key of emptied) store.delete(key);
    const restored = restoreFrom(store, open());
    expect(restored.size).toBe(0);
    expect(restored.add(1, 1, 1_000)).toBe(true);
    expect(restored.add(1, 1, 1_000)).toBe(false);
  });

  test('refuses a foreign entry and broken options', () => {
    const table = new DedupeTable('ids', { horizonMs: 1, idsMax: 16 });
    expect(() => table.restore(Buffer.from('x'), new Uint8Array(8))).toThrow('unknown entry x');
    expect(() => new DedupeTable('ids', { horizonMs: 0, idsMax: 16 })).toThrow('horizonMs');
    expect(() => new DedupeTable('ids', { horizonMs: 1, idsMax: 3 })).toThrow('idsMax');
  });
});
