/** Cuts a stream of bytes into lines without ever holding more than one long line. */

/** Line ends are `\n` or `\r\n`; a last line without one counts. */
export class LineReader {
  /** Number of the line that `next` found last, from 1. */
  line = 0;
  /** The line is `bytes[start … end)`, valid until the next call. */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** The line is longer than `lineBytesMax`; only its beginning is given. */
  longer = false;
  readonly #lineBytesMax: number;
  #piece: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Beginning of a line whose end is not there yet. */
  readonly #carry: Uint8Array;
  #carried = 0;

  constructor(lineBytesMax: number) {
    this.#lineBytesMax = lineBytesMax;
    this.#carry = new Uint8Array(lineBytesMax + 1);
  }

  /** Gives the next piece of the stream; the one before must be used up. */
  feed(piece: Uint8Array): void {
    this.#piece = piece;
    this.#at = 0;
  }

  /** Finds the next line of the piece; false when its rest has no line end. */
  next(): boolean {
    const from = this.#at;
    const found = this.#piece.indexOf(10, from);
    if (found < 0) {
      this.#keep(from, this.#piece.length);
      this.#at = this.#piece.length;
      return false;
    }
    this.#at = found + 1;
    if (this.#carried > 0) {
      this.#keep(from, found);
      this.#takeCarry();
    } else {
      this.#take(this.#piece, from, found, false);
    }
    return true;
  }

  /** The line behind the last line end; false when there is none. */
  last(): boolean {
    if (this.#carried === 0) return false;
    this.#takeCarry();
    return true;
  }

  #keep(from: number, to: number): void {
    const kept = Math.min(to, from + this.#carry.length - this.#carried);
    this.#carry.set(this.#piece.subarray(from, kept), this.#carried);
    this.#carried += kept - from;
  }

  #takeCarry(): void {
    this.#take(this.#carry, 0, this.#carried, this.#carried === this.#carry.length);
    this.#carried = 0;
  }

  #take(bytes: Uint8Array, start: number, end: number, cut: boolean): void {
    const trimmed = !cut && end > start && bytes[end - 1] === 13 ? end - 1 : end;
    this.longer = cut || trimmed - start > this.#lineBytesMax;
    this.line += 1;
    this.bytes = bytes;
    this.start = start;
    this.end = Math.min(trimmed, start + this.#lineBytesMax);
  }
}
