import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../contracts/bytes.ts';
import { pseudonymLength } from '../../../contracts/pseudonyms.ts';
import { createPseudonyms } from '../../../sources/pseudonyms/createPseudonyms.ts';

const key = Uint8Array.from({ length: 32 }, (_, i) => i);
const pseudonyms = createPseudonyms(key);
const ids = fc.string({ unit: 'binary', minLength: 1, maxLength: 256 });

// Golden: Python 3.11, hmac.new(bytes(range(32)), b'id:' + id, 'sha256') and base64.urlsafe_b64encode.
const golden: readonly [id: string, pseudonym: string][] = [
  ['student-17', 'p_6jo65aJpwcFjHTnoxHOBF7uO9ah6'],
  ['ada@example.edu', 'p_pDzigI_K73QANUuQZLpfKnr4Q17P'],
  ['Zoë', 'p_s2eAgKK6u1xLwsqjV4PzNX1NLRL-'],
  ['p_AAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'p_BkeYyExm79Zc35Xm2mG41GE9mlVt'],
  ['x'.repeat(200), 'p_etUX56PImZQ1HFLVVBUhQhXSPm9f'],
];

describe('a pseudonym', () => {
  test.each(golden)('of %s is what another implementation makes of it', (id, pseudonym) => {
    expect(pseudonyms.of(id)).toBe(pseudonym);
    // From memory as well.
    expect(pseudonyms.of(id)).toBe(pseudonym);
  });

  test('is short, and stays as it is when it passes again', () => {
    const elsewhere = createPseudonyms(key);
    fc.assert(
      fc.property(ids, (id) => {
        const pseudonym = pseudonyms.of(id);
        expect(pseudonym).toMatch(/^p_[\w-]{28}$/);
        expect(pseudonym.length).toBe(pseudonymLength);
        expect(pseudonyms.of(pseudonym)).toBe(pseudonym);
        expect(elsewhere.of(pseudonym)).toBe(pseudonym);
      }),
    );
  });

  test('is another for another id, and the same wherever the key is', () => {
    const other = createPseudonyms(key);
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const isSame = Buffer.from(a).equals(Buffer.from(b));
        expect(pseudonyms.of(a) === other.of(b)).toBe(isSame);
      }),
    );
  });

  test('is no other user, however the user is called', () => {
    // All that looks like one: a wrong tag, one of another key, another way to write the same bytes.
    const ada = pseudonyms.of('ada');
    const last = ada.endsWith('A') ? 'B' : 'A';
    const foreign = createPseudonyms(key.map((byte) => byte ^ 1)).of('ada');
    const padded = `${ada.slice(0, -1)}=`;
    const standard = 'p_--__--__--__--__--__--__--__';
    for (const id of [ada.slice(0, -1) + last, foreign, padded, standard, `P${ada.slice(1)}`]) {
      expect(pseudonyms.of(id)).not.toBe(id);
      expect(pseudonyms.of(id)).not.toBe(ada);
    }
  });

  test('is taken only in the alphabet in which it is written', () => {
    // Node reads + and / for - and _: the text is another user's.
    const found = Array.from({ length: 200 }, (_, i) => pseudonyms.of(`user-${i}`)).find((each) =>
      /[-_]/.test(each.slice(2)),
    )!;
    const otherwise = `p_${found.slice(2).replaceAll('-', '+').replaceAll('_', '/')}`;
    expect(pseudonyms.of(found)).toBe(found);
    expect(pseudonyms.of(otherwise)).not.toBe(found);
    expect(pseudonyms.of(otherwise)).not.toBe(otherwise);
  });

  test('is right also where many ids share the memory', () => {
    const small = createPseudonyms(key);
    for (let round = 0; round < 2; round += 1) {
      for (let i = 0; i < 3_000; i += 1) small.of(`user-${i}`);
    }
    const fresh = createPseudonyms(key);
    for (let i = 0; i < 3_000; i += 300) expect(small.of(`user-${i}`)).toBe(fresh.of(`user-${i}`));
  });
});

test('it is found by bytes within others', () => {
  const text = Buffer.from('…student-17…');
  const at = pseudonyms.find(bytesOf(text), 3, 13);
  const { bytes } = pseudonyms.names;
  const found = Buffer.from(bytes.subarray(at, at + pseudonymLength)).toString();
  expect(found).toBe(pseudonyms.of('student-17'));
});

test('a fingerprint tells keys apart', () => {
  expect(pseudonyms.fingerprint).toBe('5ab8c392c2c54035');
  expect(createPseudonyms(key.map((byte) => byte ^ 1)).fingerprint).not.toBe('5ab8c392c2c54035');
});

test('a key of another length is refused', () => {
  expect(() => createPseudonyms(new Uint8Array(16))).toThrow(/^key: expected 32 bytes, got 16$/);
});
