/**
 * Structures in Thrift's compact protocol, as far as Parquet needs it.
 *
 * Source: Apache Thrift, doc/specs/thrift-compact-protocol.md.
 */
import type { ByteWriter } from '../../contracts/byteWriter.ts';

/** `i32` and `i64` take whole numbers from 0 to before 2^52. */
export type ThriftValue =
  | { readonly kind: 'i32' | 'i64'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'struct'; readonly value: ThriftStruct }
  | { readonly kind: 'list'; readonly value: readonly ThriftValue[] };

/** Fields by their number. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

const codes = { i32: 5, i64: 6, text: 8, list: 9, struct: 12 } as const;

const encoder = new TextEncoder();

export function writeStruct(writer: ByteWriter, fields: ThriftStruct): void {
  let last = 0;
  for (const [id, field] of [...fields].sort(([a], [b]) => a - b)) {
    const step = id - last;
    last = id;
    if (step > 15) throw new RangeError(`fields: expected steps of 15 at most, got ${step}`);
    writer.uint8(step * 16 + codes[field.kind]);
    writeValue(writer, field);
  }
  writer.uint8(0);
}

function writeValue(writer: ByteWriter, { kind, value }: ThriftValue): void {
  switch (kind) {
    case 'i32':
    case 'i64':
      writer.varint(2 * value); // zigzag
      break;
    case 'text': {
      const bytes = encoder.encode(value);
      writer.string(bytes, 0, bytes.length);
      break;
    }
    case 'struct':
      writeStruct(writer, value);
      break;
    case 'list': {
      const code = codes[value[0]?.kind ?? 'i32'];
      if (value.length < 15) writer.uint8(value.length * 16 + code);
      else {
        writer.uint8(0xf0 + code);
        writer.varint(value.length);
      }
      for (const each of value) writeValue(writer, each);
    }
  }
}

export const i32 = (value: number): ThriftValue => ({ kind: 'i32', value });
export const i64 = (value: number): ThriftValue => ({ kind: 'i64', value });
export const text = (value: string): ThriftValue => ({ kind: 'text', value });
export const list = (value: readonly ThriftValue[]): ThriftValue => ({ kind: 'list', value });
export const struct = (fields: Readonly<Record<number, ThriftValue>>): ThriftValue => ({
  kind: 'struct',
  value: new Map(Object.entries(fields).map(([id, field]) => [Number(id), field])),
});
