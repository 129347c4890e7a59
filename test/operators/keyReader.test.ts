import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyReader, keySeparator } from '../../operators/keyReader.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { batchOf } from '../support/batches.ts';

const columns = { strings: ['context.a', 'context.b', 'context.c'] };
const word = fc.constantFrom(undefined, 'x', 'y', 'z', 'xy');
const contexts = fc.array(fc.record({ a: word, b: word, c: word }), { maxLength: 40 });

describe('keyReader', () => {
  test.each([2, 3])(
    'tells all combinations of %i columns apart, and joins their texts',
    (count) => {
      const by = columns.strings.slice(0, count);
      fc.assert(
        fc.property(contexts, (rows) => {
          const dictionary = new InternDictionary();
          const batch = batchOf(
            rows.map((context) => ({ time: 0, context })),
            { dictionary, columns },
          );
          const codeAt = keyReader(by)(batch);
          rows.forEach(({ a, b, c }, index) => {
            const parts = [a, b, c].slice(0, count).map((part) => part ?? '');
            expect(dictionary.text(codeAt(index)).split(keySeparator)).toEqual(parts);
          });
        }),
      );
    },
  );

  test('leaves one column as it is, and has −1 for none', () => {
    const batch = batchOf([{ time: 0, user: 'ada' }, { time: 0 }]);
    const codeAt = keyReader(['user'])(batch);
    expect([batch.dictionary.text(codeAt(0)), codeAt(1)]).toEqual(['ada', -1]);
    expect(keyReader([])(batch)(0)).toBe(-1);
  });
});
