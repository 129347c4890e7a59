/** Leaves out the rows of those who object to something. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, doesObject, selectRows } from '../../contracts/batch.ts';
import type { ObjectionKind } from '../../contracts/objection.ts';

/**
 * ```text
 * objections                  --[0 7 0]--|
 * withoutObjectors('training')  --[0 0]----|
 * ```
 *
 * Behind `knowObjections`. Synchronous: one batch out for each in, empty when all of its rows are left out.
 */
export function withoutObjectors(to: ObjectionKind): OperatorFunction<Batch, Batch> {
  return map((batch) => {
    if (batch.objections === undefined) return batch;
    const rows = new Int32Array(batch.length);
    let count = 0;
    for (let row = 0; row < batch.length; row += 1) {
      rows[count] = row;
      if (!doesObject(batch, row, to)) count += 1;
    }
    return selectRows(batch, rows, count);
  });
}
