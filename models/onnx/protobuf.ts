/**
 * The encoding of Protocol Buffers, as far as ONNX needs it: fields are written to bytes, and bytes are read as fields.
 *
 * Lists of numbers are packed. Reading trusts nothing: every length is checked against what is there.
 *
 * Source: https://protobuf.dev/programming-guides/encoding
 */

const encoder = new TextEncoder();
/** Wire types. */
const varint = 0;
const fixed64 = 1;
const delimited = 2;
const fixed32 = 5;

/** Bytes of a number; a negative one as the 64-bit two's complement that it is in ONNX. */
function varintBytes(value: number): number[] {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`value: expected an integer, got ${value}`);
  const bytes: number[] = [];
  if (value >= 0 && value < 2 ** 31) {
    let rest = value;
    for (; rest >= 128; rest >>>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
    return bytes;
  }
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return bytes;
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A field of an integer. */
export function integerField(number: number, value: number): Uint8Array {
  return Uint8Array.from([...varintBytes(number * 8 + varint), ...varintBytes(value)]);
}

/** A field of a float32. */
export function floatField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joinBytes([Uint8Array.from(varintBytes(number * 8 + fixed32)), bytes]);
}

export function bytesField(number: number, bytes: Uint8Array): Uint8Array {
  const head = Uint8Array.from([
    ...varintBytes(number * 8 + delimited),
    ...varintBytes(bytes.length),
  ]);
  return joinBytes([head, bytes]);
}

export function textField(number: number, text: string): Uint8Array {
  return bytesField(number, encoder.encode(text));
}

/** A field that is a message of the fields given. */
export function messageField(number: number, fields: readonly Uint8Array[]): Uint8Array {
  return bytesField(number, joinBytes(fields));
}

/** A packed list of integers. */
export function integersField(number: number, values: ArrayLike<number>): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i < values.length; i += 1) bytes.push(...varintBytes(values[i]!));
  return bytesField(number, Uint8Array.from(bytes));
}

/** A field as it was read: an integer, or the bytes of anything longer. */
export interface Field {
  readonly number: number;
  readonly integer: number;
  readonly bytes: Uint8Array;
}

const nothing = new Uint8Array(0);

/**
 * The fields of a message, in order.
 *
 * @returns integers beyond ±2⁵³ are rounded
 * @throws RangeError when the bytes are no message
 */
export function* readFields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    let scale = 1;
    const from = at;
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined) throw new RangeError(`byte ${at}: the message ends within a number`);
      at += 1;
      value += (byte & 127) * scale;
      if (byte < 128) break;
      if (at - from === 10) throw new RangeError(`byte ${at}: a number of more than ten bytes`);
      scale *= 128;
    }
    // Beyond 2⁴⁹ sums of floats are not exact, and negative numbers have ten bytes.
    return at - from <= 7 ? value : longVarint(bytes.subarray(from, at));
  };
  const take = (length: number): Uint8Array => {
    if (!(length >= 0 && at + length <= bytes.length)) {
      throw new RangeError(
        `byte ${at}: a field of ${length} bytes, of which ${bytes.length - at} are there`,
      );
    }
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = readVarint();
    const number = Math.floor(tag / 8);
    if (!(number >= 1)) throw new RangeError(`byte ${at}: a field of number ${number}`);
    const wire = tag % 8;
    if (wire === varint) yield { number, integer: readVarint(), bytes: nothing };
    else if (wire === delimited) yield { number, integer: 0, bytes: take(readVarint()) };
    else if (wire === fixed32) yield { number, integer: 0, bytes: take(4) };
    else if (wire === fixed64) yield { number, integer: 0, bytes: take(8) };
    else throw new RangeError(`byte ${at}: a field of wire type ${wire}`);
  }
}

function longVarint(bytes: Uint8Array): number {
  const value = bytes.reduceRight((sum, byte) => (sum << 7n) | BigInt(byte & 127), 0n);
  return Number(BigInt.asIntN(64, value));
}

/** Integers of a list, whether packed or one by one. */
export function readIntegers({ bytes, integer }: Field): number[] {
  if (bytes.length === 0) return [integer];
  const values: number[] = [];
  // A packed list is numbers without tags.
  for (let from = 0, at = 0; at < bytes.length; at += 1) {
    if (bytes[at]! >= 128) continue;
    values.push(longVarint(bytes.subarray(from, at + 1)));
    from = at + 1;
  }
  return values;
}
