import { of } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { Learner } from '../../contracts/learner.ts';
import { dedupe } from '../../operators/dedupe.ts';
import { foldByKey } from '../../operators/foldByKey.ts';
import { joinTable, joinWithin } from '../../operators/joinWithin.ts';
import { predictThenLearn } from '../../operators/predictThenLearn.ts';
import { DedupeTable } from '../../operators/state/dedupeTable.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createObjectTable } from '../../operators/state/objectTable.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import { batchesOf, type PlainRow } from '../support/batches.ts';
import { type Tally, tally } from './checks/cases.ts';
import { collect } from './collect.ts';

describe('dedupe', () => {
  const ids = (text: string): PlainRow[] => [...text].map((id) => ({ time: 9, id, user: 'ada' }));

  test('drops repeated ids of a user and reports how many', () => {
    const table = new DedupeTable('ids', { horizonMs: 10, idsMax: 16 });
    const dropped: number[] = [];
    const operator = dedupe({ table, onDropped: (count) => dropped.push(count) });
    const batches = batchesOf([...ids('abab'), ...ids('cd'), ...ids('adx')], [4, 6]);
    const kept = collect(of(...batches).pipe(operator));
    expect(kept.map(({ offsets }) => [...offsets])).toEqual([[0, 1], [4, 5], [8]]);
    expect(dropped).toEqual([2, 2]);
  });

  test('lets the same id of another user pass, and does not trust a clock ahead of time', () => {
    const table = new DedupeTable('ids', { horizonMs: 10, idsMax: 16 });
    const rows = [
      { time: 9, id: 'a', user: 'ada' },
      { time: 1e9, id: 'a', user: 'ben' },
      { time: 9, id: 'a', user: 'ada' },
    ];
    const kept = collect(of(...batchesOf(rows, [], { receivedAt: 12 })).pipe(dedupe({ table })));
    expect([...kept[0]!.offsets]).toEqual([0, 1]);
  });
});

describe('foldByKey', () => {
  const rows: PlainRow[] = [
    { time: 1, user: 'x', value: 1 },
    { time: 1, user: 'y', value: 5 },
    { time: 1, user: 'x', value: 3 },
    { time: 1, user: 'x' },
    { time: 1, value: 8 },
    { time: 1, user: 'y', value: 7 },
  ];

  test('keeps one state per key and reads the touched ones', () => {
    const table = createObjectTable<Tally>('tallies');
    const readings = collect(
      of(...batchesOf(rows, [5])).pipe(foldByKey(tally, table, 'user', 'value')),
    );
    expect(readings.map(({ readings }) => readings)).toEqual([
      [
        { key: 'x', value: '2/4/3' },
        { key: 'y', value: '1/5/5' },
      ],
      [{ key: 'y', value: '2/12/7' }],
    ]);
    expect([...table.entries()].map(([key]) => key)).toEqual(['x', 'y']);
  });

  test('ends with the error of the fold', () => {
    const broken = {
      ...tally,
      step() {
        throw new Error('no step');
      },
    };
    const source = of(...batchesOf(rows, []));
    const operator = foldByKey(broken, createObjectTable<Tally>('t'), 'user', 'value');
    expect(() => collect(source.pipe(operator))).toThrow('no step');
  });
});

describe('predictThenLearn', () => {
  test('predicts each row before it learns it, and skips what is no label', () => {
    const calls: string[] = [];
    const learner: Learner = {
      name: 'spy',
      version: '1',
      predict: (_, row) => {
        calls.push(`predict ${row}`);
        return (row + 1) / 10;
      },
      learn: (_, row, label) => calls.push(`learn ${row} ${label}`),
    };
    const values = [1, 0.5, Number.NaN, 0, 2];
    const batches = batchesOf(
      values.map((value) => ({ time: 1, value })),
      [],
    );
    const [out] = collect(of(...batches).pipe(predictThenLearn(learner, { label: 'value' })));
    expect(calls).toEqual(['predict 0', 'learn 0 1', 'predict 3', 'learn 3 0']);
    expect(out!.length).toBe(2);
    expect([...out!.rows.subarray(0, 2)]).toEqual([0, 3]);
    expect([...out!.probabilities.subarray(0, 2)]).toEqual([0.1, 0.4]);
    expect([...out!.labels.subarray(0, 2)]).toEqual([1, 0]);
  });

  test('ends with the error of the learner', () => {
    const learner: Learner = {
      name: 'broken',
      version: '1',
      predict() {
        throw new Error('no prediction');
      },
      learn() {},
    };
    const source = of(...batchesOf([{ time: 1, value: 1 }], []));
    const operator = predictThenLearn(learner, { label: 'value' });
    expect(() => collect(source.pipe(operator))).toThrow('no prediction');
  });
});

describe('joinWithin', () => {
  /** `v10` is a view at 10, `a12` an answer at 12; a trailing letter is the item. */
  const parse = (text: string): PlainRow[] =>
    text.split(' ').map((word) => ({
      type: word.startsWith('v') ? 'viewed' : 'answered',
      time: 1_000 + Number.parseInt(word.slice(1), 10),
      user: 'ada',
      item: /[a-z]$/.test(word) ? word.slice(-1) : 'i',
      value: Number.parseInt(word.slice(1), 10),
    }));

  function join(text: string, keysMax = 100): string[] {
    const dictionary = new InternDictionary();
    const tables = createStateTables(dictionary);
    const table = joinTable(tables, 'views', { horizonMs: 20, latenessMs: 10, keysMax });
    const operator = joinWithin({
      left: 'viewed',
      right: 'answered',
      keys: ['user', 'item'],
      horizonMs: 20,
      table,
    });
    const rows = parse(text);
    const [out] = collect(of(...batchesOf(rows, [], { dictionary })).pipe(operator));
    return Array.from({ length: out!.length }, (_, i) => {
      expect(out!.leftTimes[i]).toBe(1_000 + out!.leftValues[i]!);
      return `a${rows[out!.rows[i]!]!.value}/v${out!.leftValues[i]}`;
    });
  }

  test('pairs with the latest view that came before, of the same keys', () => {
    expect(join('v1 a3 v5 v9 a10 v11b a12 a13b')).toEqual(['a3/v1', 'a10/v9', 'a12/v9', 'a13/v11']);
  });

  test('does not reach beyond the horizon', () => {
    expect(join('v10 a30 a31')).toEqual(['a30/v10']);
  });

  test('finds the view that suits a row out of order', () => {
    expect(join('v30 v25 v28 a26 a29 a31 a24')).toEqual(['a26/v25', 'a29/v28', 'a31/v30']);
  });

  test('remembers the four latest views of a key, and as many keys as it may', () => {
    expect(join('v1 v2 v3 v4 v5 a1 a2 a9')).toEqual(['a2/v2', 'a9/v5']);
    expect(join('v1a v2b v3c a4a a4b a4c', 2)).toEqual(['a4/v2', 'a4/v3']);
  });

  test('refuses a table of another shape', () => {
    const tables = createStateTables(new InternDictionary());
    const table = tables.numbers('t', { width: 3 });
    const options = { left: 'a', right: 'b', keys: ['user', 'item'], table } as const;
    expect(() => joinWithin({ ...options, horizonMs: 1 })).toThrow(
      'table: expected width 8, got 3',
    );
    expect(() => joinWithin({ ...options, horizonMs: 0 })).toThrow('horizonMs');
  });
});
