/**
 * Interns one column of a chunk, with a memory of the strings just met: what repeats (types, skills, devices) is compared
 * with where it stood before, instead of being looked up in the dictionary.
 *
 * Direct-mapped. A column whose strings hardly repeat soon gives the memory up. Nothing is kept from one chunk to the next,
 * because the dictionary may be swept between.
 */
import type { Bytes } from '../../contracts/bytes.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';

export interface CodeMemory {
  /** Four numbers a slot: the turn in which it was filled, start and length of the string, its code. */
  readonly slots: Int32Array;
  /** Counts the columns done: a slot filled in another turn is empty. */
  turn: number;
}

const slotBits = 8;
const width = 4;
/** Misses, less hits, after which a column goes on without the memory. */
const missesMax = 32;
const hitsMax = 256;

export function codeMemory(): CodeMemory {
  return { slots: new Int32Array(width << slotBits), turn: 0 };
}

/**
 * @param codes   start of each string to be interned, to be replaced by its code
 * @param lengths bytes of each, 0 where `codes` is not to be changed
 */
export function internColumn(
  memory: CodeMemory,
  dictionary: Dictionary,
  text: Bytes,
  codes: Int32Array,
  lengths: Int32Array,
  count: number,
): void {
  const { view } = text;
  const { slots } = memory;
  const turn = nextTurn(memory);
  let credit = missesMax;
  for (let row = 0; row < count; row += 1) {
    const length = lengths[row]!;
    if (length === 0) continue;
    const start = codes[row]!;
    if (length < 4 || credit < 0) {
      codes[row] = dictionary.intern(text, start, start + length);
      continue;
    }
    const head = view.getInt32(start, true);
    const tail = view.getInt32(start + length - 4, true);
    const hash = Math.imul(head ^ Math.imul(tail, 31) ^ length, 0x9e3779b1);
    const slot = (hash >>> (32 - slotBits)) * width;
    if (
      slots[slot] === turn &&
      slots[slot + 2] === length &&
      isSame(view, slots[slot + 1]!, start, length)
    ) {
      codes[row] = slots[slot + 3]!;
      if (credit < hitsMax) credit += 1;
      continue;
    }
    const code = dictionary.intern(text, start, start + length);
    codes[row] = code;
    slots[slot] = turn;
    slots[slot + 1] = start;
    slots[slot + 2] = length;
    slots[slot + 3] = code;
    credit -= 1;
  }
}

function nextTurn(memory: CodeMemory): number {
  if (memory.turn === 0x3fff_ffff) {
    memory.slots.fill(0);
    memory.turn = 0;
  }
  memory.turn += 1;
  return memory.turn;
}

function isSame(view: DataView, left: number, right: number, length: number): boolean {
  const last = length - 4;
  for (let i = 0; i < last; i += 4) {
    if (view.getInt32(left + i, true) !== view.getInt32(right + i, true)) return false;
  }
  return view.getInt32(left + last, true) === view.getInt32(right + last, true);
}
