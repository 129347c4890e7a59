import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../contracts/bytes.ts';
import { ByteWriter } from '../../../contracts/byteWriter.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';

const encode = (text: string) => new TextEncoder().encode(text);

describe('the intern dictionary', () => {
  test('gives one code per distinct string, by bytes or by text', () => {
    const dictionary = new InternDictionary();
    const bytes = encode('-Zoë-');
    const code = dictionary.intern(bytesOf(bytes), 1, bytes.length - 1);
    expect(dictionary.internText('Zoë')).toBe(code);
    expect(dictionary.find('Zoë')).toBe(code);
    expect(dictionary.text(code)).toBe('Zoë');
    expect(dictionary.byteLength(code)).toBe(4);
    const writer = new ByteWriter();
    dictionary.copy(code, writer);
    expect(writer.take()).toEqual(encode('Zoë'));
    expect(dictionary.internText('Zoe')).not.toBe(code);
    expect(dictionary.find('absent')).toBe(-1);
    for (const text of ['', '\ufeff', '\ufeffZoë', '\0', '😀'.repeat(200)]) {
      expect(dictionary.text(dictionary.internText(text))).toBe(text);
    }
  });

  test('keeps what is retained and frees the rest at a sweep', () => {
    const dictionary = new InternDictionary();
    const kept = dictionary.internText('kept');
    const gone = dictionary.internText('gone');
    dictionary.retain(kept);
    dictionary.retain(kept);
    expect(dictionary.text(gone)).toBe('gone');
    dictionary.sweep();
    expect(dictionary.find('gone')).toBe(-1);
    expect(() => dictionary.text(gone)).toThrow('code: expected one of the dictionary');
    expect(dictionary.internText('new')).toBe(gone);
    expect(dictionary.text(gone)).toBe('new');
    dictionary.release(kept);
    dictionary.sweep();
    expect(dictionary.find('kept')).toBe(kept);
    dictionary.release(kept);
    expect(() => dictionary.release(kept)).toThrow('expected one that is retained');
    dictionary.sweep();
    expect(dictionary.size).toBe(0);
  });

  test('does as a Map does, whatever comes, through growth, sweeps and compaction', () => {
    const text = fc.integer({ min: 0, max: 4_000 }).map((i) => `${i}`.padStart((i % 60) + 1, 'x'));
    const call = fc.oneof(
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('retain' as const), text }) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('intern' as const), text }) },
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('release' as const), text }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('sweep' as const), text }) },
    );
    const calls = fc.array(call, { minLength: 500, maxLength: 4_000, size: 'max' });
    fc.assert(
      fc.property(calls, (calls) => {
        const dictionary = new InternDictionary();
        const codes = new Map<string, number>();
        const counts = new Map<string, number>();
        for (const { kind, text } of calls) {
          const count = counts.get(text) ?? 0;
          if (kind === 'sweep') {
            dictionary.sweep();
            for (const known of codes.keys()) if (!counts.get(known)) codes.delete(known);
            continue;
          }
          if (kind === 'release') {
            if (count > 0) dictionary.release(codes.get(text)!);
            if (count > 0) counts.set(text, count - 1);
            continue;
          }
          const code = dictionary.internText(text);
          expect(codes.get(text) ?? code).toBe(code);
          codes.set(text, code);
          if (kind === 'retain') {
            dictionary.retain(code);
            counts.set(text, count + 1);
          }
        }
        expect(dictionary.size).toBe(codes.size);
        expect(new Set(codes.values()).size).toBe(codes.size);
        for (const [text, code] of codes) {
          expect(dictionary.find(text)).toBe(code);
          expect(dictionary.text(code)).toBe(text);
        }
      }),
      { seed: 1, numRuns: 8 },
    );
  });

  test('closes the holes of freed strings', () => {
    const dictionary = new InternDictionary();
    const survivors = new Map<string, number>();
    for (let round = 0; round < 20; round += 1) {
      for (let i = 0; i < 2_000; i += 1) {
        const text = `a rather long text of round ${round}, number ${i}`;
        const code = dictionary.internText(text);
        if (i % 100 !== 0) continue;
        dictionary.retain(code);
        survivors.set(text, code);
      }
      dictionary.sweep();
    }
    expect(dictionary.size).toBe(survivors.size);
    expect(dictionary.capacity).toBeLessThan(8_192);
    for (const [text, code] of survivors) expect(dictionary.text(code)).toBe(text);
  });
});
