/**
 * A dictionary in flat arrays: the bytes of all strings in one arena, found by open addressing over MurmurHash3.
 *
 * A hit reads a slot and the entry it points to, and allocates nothing. About 45 bytes per string of 14. Freed strings leave
 * holes in the arena; when the holes outweigh the rest, `sweep` closes them.
 */
import { type Bytes, bytesOf } from '../../contracts/bytes.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { stringHash } from '../../contracts/hash.ts';

/** An entry of the arena, in words: hash, bytes, how many retain it, code; then the bytes, padded to whole words. */
const size = 1;
const retained = 2;
const codeOf = 3;
const headerWords = 4;
/** Texts kept decoded, direct-mapped by code: a power of two. */
const textsMax = 65_536;
/** Words of the arena at most: byte positions are below 2^31. */
const wordsMax = 2 ** 29 - 1;

const encoder = new TextEncoder();
// A byte order mark is a character like any other: without it two keys would read the same.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class InternDictionary implements Dictionary {
  #capacity = 1024;
  #words = new Int32Array(4096);
  /** The same memory. */
  #bytes = new Uint8Array(this.#words.buffer);
  #end = 0;
  #garbage = 0;
  /** Word position + 1 of the entry whose probe ends here, 0 when empty: at most half full. */
  #slots = new Int32Array(this.#capacity * 2);
  /** Word position by code; of a free code −2 − the next free one. */
  #positions = new Int32Array(this.#capacity);
  /** Codes given out at least once. */
  #codes = 0;
  #held = 0;
  #freeCode = -1;
  /** Codes that may be unretained, each once: what a sweep has to look at. */
  #idle = new Int32Array(1024);
  #idleLength = 0;
  #isIdle = new Uint8Array(this.#capacity);
  readonly #texts: string[] = [];
  readonly #textCodes = new Int32Array(textsMax).fill(-1);

  get capacity(): number {
    return this.#capacity;
  }

  /** Strings held. */
  get size(): number {
    return this.#held;
  }

  intern(text: Bytes, from: number, to: number): number {
    const hash = stringHash(text, from, to) | 0;
    const slot = this.#slotOf(hash, text, from, to);
    const entry = this.#slots[slot]!;
    if (entry !== 0) return this.#words[entry - 1 + codeOf]!;
    return this.#add(hash, slot, text, from, to);
  }

  internText(text: string): number {
    const bytes = encoder.encode(text);
    return this.intern(bytesOf(bytes), 0, bytes.length);
  }

  find(text: string): number {
    const bytes = bytesOf(encoder.encode(text));
    const length = bytes.bytes.length;
    const hash = stringHash(bytes, 0, length) | 0;
    const entry = this.#slots[this.#slotOf(hash, bytes, 0, length)]!;
    return entry === 0 ? -1 : this.#words[entry - 1 + codeOf]!;
  }

  text(code: number): string {
    const at = code & (textsMax - 1);
    if (this.#textCodes[at] === code) return this.#texts[at]!;
    const entry = this.#entryOf(code);
    const from = (entry + headerWords) * 4;
    const text = decoder.decode(this.#bytes.subarray(from, from + this.#words[entry + size]!));
    while (this.#texts.length <= at) this.#texts.push('');
    this.#texts[at] = text;
    this.#textCodes[at] = code;
    return text;
  }

  hash(code: number): number {
    return this.#words[this.#entryOf(code)]! >>> 0;
  }

  copy(code: number, target: { raw(source: Uint8Array, start: number, end: number): void }): void {
    const entry = this.#entryOf(code);
    const from = (entry + headerWords) * 4;
    target.raw(this.#bytes, from, from + this.#words[entry + size]!);
  }

  byteLength(code: number): number {
    return this.#words[this.#entryOf(code) + size]!;
  }

  retain(code: number): void {
    const at = this.#entryOf(code) + retained;
    this.#words[at] = this.#words[at]! + 1;
  }

  /** @throws RangeError when nothing retains the code */
  release(code: number): void {
    const at = this.#entryOf(code) + retained;
    const count = this.#words[at]! - 1;
    if (count < 0) throw new RangeError(`code: expected one that is retained, got ${code}`);
    this.#words[at] = count;
    if (count === 0) this.#markIdle(code);
  }

  sweep(): void {
    for (let i = 0; i < this.#idleLength; i += 1) {
      const code = this.#idle[i]!;
      this.#isIdle[code] = 0;
      const entry = this.#positions[code]!;
      if (this.#words[entry + retained] === 0) this.#remove(code, entry);
    }
    this.#idleLength = 0;
    if (this.#garbage > 16_384 && this.#garbage * 2 > this.#end) this.#compact();
  }

  /** @throws RangeError when the code is not given out */
  #entryOf(code: number): number {
    const entry = code < this.#codes ? this.#positions[code] : undefined;
    if (entry === undefined || entry < 0) {
      throw new RangeError(`code: expected one of the dictionary, got ${code}`);
    }
    return entry;
  }

  /** The slot of the string, or the empty one where it would go. */
  #slotOf(hash: number, text: Bytes, from: number, to: number): number {
    const slots = this.#slots;
    const words = this.#words;
    const mask = slots.length - 1;
    const length = to - from;
    let slot = hash & mask;
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      if (
        words[entry - 1] === hash &&
        words[entry - 1 + size] === length &&
        this.#stands(entry - 1 + headerWords, text, from, to)
      ) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Whether the words from `word` on hold the bytes. */
  #stands(word: number, { bytes, view }: Bytes, from: number, to: number): boolean {
    const words = this.#words;
    const last = to - 4;
    let at = from;
    let next = word;
    for (; at <= last; at += 4) if (words[next++] !== view.getInt32(at, true)) return false;
    const own = this.#bytes;
    for (let rest = next * 4; at < to; at += 1) if (own[rest++] !== bytes[at]) return false;
    return true;
  }

  #add(hash: number, slot: number, { bytes }: Bytes, from: number, to: number): number {
    const entry = this.#end;
    this.#end += headerWords + ((to - from + 3) >> 2);
    if (this.#end > this.#words.length) this.#widen();
    let code = this.#freeCode;
    let place = slot;
    if (code >= 0) {
      this.#freeCode = -2 - this.#positions[code]!;
    } else {
      if (this.#codes === this.#capacity) {
        this.#grow();
        place = this.#freeSlot(hash);
      }
      code = this.#codes;
      this.#codes += 1;
    }
    this.#words[entry] = hash;
    this.#words[entry + size] = to - from;
    this.#words[entry + retained] = 0;
    this.#words[entry + codeOf] = code;
    const offset = (entry + headerWords) * 4 - from;
    for (let at = from; at < to; at += 1) this.#bytes[at + offset] = bytes[at]!;
    this.#positions[code] = entry;
    this.#slots[place] = entry + 1;
    this.#held += 1;
    this.#markIdle(code);
    return code;
  }

  /** @throws RangeError beyond 2 GiB */
  #widen(): void {
    if (this.#end > wordsMax)
      throw new RangeError(`dictionary: expected at most ${wordsMax} words`);
    const roomy = Math.min(wordsMax, Math.ceil(this.#words.length * 1.5));
    const words = new Int32Array(Math.max(this.#end, roomy));
    words.set(this.#words);
    this.#words = words;
    this.#bytes = new Uint8Array(words.buffer);
  }

  #markIdle(code: number): void {
    if (this.#isIdle[code] === 1) return;
    this.#isIdle[code] = 1;
    if (this.#idleLength === this.#idle.length) {
      const grown = new Int32Array(this.#idle.length * 2);
      grown.set(this.#idle);
      this.#idle = grown;
    }
    this.#idle[this.#idleLength] = code;
    this.#idleLength += 1;
  }

  #freeSlot(hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    this.#capacity *= 2;
    const positions = new Int32Array(this.#capacity);
    positions.set(this.#positions);
    this.#positions = positions;
    const isIdle = new Uint8Array(this.#capacity);
    isIdle.set(this.#isIdle);
    this.#isIdle = isIdle;
    this.#slots = new Int32Array(this.#capacity * 2);
    this.#fillSlots();
  }

  #fillSlots(): void {
    for (let code = 0; code < this.#codes; code += 1) {
      const entry = this.#positions[code]!;
      if (entry >= 0) this.#slots[this.#freeSlot(this.#words[entry]!)] = entry + 1;
    }
  }

  /** Empties the entry's slot and moves back what its probe had pushed on (Knuth 1973, algorithm 6.4R). */
  #remove(code: number, entry: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hole = this.#words[entry]! & mask;
    while (slots[hole] !== entry + 1) hole = (hole + 1) & mask;
    for (let slot = (hole + 1) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const home = this.#words[slots[slot]! - 1]! & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      slots[hole] = slots[slot]!;
      hole = slot;
    }
    slots[hole] = 0;
    this.#garbage += headerWords + ((this.#words[entry + size]! + 3) >> 2);
    this.#positions[code] = -2 - this.#freeCode;
    this.#freeCode = code;
    this.#held -= 1;
    const at = code & (textsMax - 1);
    if (this.#textCodes[at] === code) this.#textCodes[at] = -1;
  }

  #compact(): void {
    const words = new Int32Array(Math.max(4096, Math.ceil((this.#end - this.#garbage) * 1.5)));
    let end = 0;
    for (let code = 0; code < this.#codes; code += 1) {
      const entry = this.#positions[code]!;
      if (entry < 0) continue;
      const next = entry + headerWords + ((this.#words[entry + size]! + 3) >> 2);
      words.set(this.#words.subarray(entry, next), end);
      this.#positions[code] = end;
      end += next - entry;
    }
    this.#words = words;
    this.#bytes = new Uint8Array(words.buffer);
    this.#end = end;
    this.#garbage = 0;
    this.#slots.fill(0);
    this.#fillSlots();
  }
}
