/** Operators that prepare a mixture of users for what watches it: fair shares, what is beyond the usual, counts of texts. */

import fc from 'fast-check';
import { from, lastValueFrom, type OperatorFunction, toArray } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../contracts/batch.ts';
import { beyondUsual, type UsualState } from '../../operators/beyondUsual.ts';
import { countTexts } from '../../operators/countTexts.ts';
import { type FairShareState, fairShare } from '../../operators/fairShare.ts';
import { createObjectTable } from '../../operators/state/objectTable.ts';
import { batchesOf, batchOf, type PlainRow } from '../support/batches.ts';

const columns = { strings: ['context.skill'] };

async function through(batches: readonly Batch[], operator: OperatorFunction<Batch, Batch>) {
  return lastValueFrom(from(batches).pipe(operator, toArray()));
}

describe('a fair share', () => {
  const share = (options: Partial<Parameters<typeof fairShare>[1]> = {}) =>
    fairShare(createObjectTable<FairShareState>('s'), {
      ...{ key: 'context.skill', rows: 10, most: 3, spanMs: 1_000, ...options },
    });
  const rowOf = (user: string, time: number, skill = 'add'): PlainRow => ({
    ...{ user, time, context: { skill } },
  });
  const kept = async (rows: readonly PlainRow[], options = {}) => {
    const batch = batchOf(rows, { columns });
    const [out] = await through([batch], share(options));
    return [...out!.codes.get('user')!].map((code) => out!.dictionary.text(code)).join('');
  };

  test('of one who floods a key is the most that may be, until time passes', async () => {
    const flood = Array.from({ length: 50 }, (_, i) => rowOf('a', i));
    expect(await kept(flood)).toBe('aaa');
    expect(await kept([...flood, rowOf('b', 60), rowOf('a', 1_001), rowOf('a', 1_002)])).toBe(
      'aaabaa',
    );
  });

  test('is of each key by itself', async () => {
    const rows = Array.from({ length: 8 }, (_, i) => rowOf('a', i, i % 2 === 0 ? 'add' : 'sub'));
    expect(await kept(rows)).toBe('aaaaaa');
    expect(await kept([...rows, rowOf('a', 9, 'mul')], { keysMax: 1 })).toBe('aaaaaa');
  });

  test('never exceeds what it says, of the rows that count', async () => {
    const stream = fc.array(
      fc.record({
        user: fc.constantFrom('a', 'a', 'a', 'b', 'c'),
        gap: fc.integer({ min: 0, max: 300 }),
      }),
      { maxLength: 80 },
    );
    await fc.assert(
      fc.asyncProperty(stream, async (steps) => {
        let time = 0;
        const rows = steps.map(({ user, gap }) => {
          time += gap;
          return rowOf(user, time);
        });
        const [out] = await through([batchOf(rows, { columns })], share());
        const users = [...out!.codes.get('user')!];
        const times = [...out!.numbers.get('time')!];
        users.forEach((user, i) => {
          const recent = users
            .slice(Math.max(0, i - 9), i + 1)
            .filter(
              (each, j) => each === user && times[Math.max(0, i - 9) + j]! >= times[i]! - 1_000,
            );
          expect(recent.length).toBeLessThanOrEqual(3);
        });
      }),
      { seed: 3 },
    );
  });

  test('takes no size that is none', () => {
    expect(() => share({ most: 0 })).toThrow(
      new RangeError('most: expected an integer ≥ 1, got 0'),
    );
  });
});

describe('what is beyond the usual', () => {
  const beyond = (memory: number) =>
    beyondUsual(createObjectTable<UsualState>('u'), {
      ...{ key: 'context.skill', value: 'value', as: 'beyond', memory },
    });
  const of = async (values: readonly (number | undefined)[], memory: number) => {
    const rows = values.map(
      (value, time): PlainRow => ({
        ...{ time, user: 'a', context: { skill: 'add' } },
        ...(value === undefined ? {} : { value }),
      }),
    );
    const [out] = await through([batchOf(rows, { columns })], beyond(memory));
    return [...out!.numbers.get('beyond')!];
  };

  test('is the value less the mean before it', async () => {
    // By hand.
    expect(await of([2, 4, 6], 100)).toEqual([NaN, 2, 3]);
    expect(await of([2, undefined, Infinity, 4, NaN, 6], 100)).toEqual([NaN, NaN, NaN, 2, NaN, 3]);
  });

  test('stays behind a steady rise by what that brings in the memory', async () => {
    const rise = await of(
      Array.from({ length: 2_000 }, (_, i) => 0.01 * i),
      100,
    );
    expect(rise.at(-1)).toBeCloseTo(0.01 * 100, 4);
    expect(await of(new Array(50).fill(7), 10)).toEqual([NaN, ...new Array(49).fill(0)]);
  });
});

describe('counted texts', () => {
  const operator = countTexts({
    ...{ column: 'context.skill', windowMs: 10 },
    ...{ times: 'times', missing: 'missing', text: 'text' },
  });

  test('have the sums of the rows, however they are cut', async () => {
    const skill = fc.constantFrom('add', 'sub', undefined);
    const rows = fc.array(fc.record({ skill, time: fc.integer({ min: 0, max: 29 }) }), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.array(fc.nat(40)), async (given, cuts) => {
        const plain = given.map(
          ({ skill: name, time }): PlainRow => ({
            ...{ time, user: 'a', context: name === undefined ? {} : { skill: name } },
          }),
        );
        const expected = new Map<string, number>();
        for (const { skill: name, time } of given) {
          const key = `${Math.floor(time / 10)} ${name ?? ''}`;
          expected.set(key, (expected.get(key) ?? 0) + 1);
        }
        const counted = new Map<string, number>();
        for (const batch of await through(batchesOf(plain, cuts, { columns }), operator)) {
          for (let row = 0; row < batch.length; row += 1) {
            const name = batch.dictionary.text(batch.codes.get('text')![row]!);
            expect(batch.numbers.get('missing')![row]).toBe(name === '' ? 1 : 0);
            const key = `${Math.floor(batch.numbers.get('time')![row]! / 10)} ${name}`;
            counted.set(key, (counted.get(key) ?? 0) + batch.numbers.get('times')![row]!);
          }
        }
        expect(counted).toEqual(expected);
      }),
      { seed: 8 },
    );
  });
});
