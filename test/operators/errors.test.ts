import { merge, of, share } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { numbersOf, type Refusal } from '../../contracts/batch.ts';
import { EngineError } from '../../contracts/errors.ts';
import { divertErrors } from '../../operators/divertErrors.ts';
import { present } from '../../operators/present.ts';
import { refuseRows } from '../../operators/refuseRows.ts';
import { where, whereNot } from '../../operators/where.ts';
import { batchOf } from '../support/batches.ts';
import { collect, readRows } from './collect.ts';

const deadLetter = 'string uint16 int64 int64 string string string string headers';
const refusal: Refusal = {
  offset: 11,
  code: 'EVENT_NOT_JSON',
  reason: 'expected a value, found {',
  bytes: Buffer.from('{'),
};
const rows = [1, 2, 3].map((value) => ({ time: 5, value, user: 'ada', type: 'rated' }));

describe('divertErrors', () => {
  test('writes refusals in the order of the table’s columns', () => {
    const batch = batchOf([], { partition: 2, receivedAt: 50, refusals: [refusal] });
    const [letters] = collect(of(batch).pipe(divertErrors('demo')));
    expect(letters).toMatchObject({ table: 'dead_letters', length: 1 });
    expect(readRows(letters!, deadLetter)).toEqual([
      ['demo', 2, 11, 50, 'EVENT_NOT_JSON', 'expected a value, found {', '{', '', []],
    ]);
  });

  test('writes with them what came with the record besides its bytes', () => {
    const origin = {
      key: Buffer.from('ada'),
      headers: [['trace', Buffer.from('17')] as const],
    };
    const origins = [{ key: null, headers: [] }, origin];
    const batch = { ...batchOf([], { firstOffset: 10, refusals: [refusal] }), origins };
    const [letters] = collect(of(batch).pipe(divertErrors('demo')));
    expect(readRows(letters!, deadLetter)[0]!.slice(6)).toEqual(['{', 'ada', [['trace', '17']]]);
  });

  test('takes in the rows that a rule of the pipeline refused, while the others go on', () => {
    const check = refuseRows((batch, row) => {
      const value = numbersOf(batch, 'value')[row];
      if (value === 2) throw new EngineError('EVENT_FIELD_INVALID', `value: got ${value}`);
    });
    const batch = batchOf(rows, { firstOffset: 10, refusals: [{ ...refusal, offset: 12 }] });
    const judged = of(batch).pipe(check, share());
    expect(collect(judged).map(({ offsets }) => [...offsets])).toEqual([[10, 12]]);
    const [letters] = collect(merge(judged.pipe(divertErrors('demo'))));
    const read = readRows(letters!, deadLetter);
    expect(read.map(([, , offset, , code]) => [offset, code])).toEqual([
      [11, 'EVENT_FIELD_INVALID'],
      [12, 'EVENT_NOT_JSON'],
    ]);
    expect(JSON.parse(read[0]![6] as string)).toMatchObject({ id: 'e11', value: 2 });
  });

  test('does not hide a fault of the program', () => {
    const faulty = refuseRows(() => {
      throw new TypeError('our mistake');
    });
    expect(() => collect(of(batchOf(rows)).pipe(faulty))).toThrow('our mistake');
  });
});

describe('where', () => {
  test('keeps the rows with one of the values, never those without', () => {
    const types = ['viewed', undefined, 'rated', 'viewed', 'opened'];
    const batch = batchOf(types.map((type) => ({ time: 1, ...(type && { type }) })));
    const kept = (...values: string[]) =>
      collect(of(batch).pipe(where('type', ...values))).map(({ offsets }) => [...offsets]);
    expect(kept('viewed')).toEqual([[0, 3]]);
    expect(kept('rated', 'viewed', 'never seen')).toEqual([[0, 2, 3]]);
    expect(kept('never seen')).toEqual([[]]);
    expect(kept()).toEqual([[]]);
    expect(() => collect(of(batch).pipe(where('mood', 'x')))).toThrow('column mood is not among');
  });

  test('or those without it, and a batch of which nothing goes as it is', () => {
    const batch = batchOf([
      { time: 1, type: 'viewed' },
      { time: 2, type: 'rated' },
      { time: 3, type: 'viewed' },
    ]);
    const kept = (value: string) => collect(of(batch).pipe(whereNot('type', value)))[0]!;
    expect([...kept('viewed').offsets]).toEqual([1]);
    expect([...kept('rated').offsets]).toEqual([0, 2]);
    expect(kept('told')).toBe(batch);
  });
});

describe('present', () => {
  test('keeps the rows that have all of the columns', () => {
    const batch = batchOf([
      { time: 1, user: 'ada', item: 'x' },
      { time: 2, user: 'ada' },
      { time: 3, item: 'y' },
      { time: 4, user: 'ben', item: 'y' },
    ]);
    const kept = (...columns: string[]) =>
      collect(of(batch).pipe(present(...columns))).map(({ offsets }) => [...offsets]);
    expect(kept('user', 'item')).toEqual([[0, 3]]);
    expect(kept('item')).toEqual([[0, 2, 3]]);
    expect(kept()).toEqual([[0, 1, 2, 3]]);
    expect(() => kept('mood')).toThrow('column mood is not among');
  });
});
