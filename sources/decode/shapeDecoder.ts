/**
 * The decoder that the engine uses: guesses the shape of each event from those before and reads it from its bytes, without
 * building an object. What it does not expect it leaves to the reference, event by event, so the result is the same.
 */
import type { Columns } from '../../contracts/batch.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { planColumns } from './columnPlan.ts';
import { acceptRow, clearRow, finishDraft, startDraft } from './draft.ts';
import { codeMemory } from './internColumn.ts';
import { knownEvent } from './knownKeys.ts';
import { readShape, type ShapeReader } from './readShape.ts';
import { type Decoder, decodeRecord } from './referenceDecoder.ts';
import { settleRows } from './settleRows.ts';

export interface ShapeDecoder extends Decoder {
  /** Of the rows decoded last: where the user stands among the chunk's bytes, plainly and once; −1 otherwise. */
  readonly userStarts: Int32Array;
}

/**
 * Columns as {@link createReferenceDecoder} fills them. A decoder serves one partition: it remembers the keys it met.
 *
 * @throws RangeError when a column's path is empty or asks for text as number or the reverse
 */
export function createDecoder(columns: Columns, dictionary: Dictionary): ShapeDecoder {
  const plan = planColumns(columns);
  const known = knownEvent(plan);
  const memory = codeMemory();
  let event = 0;
  let userStarts: Int32Array = new Int32Array(0);
  return {
    get userStarts() {
      return userStarts;
    },
    decode(chunk) {
      const { bytes, ends, length } = chunk;
      const draft = startDraft(chunk, plan, dictionary);
      const reader: ShapeReader = {
        bytes,
        view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        draft,
        known,
        end: 0,
        event,
      };
      let start = 0;
      for (let record = 0; record < length; record += 1) {
        const end = ends[record]!;
        if (readShape(reader, start, end)) {
          acceptRow(draft, record, start, end);
        } else {
          clearRow(draft);
          decodeRecord(draft, record, start, end);
        }
        start = end;
      }
      event = reader.event;
      settleRows(draft, reader, memory);
      userStarts = draft.userStarts;
      return finishDraft(draft);
    },
  };
}
