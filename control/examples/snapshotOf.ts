/** The hash by which a training set is known: equal ones have equal hashes, wherever they are computed. */
import { createHash } from 'node:crypto';
import type { TrainingSet } from '../../models/training/trainingSet.ts';

/** Bytes hashed at once. */
const pieceBytes = 2 ** 24;

/**
 * SHA-256 over: the line `millrace-examples-1`, a line with the number of rows, a line for each feature's name, all ended by `\n`; then, without
 * gaps and little-endian, the features as float32, rows × features, the labels, the weights and the times as float64. What is
 * missing is the NaN whose bits are 7fc00000.
 *
 * @param times ms since 1970, one a row
 * @returns 64 hexadecimal digits
 */
export function snapshotOf(
  { features, values, labels, weights }: TrainingSet,
  times: Float64Array,
): string {
  const hash = createHash('sha256');
  const rows = labels.length;
  for (const line of ['millrace-examples-1', `${rows}`, ...features.map(({ name }) => name)]) {
    hash.update(`${line}\n`);
  }
  const counted = weights ?? new Float64Array(rows).fill(1);
  for (const column of [values, labels, counted, times]) {
    const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      hash.update(bytes.subarray(at, at + pieceBytes));
    }
  }
  return hash.digest('hex');
}
