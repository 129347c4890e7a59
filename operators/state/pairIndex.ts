/**
 * Finds the row of a pair of codes: open addressing over rows, linear probing, backward-shift deletion.
 *
 * The pairs themselves stand in the caller's links, one record of four integers per row (left, right, …), so a slot is
 * four bytes. Source: Knuth 1973, algorithms 6.4L and 6.4R.
 */
import { mix } from '../../contracts/hash.ts';

const recordWidth = 4;
const seed = 0x70616972;

export class PairIndex {
  /** Row + 1, 0 when empty. */
  #slots = new Int32Array(64);
  #size = 0;

  /** @returns the row, −1 when there is none */
  find(links: Int32Array, left: number, right: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = mix(mix(seed, left), right) & mask;
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      const record = (entry - 1) * recordWidth;
      if (links[record] === left && links[record + 1] === right) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** Takes in a row whose pair stands in `links` and is not in the index yet. */
  add(links: Int32Array, row: number): void {
    if ((this.#size + 1) * 3 > this.#slots.length * 2) this.#grow(links);
    this.#slots[this.#emptySlot(links, row)] = row + 1;
    this.#size += 1;
  }

  /** Lets go a row that is in the index and whose pair still stands in `links`. */
  remove(links: Int32Array, row: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hole = homeOf(links, row) & mask;
    while (slots[hole] !== row + 1) hole = (hole + 1) & mask;
    for (let slot = (hole + 1) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const home = homeOf(links, slots[slot]! - 1) & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      slots[hole] = slots[slot]!;
      hole = slot;
    }
    slots[hole] = 0;
    this.#size -= 1;
  }

  #emptySlot(links: Int32Array, row: number): number {
    const mask = this.#slots.length - 1;
    let slot = homeOf(links, row) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(links: Int32Array): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (const entry of old) {
      if (entry !== 0) this.#slots[this.#emptySlot(links, entry - 1)] = entry;
    }
  }
}

function homeOf(links: Int32Array, row: number): number {
  return mix(mix(seed, links[row * recordWidth]!), links[row * recordWidth + 1]!);
}
