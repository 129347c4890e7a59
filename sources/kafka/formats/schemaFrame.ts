/**
 * Where a record says which schema its value has: in front of the value, or in a header. Zero and four bytes of an id that
 * one registry has given, or one and sixteen bytes of an id that is the same everywhere.
 *
 * Source: Confluent, "Formats, Serializers, and Deserializers for Schema Registry" (wire format).
 */
import type { Origin } from '../../../contracts/chunk.ts';

export interface SchemaFrame {
  /** A number, or 16 bytes in hexadecimal. */
  readonly schema: number | string;
  /** Behind the id: where a schema describes several messages, which of them; then the value, unless `body` is it. */
  readonly rest: Buffer;
  /** The value, when the frame is in a header. */
  readonly body: Buffer | undefined;
}

const headerName = '__value_schema_id';

/**
 * @returns undefined for a value without a frame; null for a frame that breaks off
 */
export function readSchemaFrame(
  value: Uint8Array,
  headers: Origin['headers'],
): SchemaFrame | null | undefined {
  // Of several headers of the name the last counts.
  const header = headers.findLast(([name]) => name === headerName)?.[1];
  const first = header === undefined ? value[0] : header[0];
  if (first !== 0 && first !== 1) return header === undefined ? undefined : null;
  const frame = bufferOf(header ?? value);
  const end = first === 0 ? 5 : 17;
  if (frame.length < end) return null;
  return {
    schema: first === 0 ? frame.readInt32BE(1) : frame.toString('hex', 1, end),
    rest: frame.subarray(end),
    body: header === undefined ? undefined : bufferOf(value),
  };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
