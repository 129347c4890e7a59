import { type OperatorFunction, of } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../contracts/batch.ts';
import { hoppingWindow } from '../../operators/hoppingWindow.ts';
import { sessionWindow } from '../../operators/sessionWindow.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createObjectTable } from '../../operators/state/objectTable.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import {
  createWindowTable,
  type WindowTable,
  type WindowTableOptions,
} from '../../operators/state/windowTable.ts';
import { tumblingWindow } from '../../operators/tumblingWindow.ts';
import { type EventClock, watermark } from '../../operators/watermark.ts';
import type { WindowReadings } from '../../operators/windowReadings.ts';
import { batchesOf } from '../support/batches.ts';
import { mergingTally, type Tally, tally } from './checks/cases.ts';
import { collect } from './collect.ts';
import { drainInto, restoreFrom, type Store } from './state/store.ts';

function world(options: WindowTableOptions = {}) {
  const dictionary = new InternDictionary();
  const tables = createStateTables(dictionary);
  return { dictionary, table: createWindowTable<Tally>(tables, 'windows', options) };
}

/** `start–end:count` of the windows touched, per batch. */
function counts(
  dictionary: InternDictionary,
  rows: readonly (number | [time: number, user: string])[],
  cuts: readonly number[],
  window: OperatorFunction<Batch, WindowReadings<string>>,
): string[][] {
  const plain = rows.map((row) =>
    typeof row === 'number' ? { time: row, value: 1 } : { time: row[0], user: row[1], value: 1 },
  );
  const clock = watermark({ latenessMs: 20, table: createObjectTable<EventClock>('clock') });
  const seen: string[][] = [];
  of(...batchesOf(plain, cuts, { dictionary, receivedAt: 1e6 }))
    .pipe(clock, window)
    .subscribe((out) => {
      const readings = out.readings();
      expect(out.length).toBe(readings.length);
      seen.push(readings.map((r) => `${r.segment}${r.start}–${r.end}:${r.value.split('/')[0]}`));
    });
  return seen;
}

const published = (table: WindowTable<Tally>) =>
  table.takeChanged().map(({ segment, start, state }) => `${segment}${start}:${state.count}`);

describe('tumblingWindow', () => {
  test('counts each row in one window of its segment', () => {
    const { dictionary, table } = world();
    const window = tumblingWindow(tally, table, { widthMs: 10, value: 'value' });
    expect(counts(dictionary, [7, 3, 12, 15, 21], [3], window)).toEqual([
      ['0–10:2', '10–20:1'],
      ['10–20:2', '20–30:1'],
    ]);
    const other = world();
    const options = { widthMs: 10, value: 'value', segment: 'user' };
    const bySegment = tumblingWindow(tally, other.table, options);
    const rows: [number, string][] = [
      [1, 'ada'],
      [2, 'ben'],
      [3, 'ada'],
    ];
    expect(counts(other.dictionary, [...rows, 4], [], bySegment)).toEqual([
      ['ada0–10:2', 'ben0–10:1', '0–10:1'],
    ]);
  });

  test('takes late rows while the watermark allows, never after, and drops what is closed', () => {
    const { dictionary, table } = world();
    const window = tumblingWindow(tally, table, { widthMs: 10, value: 'value' });
    expect(counts(dictionary, [5, 25, 6, 4, 40, 19, 20, 50], [], window)).toEqual([
      ['0–10:2', '20–30:2', '40–50:1', '50–60:1'],
    ]);
    expect(published(table)).toEqual(['0:2', '20:2', '40:1', '50:1']);
    table.settle();
    expect(table.all().map(({ start }) => start)).toEqual([20, 40, 50]);
    expect(published(table)).toEqual([]);
  });

  test('counts the rows of too many segments under one, window by window', () => {
    const { dictionary, table } = world({ segmentsMax: 2 });
    const options = { widthMs: 10, value: 'value', segment: 'user' };
    const window = tumblingWindow(tally, table, options);
    const rows = (users: string, time: number) =>
      [...users].map((user): [number, string] => [time, user]);
    const seen = counts(dictionary, [...rows('abcdac', 1), 2, ...rows('cdba', 12)], [], window);
    expect(seen).toEqual([
      ['a0–10:2', 'b0–10:1', '(others)0–10:3', '0–10:1', 'c10–20:1', 'd10–20:1', '(others)10–20:2'],
    ]);
  });

  test('takes a segment that bears the name of the others for one of them', () => {
    const { dictionary, table } = world({ segmentsMax: 1 });
    const options = { widthMs: 10, value: 'value', segment: 'user' };
    const window = tumblingWindow(tally, table, options);
    const rows: [number, string][] = [
      [1, '(others)'],
      [2, 'ada'],
      [3, 'ben'],
    ];
    expect(counts(dictionary, rows, [], window)).toEqual([['(others)0–10:2', 'ada0–10:1']]);
  });

  test('keeps the codes of open windows alive, and lets go those of closed ones', () => {
    const { dictionary, table } = world();
    const options = { widthMs: 10, value: 'value', segment: 'user' };
    const window = tumblingWindow(tally, table, options);
    counts(
      dictionary,
      [
        [1, 'ada'],
        [100, 'ben'],
        [100, 'ben'],
      ],
      [],
      window,
    );
    dictionary.sweep();
    expect(dictionary.find('ada')).toBeGreaterThanOrEqual(0);
    table.settle();
    dictionary.sweep();
    expect(dictionary.find('ada')).toBe(-1);
    expect(dictionary.find('ben')).toBeGreaterThanOrEqual(0);
  });
});

test('hoppingWindow counts each row in every window that contains it', () => {
  const { dictionary, table } = world();
  const options = { widthMs: 10, hopMs: 5, value: 'value' };
  const window = hoppingWindow(tally, table, options);
  expect(counts(dictionary, [7, 12], [1], window)).toEqual([
    ['5–15:1', '0–10:1'],
    ['10–20:1', '5–15:2'],
  ]);
});

describe('sessionWindow', () => {
  test('merges the sessions that a row bridges and retracts the one that is gone', () => {
    const { dictionary, table } = world();
    const window = sessionWindow(mergingTally, table, { gapMs: 15, value: 'value' });
    expect(counts(dictionary, [10, 30, 20], [2], window)).toEqual([
      ['10–25:1', '30–45:1'],
      ['10–45:3'],
    ]);
    expect(published(table)).toEqual(['10:3', '30:0']);
    expect(table.all()).toMatchObject([{ start: 10, end: 45, lastOffset: 2 }]);
  });

  test('moves a start and keeps segments and distant rows apart', () => {
    const { dictionary, table } = world();
    const options = { gapMs: 5, value: 'value', segment: 'user' };
    const window = sessionWindow(mergingTally, table, options);
    const rows: [number, string][] = [
      [10, 'ada'],
      [12, 'ben'],
      [7, 'ada'],
      [15, 'ada'],
    ];
    expect(counts(dictionary, rows, [], window)).toEqual([
      ['ada7–15:2', 'ben12–17:1', 'ada15–20:1'],
    ]);
    expect(published(table)).toEqual(['ada10:0', 'ada7:2', 'ben12:1', 'ada15:1']);
  });

  test('a start that was moved is gone from the store, even if only a lost worker had stored it', () => {
    const store: Store = new Map();
    /** A worker that takes the rows from the beginning and stores its sessions. */
    const run = (rows: number[]) => {
      const dictionary = new InternDictionary();
      const tables = createStateTables(dictionary);
      const table = createWindowTable<Tally>(tables, 'sessions');
      const window = sessionWindow(mergingTally, table, { gapMs: 15, value: 'value' });
      counts(dictionary, rows, [], window);
      drainInto(store, tables.all[0]!);
    };
    run([30]); // its insert lands after the next worker has read the state, but before this one stores
    run([30, 20]);
    const tables = createStateTables(new InternDictionary());
    const restored = createWindowTable<Tally>(tables, 'sessions');
    restoreFrom(store, tables.all[0]!);
    expect(restored.all()).toMatchObject([{ start: 20, end: 45, state: { count: 2 } }]);
  });

  test('needs a fold that merges', () => {
    const { table } = world();
    expect(() => sessionWindow(tally, table, { gapMs: 5, value: 'value' })).toThrow('merge');
    const zero = { gapMs: 0, value: 'value' };
    expect(() => sessionWindow(mergingTally, table, zero)).toThrow(
      'gapMs: expected a whole number',
    );
  });
});

test('windows refuse durations that make no sense and batches without a watermark', () => {
  const { dictionary, table } = world();
  const hop = (widthMs: number, hopMs: number) => () =>
    hoppingWindow(tally, table, { widthMs, hopMs, value: 'value' });
  expect(hop(0, 1)).toThrow('widthMs');
  expect(hop(10, 2.5)).toThrow('hopMs');
  expect(hop(10, 11)).toThrow('hopMs: expected ≤ 10, got 11');
  expect(() => world({ segmentsMax: 0 })).toThrow('segmentsMax: expected an integer ≥ 1, got 0');
  const bare = of(...batchesOf([{ time: 1 }], [], { dictionary }));
  expect(() => collect(bare.pipe(hop(10, 5)()))).toThrow('put the operator watermark before');
});
