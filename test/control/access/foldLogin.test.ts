/** Which logins are one: Unicode's compatibility forms and cases, and no more. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldLogin } from '../../../control/access/foldLogin.ts';

test.each([
  ['Ada', 'ada'],
  ['STRASSE', 'straße'],
  ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
  ['Ａｄａ', 'ada'],
  ['Jose\u0301', 'JOSÉ'],
  ['ﬁona', 'FIONA'],
  ['ǅ', 'ǆ'],
])('%s and %s are one', (one, other) => {
  expect(foldLogin(one)).toBe(foldLogin(other));
});

test.each([
  ['ada', 'аda'], // Cyrillic а
  ['jose', 'josé'],
  ['O0', '00'],
  ['a_b', 'a-b'],
])('%s and %s are two', (one, other) => {
  expect(foldLogin(one)).not.toBe(foldLogin(other));
});

test('folding again changes nothing, and case does not matter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (login) => {
      const folded = foldLogin(login);
      expect(foldLogin(folded)).toBe(folded);
      expect(foldLogin(login.toUpperCase())).toBe(folded);
    }),
  );
});
