/** A batch while a decoder fills it: one row per accepted event, written behind the rows before. */
import type { Batch, Refusal, TextColumn } from '../../contracts/batch.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Chunk } from '../../contracts/chunk.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import type { ColumnPlan } from './columnPlan.ts';

/** Positions of one free string per row; those of decoded escapes lie behind the chunk's bytes, in `spill`. */
export interface TextDraft {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

export interface Draft {
  readonly chunk: Chunk;
  readonly plan: ColumnPlan;
  readonly dictionary: Dictionary;
  /** Rows written. */
  length: number;
  readonly offsets: Float64Array;
  /** In the order of `plan.strings`. */
  readonly codes: readonly Int32Array[];
  /** Bytes of a string that is still to be interned and whose start stands in place of its code; 0 for the others. */
  readonly lengths: readonly Int32Array[];
  /** In the order of `plan.numbers`. */
  readonly numbers: readonly Float64Array[];
  readonly id: TextDraft;
  readonly session: TextDraft;
  readonly decision: TextDraft;
  /** The three above, in that order. */
  readonly texts: readonly TextDraft[];
  readonly raw: TextDraft;
  readonly idLow: Uint32Array;
  readonly idHigh: Uint32Array;
  /** Where the user stands among the chunk's bytes, plainly and once; −1 otherwise. */
  readonly userStarts: Int32Array;
  readonly spill: ByteWriter;
  readonly refusals: Refusal[];
}

/**
 * Every row begins as absent: codes −1, numbers NaN, texts −1. All columns lie in one buffer, because many small ones cost
 * more to allocate than to fill.
 */
export function startDraft(chunk: Chunk, plan: ColumnPlan, dictionary: Dictionary): Draft {
  const size = chunk.length;
  const wide = plan.numbers.length + 1;
  const narrow = 2 * plan.strings.length + 11;
  const buffer = new ArrayBuffer(size * (8 * wide + 4 * narrow));
  let used = 0;
  const take = (width: number): number => {
    used += width * size;
    return used - width * size;
  };
  const float64 = () => new Float64Array(buffer, take(8), size);
  const int32 = () => new Int32Array(buffer, take(4), size);
  const uint32 = () => new Uint32Array(buffer, take(4), size);
  const text = () => ({ starts: int32().fill(-1), ends: int32() });
  const offsets = float64();
  const numbers = plan.numbers.map(() => float64().fill(NaN));
  const [id, session, decision] = [text(), text(), text()] as const;
  return {
    chunk,
    plan,
    dictionary,
    length: 0,
    offsets,
    codes: plan.strings.map(() => int32().fill(-1)),
    lengths: plan.strings.map(int32),
    numbers,
    id,
    session,
    decision,
    texts: [id, session, decision],
    raw: text(),
    idLow: uint32(),
    idHigh: uint32(),
    userStarts: int32().fill(-1),
    spill: new ByteWriter(0),
    refusals: [],
  };
}

/** Makes the row being written absent again, after an attempt that was given up. */
export function clearRow(draft: Draft): void {
  const row = draft.length;
  for (const codes of draft.codes) codes[row] = -1;
  for (const lengths of draft.lengths) lengths[row] = 0;
  for (const numbers of draft.numbers) numbers[row] = NaN;
  for (const { starts } of draft.texts) starts[row] = -1;
}

/** The row is complete: `record` counts within the chunk. */
export function acceptRow(draft: Draft, record: number, start: number, end: number): void {
  const row = draft.length;
  draft.offsets[row] = draft.chunk.firstOffset + record;
  draft.raw.starts[row] = start;
  draft.raw.ends[row] = end;
  draft.length = row + 1;
}

export function finishDraft(draft: Draft): Batch {
  const { chunk, plan, length } = draft;
  const bytes = withSpill(chunk.bytes, draft.spill);
  const text = ({ starts, ends }: TextDraft, of: Uint8Array): TextColumn => ({
    bytes: of,
    starts: starts.subarray(0, length),
    ends: ends.subarray(0, length),
  });
  return {
    partition: chunk.partition,
    firstOffset: chunk.firstOffset,
    endOffset: chunk.firstOffset + chunk.length,
    receivedAt: chunk.receivedAt,
    length,
    offsets: draft.offsets.subarray(0, length),
    dictionary: draft.dictionary,
    numbers: new Map(plan.numbers.map((name, i) => [name, draft.numbers[i]!.subarray(0, length)])),
    codes: new Map(plan.strings.map((name, i) => [name, draft.codes[i]!.subarray(0, length)])),
    texts: new Map([
      ['id', text(draft.id, bytes)],
      ['session', text(draft.session, bytes)],
      ['decision', text(draft.decision, bytes)],
    ]),
    idLow: draft.idLow.subarray(0, length),
    idHigh: draft.idHigh.subarray(0, length),
    raw: text(draft.raw, chunk.bytes),
    refusals: draft.refusals,
    ...(chunk.origins === undefined ? {} : { origins: chunk.origins }),
  };
}

function withSpill(bytes: Uint8Array, spill: ByteWriter): Uint8Array {
  if (spill.length === 0) return bytes;
  const joined = new Uint8Array(bytes.length + spill.length);
  joined.set(bytes);
  joined.set(spill.bytes.subarray(0, spill.length), bytes.length);
  return joined;
}
