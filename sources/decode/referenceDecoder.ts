/**
 * Chunks to batches by `JSON.parse` and the schema, event by event: the decoder that defines what decoding means.
 *
 * The engine uses the one of `shapeDecoder.ts`, which is several times faster and held equal by a property test.
 */
import type { Batch, Columns } from '../../contracts/batch.ts';
import type { Chunk } from '../../contracts/chunk.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { planColumns } from './columnPlan.ts';
import { acceptRow, type Draft, finishDraft, startDraft } from './draft.ts';
import { parseRecord } from './parseRecord.ts';
import { readRefused } from './refusedRecord.ts';
import { writeEvent } from './writeEvent.ts';

export interface Decoder {
  /** Every record becomes a row or a refusal; the batch refers to the chunk's bytes. */
  decode(chunk: Chunk): Batch;
}

/**
 * A string column takes names (text of 1 to 256 characters without U+0000), a number column numbers up to `figureMax` and
 * booleans as 1 and 0; anything else is absent there. Of a key that occurs twice the last counts.
 *
 * @throws RangeError when a column's path is empty or asks for text as number or the reverse
 */
export function createReferenceDecoder(columns: Columns, dictionary: Dictionary): Decoder {
  const plan = planColumns(columns);
  return {
    decode(chunk) {
      const draft = startDraft(chunk, plan, dictionary);
      let start = 0;
      for (let record = 0; record < chunk.length; record += 1) {
        const end = chunk.ends[record]!;
        decodeRecord(draft, record, start, end);
        start = end;
      }
      return finishDraft(draft);
    },
  };
}

/** Judges one record: it becomes the draft's next row or its next refusal. */
export function decodeRecord(draft: Draft, record: number, start: number, end: number): void {
  const { chunk, refusals } = draft;
  const offset = chunk.firstOffset + record;
  const refused = readRefused(chunk.bytes, start, end);
  if (refused !== undefined) {
    refusals.push({ offset, ...refused.problem, bytes: chunk.bytes.subarray(refused.start, end) });
    return;
  }
  const judged = parseRecord(chunk.bytes, start, end, chunk.receivedAt);
  if (judged.accepted === undefined) {
    refusals.push({ offset, ...judged.problem, bytes: chunk.bytes.subarray(start, end) });
    return;
  }
  writeEvent(draft, judged.accepted);
  acceptRow(draft, record, start, end);
}
