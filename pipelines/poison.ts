/** Rows that are known to break a pipeline's code become refusals, so that they never stop a partition. */
import { type Batch, selectRows } from '../contracts/batch.ts';

/** @param reasons why, by offset */
export function setAsidePoison(batch: Batch, reasons: ReadonlyMap<number, string>): Batch {
  const kept = new Int32Array(batch.length);
  const refusals = [...batch.refusals];
  let count = 0;
  for (let row = 0; row < batch.length; row += 1) {
    const offset = batch.offsets[row]!;
    const reason = reasons.get(offset);
    if (reason === undefined) {
      kept[count++] = row;
      continue;
    }
    const { bytes, starts, ends } = batch.raw;
    refusals.push({
      offset,
      code: 'EVENT_POISONOUS',
      reason,
      bytes: bytes.slice(starts[row]!, ends[row]!),
    });
  }
  return { ...selectRows(batch, kept, count), refusals };
}
