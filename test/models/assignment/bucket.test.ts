import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bucketKey,
  bucketOf,
  buckets,
  bucketsOf,
  type Purpose,
} from '../../../models/assignment/bucket.ts';
import { type SipKey, sipHash } from '../../../models/assignment/sipHash.ts';
import { emptyUnit, readAttribute, takeUnit, unitOf } from '../../../models/assignment/unit.ts';
import { chiSquare, chiSquareDeviate, independenceDeviate } from './chiSquare.ts';

const unit = emptyUnit();

function bucket(key: SipKey, id: string): number {
  takeUnit(unit, id);
  return bucketOf(key, unit);
}

function hash64(key: Uint8Array, bytes: Uint8Array): bigint {
  const into = new Uint32Array(2);
  const view = new DataView(key.buffer, key.byteOffset);
  sipHash(
    Int32Array.from({ length: 4 }, (_, i) => view.getInt32(4 * i, true)),
    bytes,
    bytes.length,
    into,
  );
  return (BigInt(into[1]!) << 32n) | BigInt(into[0]!);
}

/** The definition in the paper, in 64-bit integers. */
function reference(key: Uint8Array, bytes: Uint8Array): bigint {
  const mask = (1n << 64n) - 1n;
  const turn = (x: bigint, by: bigint) => ((x << by) | (x >> (64n - by))) & mask;
  const word = (from: Uint8Array, at: number) =>
    from.slice(at, at + 8).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const [k0, k1] = [word(key, 0), word(key, 8)];
  let a = k0 ^ 0x736f6d6570736575n;
  let b = k1 ^ 0x646f72616e646f6dn;
  let c = k0 ^ 0x6c7967656e657261n;
  let d = k1 ^ 0x7465646279746573n;
  const round = () => {
    a = (a + b) & mask;
    b = turn(b, 13n) ^ a;
    a = turn(a, 32n);
    c = (c + d) & mask;
    d = turn(d, 16n) ^ c;
    a = (a + d) & mask;
    d = turn(d, 21n) ^ a;
    c = (c + b) & mask;
    b = turn(b, 17n) ^ c;
    c = turn(c, 32n);
  };
  const padded = new Uint8Array((Math.floor(bytes.length / 8) + 1) * 8);
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length & 255;
  for (let at = 0; at < padded.length; at += 8) {
    d ^= word(padded, at);
    round();
    round();
    a ^= word(padded, at);
  }
  c ^= 0xffn;
  for (let i = 0; i < 4; i += 1) round();
  return a ^ b ^ c ^ d;
}

describe('sipHash', () => {
  // Golden: veorq/SipHash, vectors.h, vectors_sip64: key 00 … 0f, message 00 … n − 1; the bytes of the hash as they stand there.
  test.each([
    [0, '310e0edd47db6f72'],
    [1, 'fd67dc93c539f874'],
    [2, '5a4fa9d909806c0d'],
    [3, '2d7efbd796666785'],
    [4, 'b7877127e09427cf'],
    [7, '37d1018bf50002ab'],
    [8, '6224939a79f5f593'],
    [9, 'b0e4a90bdf82009e'],
    // Also in the paper, appendix A: a129ca6149be45e5.
    [15, 'e545be4961ca29a1'],
    [16, 'db9bc2577fcc2a3f'],
    [31, '42c341d8fa92d832'],
    [32, 'ce7cf2722f512771'],
    [63, '724506eb4c328a95'],
  ])('agrees with the reference vector of length %i', (length, expected) => {
    const bytes = Uint8Array.from({ length }, (_, i) => i);
    const hash = hash64(
      Uint8Array.from({ length: 16 }, (_, i) => i),
      bytes,
    );
    const hex = hash.toString(16).padStart(16, '0').match(/../g)!.reverse().join('');
    expect(hex).toBe(expected);
  });

  test('agrees with the definition for any key and message', () => {
    const key = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(key, fc.uint8Array({ maxLength: 300 }), (k, bytes) => {
        expect(hash64(k, bytes)).toBe(reference(k, bytes));
      }),
    );
  });
});

describe('bucket', () => {
  // Golden: a separate program in Python that follows the rule in the head of bucket.ts (hashlib, own SipHash).
  test.each<[Purpose, string, string, number]>([
    ['inclusion', 'hints', 'ada', 4168701110],
    ['variant', 'hints', 'ada', 3713621209],
    ['variant', 'hints', '学生-42', 3463127815],
    ['variant', 'hints', '🦉', 4158413922],
    ['layer', 'tutor', 'ada', 908988821],
    ['holdout', 'global', 'ada', 894267001],
    ['variant', 'hints', 'a'.repeat(256), 669196445],
    ['variant', 'ℏ', 'é', 842517289],
  ])('of %s %s is as the rule says (%#)', (purpose, name, id, expected) => {
    expect(bucket(bucketKey(purpose, name), id)).toBe(expected);
  });

  test('is uniform over a million units', () => {
    const cells = 1_000;
    const counts = new Float64Array(cells);
    const key = bucketKey('variant', 'uniformity');
    const units = 1_000_000;
    for (let i = 0; i < units; i += 1) {
      counts[Math.floor((bucket(key, `user-${i}`) / buckets) * cells)]! += 1;
    }
    const value = chiSquare(counts, new Float64Array(cells).fill(units / cells));
    expect(Math.abs(chiSquareDeviate(value, cells - 1))).toBeLessThan(4);
  });

  test('is independent between purposes and between names', () => {
    const pairs: [Purpose, string, Purpose, string][] = [
      ['inclusion', 'hints', 'variant', 'hints'],
      ['variant', 'hints', 'variant', 'hints2'],
      ['variant', 'hints', 'variant', 'tips'],
      ['layer', 'tutor', 'variant', 'tutor'],
      ['layer', 'tutor', 'layer', 'home'],
      ['holdout', 'global', 'inclusion', 'hints'],
    ];
    for (const [purpose, name, otherPurpose, otherName] of pairs) {
      const deviate = tableOf(bucketKey(purpose, name), bucketKey(otherPurpose, otherName));
      expect([purpose, name, Math.abs(deviate) < 4]).toEqual([purpose, name, true]);
    }
    // And the table would show it.
    expect(tableOf(bucketKey('layer', 'a'), bucketKey('layer', 'a'))).toBeGreaterThan(100);
  });

  test('a larger share contains a smaller one, and 1 takes everything', () => {
    expect(bucketsOf(1)).toBe(buckets);
    expect(bucketsOf(0)).toBe(0);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b) => {
          expect(bucketsOf(Math.min(a, b))).toBeLessThanOrEqual(bucketsOf(Math.max(a, b)));
        },
      ),
    );
  });
});

/** Deviate of the independence of two keys' buckets in 20 × 20 cells, over 100,000 units. */
function tableOf(key: SipKey, other: SipKey): number {
  const cells = 20;
  const counts = new Array<number>(cells * cells).fill(0);
  for (let i = 0; i < 100_000; i += 1) {
    takeUnit(unit, `u${i}`);
    const row = Math.floor((bucketOf(key, unit) / buckets) * cells);
    counts[row * cells + Math.floor((bucketOf(other, unit) / buckets) * cells)]! += 1;
  }
  return independenceDeviate(counts, cells);
}

describe('unit', () => {
  test('is encoded as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (text) => {
        takeUnit(unit, text);
        expect(Buffer.from(unit.bytes.subarray(0, unit.length)).toString()).toBe(text);
      }),
    );
    takeUnit(unit, 'a\u007f\u0080');
    expect([...unit.bytes.subarray(0, unit.length)]).toEqual([0x61, 0x7f, 0xc2, 0x80]);
    takeUnit(unit, '€'.repeat(256));
    expect(unit.length).toBe(768);
  });

  test('differs when its characters do, though they look the same', () => {
    const key = bucketKey('variant', 'x');
    expect(bucket(key, '\u00e9')).not.toBe(bucket(key, 'e\u0301'));
    expect(bucket(key, '\ud800')).toBe(bucket(key, '\ufffd')); // UTF-8 has no other way
  });

  test.each([0, 257])('of %i characters is refused', (length) => {
    expect(() => takeUnit(unit, 'a'.repeat(length))).toThrow(
      new RangeError(`unit: expected 1 to 256 characters, got ${length}`),
    );
  });

  test('is the user, or the cluster that an attribute names', () => {
    const attributes = { class: '7b', school: 12, none: null, place: { city: 'Bonn' }, odd: {} };
    const of = (name: string) => unitOf({ unit: name }, 'ada', attributes);
    expect(of('user')).toBe('ada');
    expect(of('class')).toBe('7b');
    expect(of('school')).toBe('12');
    expect(of('place.city')).toBe('Bonn');
    for (const absent of ['none', 'odd', 'course', 'place.street', 'constructor', 'class.length']) {
      expect([absent, of(absent)]).toEqual([absent, undefined]);
    }
    expect(unitOf({ unit: 'a.b' }, 'ada', { 'a.b': 'whole', a: { b: 'deep' } })).toBe('whole');
    expect(readAttribute({ a: 1 }, 'toString')).toBeUndefined();
  });
});
