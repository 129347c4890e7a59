/** A pipeline's own rule about its events: the rows that break it become refusals. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, type Refusal, selectRows } from '../contracts/batch.ts';
import { EngineError } from '../contracts/errors.ts';

/**
 * Calls `check` for each row, and moves those for which it throws an `EngineError` to the batch's refusals.
 *
 * ```text
 * source             --[a b c]------------|
 * refuseRows(check)  --[a c], refused b---|      (check throws EngineError for b)
 * ```
 *
 * Any other error is a fault of the program and ends the stream. Synchronous: one batch out for each in, empty when all
 * of its rows are refused. `divertErrors` stores the refusals.
 *
 * @param check says by throwing which rows are refused, with the code and the sentence that are stored
 */
export function refuseRows(
  check: (batch: Batch, row: number) => void,
): OperatorFunction<Batch, Batch> {
  return map((batch) => refuseRowsOf(batch, (row) => check(batch, row)));
}

/** The same for one batch, its rows in order: for a `check` that looks something up once a batch. */
export function refuseRowsOf(batch: Batch, check: (row: number) => void): Batch {
  const rows = new Int32Array(batch.length);
  const refusals: Refusal[] = [];
  let count = 0;
  for (let row = 0; row < batch.length; row += 1) {
    try {
      check(row);
      rows[count] = row;
      count += 1;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      refusals.push(refusalOf(batch, row, error));
    }
  }
  if (refusals.length === 0) return batch;
  const all = [...batch.refusals, ...refusals].sort((a, b) => a.offset - b.offset);
  return { ...selectRows(batch, rows, count), refusals: all };
}

function refusalOf({ offsets, raw }: Batch, row: number, { code, message }: EngineError): Refusal {
  const bytes = raw.bytes.subarray(raw.starts[row]!, raw.ends[row]!);
  return { offset: offsets[row]!, code, reason: message, bytes };
}
