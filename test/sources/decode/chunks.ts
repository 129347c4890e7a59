/** Chunks from texts, and batches as plain rows, for the tests of decoding. */
import type { Batch } from '../../../contracts/batch.ts';
import type { Chunk } from '../../../contracts/chunk.ts';

export const receivedAt = Date.UTC(2026, 2, 2);

export function chunkOf(records: readonly (string | Uint8Array)[], firstOffset = 100): Chunk {
  const parts = records.map((record) =>
    typeof record === 'string' ? new TextEncoder().encode(record) : record,
  );
  const ends = new Int32Array(parts.length);
  let size = 0;
  for (const [i, part] of parts.entries()) {
    size += part.length;
    ends[i] = size;
  }
  const bytes = new Uint8Array(Buffer.concat(parts));
  return { partition: 3, firstOffset, length: parts.length, receivedAt, bytes, ends };
}

/** Everything that a batch says, without codes and positions. */
export function plain(batch: Batch) {
  const { dictionary } = batch;
  const text = (
    column: { bytes: Uint8Array; starts: Int32Array; ends: Int32Array },
    row: number,
  ) =>
    column.starts[row]! < 0
      ? null
      : Buffer.from(column.bytes.subarray(column.starts[row], column.ends[row])).toString('hex');
  return {
    partition: batch.partition,
    firstOffset: batch.firstOffset,
    endOffset: batch.endOffset,
    receivedAt: batch.receivedAt,
    length: batch.length,
    rows: Array.from({ length: batch.length }, (_, row) => ({
      offset: batch.offsets[row],
      codes: Object.fromEntries(
        [...batch.codes].map(([name, codes]) => {
          return [name, codes[row] === -1 ? null : dictionary.text(codes[row]!)];
        }),
      ),
      numbers: Object.fromEntries(
        [...batch.numbers].map(([name, numbers]) => [name, numbers[row]]),
      ),
      texts: Object.fromEntries(
        [...batch.texts].map(([name, column]) => [name, text(column, row)]),
      ),
      id: [batch.idLow[row], batch.idHigh[row]],
      raw: text(batch.raw, row),
    })),
    lengths: [...batch.codes.values(), ...batch.numbers.values()].map((column) => column.length),
    refusals: batch.refusals.map(({ bytes, ...refusal }) => ({
      ...refusal,
      bytes: Buffer.from(bytes).toString('hex'),
    })),
  };
}
