/** Refused events on their way to the table `dead_letters`. */
import { filter, map, type OperatorFunction } from 'rxjs';
import type { Batch } from '../contracts/batch.ts';
import type { Origin } from '../contracts/chunk.ts';
import type { Rows } from '../contracts/rows.ts';
import { writeTime } from './rowFields.ts';

/**
 * The refusals of each batch, with bytes, code and reason; nothing for a batch without any.
 *
 * ```text
 * events                --[a !b c]--[d]--|
 * divertErrors('demo')  --[b]------------|
 * ```
 *
 * The decoder refuses what is no event. To refuse by a rule of one's own, put `refuseRows` in front: rows for which its
 * callback throws an `EngineError` join the refusals, and the stream goes on without them.
 *
 * ```ts
 * const judged = events.pipe(refuseRows(check), share());
 * return merge(judged.pipe(divertErrors('demo')), judged.pipe(learn));
 * ```
 *
 * @param pipeline name under which they are stored
 */
export function divertErrors(pipeline: string): OperatorFunction<Batch, Rows> {
  return (batches) =>
    batches.pipe(
      filter((batch) => batch.refusals.length > 0),
      map((batch) => deadLetters(pipeline, batch)),
    );
}

const empty = new Uint8Array(0);
const none: Origin = { key: null, headers: [] };

function deadLetters(pipeline: string, batch: Batch): Rows {
  const { partition, firstOffset, receivedAt, refusals, origins } = batch;
  return {
    table: 'dead_letters',
    length: refusals.length,
    encode(writer) {
      for (const { offset, code, reason, bytes: judged } of refusals) {
        const { key, headers, bytes = judged } = origins?.[offset - firstOffset] ?? none;
        writer.text(pipeline);
        writer.uint16(partition);
        writer.int64(offset);
        writeTime(writer, receivedAt);
        writer.text(code);
        writer.text(reason);
        writer.string(bytes, 0, bytes.length);
        writer.string(key ?? empty, 0, key?.length ?? 0);
        writer.varint(headers.length);
        for (const [name, value] of headers) {
          writer.text(name);
          writer.string(value, 0, value.length);
        }
      }
    },
  };
}
