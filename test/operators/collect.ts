/** What tests of operators share: all values of a synchronous stream, and rows read back from RowBinary. */
import type { Observable } from 'rxjs';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Rows } from '../../contracts/rows.ts';

/** @throws the error that ended the stream, or an Error when it has not ended */
export function collect<Value>(source: Observable<Value>): Value[] {
  const values: Value[] = [];
  let end: { error?: unknown } | undefined;
  source.subscribe({
    next: (value) => values.push(value),
    error: (error: unknown) => {
      end = { error };
    },
    complete: () => {
      end = {};
    },
  });
  if (end === undefined) throw new Error('the stream has not ended');
  if ('error' in end) throw end.error;
  return values;
}

/** @param types of the columns, separated by blanks: string, uint16, int64 or headers (pairs of strings) */
export function readRows(rows: Rows, types: string): unknown[][] {
  const writer = new ByteWriter();
  rows.encode(writer);
  const bytes = Buffer.from(writer.take());
  let at = 0;
  const read: Record<string, () => unknown> = {
    uint16() {
      at += 2;
      return bytes.readUInt16LE(at - 2);
    },
    int64() {
      at += 8;
      return Number(bytes.readBigInt64LE(at - 8));
    },
    string() {
      let length = 0;
      let scale = 1;
      for (;;) {
        const byte = bytes[at++]!;
        length += (byte & 127) * scale;
        scale *= 128;
        if (byte < 128) break;
      }
      at += length;
      return bytes.toString('utf8', at - length, at);
    },
  };
  read['headers'] = () =>
    Array.from({ length: bytes[at++]! }, () => [read['string']!(), read['string']!()]);
  const columns = types.split(' ').map((type) => read[type]!);
  const found = Array.from({ length: rows.length }, () => columns.map((column) => column()));
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes are left over`);
  return found;
}
