/**
 * The way in for events by HTTP, file and command line: splits a body, judges each event as the data plane will, and sorts
 * them by partition for the event log.
 *
 * Refused events go into the log too, each with its refusal in front, so that the data plane refuses them again for the
 * same reason and writes them to the dead letters exactly once.
 */
import { codesOf } from '../../contracts/batch.ts';
import { type Bytes, bytesOf } from '../../contracts/bytes.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import { eventBytesMax } from '../../contracts/event.ts';
import { partitionOf } from '../../contracts/hash.ts';
import { type Pseudonyms, pseudonymLength } from '../../contracts/pseudonyms.ts';
import { type Problem, problem as problemOf } from '../decode/problem.ts';
import { markRefused, readRefused } from '../decode/refusedRecord.ts';
import { createDecoder } from '../decode/shapeDecoder.ts';
import { type NamedRecord, renameRefused, writeRenamed } from '../pseudonyms/renamedRecord.ts';
import { adaptRecords, type Records } from './adaptRecords.ts';
import { judgeEvent } from './judgeEvent.ts';
import { createPassingDictionary } from './passingDictionary.ts';
import {
  appendRecord,
  closeSlices,
  endRecord,
  type OpenSlice,
  openSlice,
  type Slice,
} from './slices.ts';
import { type SplitBody, splitBody } from './splitBody.ts';

export interface Refused {
  /** Position of the event in the body, from 0. */
  readonly index: number;
  readonly code: ErrorCode;
  readonly reason: string;
}

export interface Admission {
  readonly accepted: number;
  readonly refusals: readonly Refused[];
  /** What to append to the log: all events, accepted and refused; those of one user in the order of the body. */
  readonly slices: readonly Slice[];
}

export interface Door {
  /**
   * @param receivedAt ms since 1970
   * @throws EngineError BODY_INVALID when the body cannot be split into events, BODY_TOO_LARGE when these are too many:
   * nothing of it is taken
   */
  admit(body: Uint8Array, contentType: string, receivedAt: number): Admission;
}

export interface DoorOptions {
  readonly partitions: number;
  /** Partition of a user, as the log has it; by default that of the embedded log. */
  readonly choosePartition?: typeof partitionOf;
  /** Give each record's user with it; off by default. */
  readonly withKeys?: boolean;
  /** Under which users are known inside: written in the place of their ids. Absent: they are known by these. */
  readonly pseudonyms?: Pseudonyms;
  /** By what the partition is chosen where there are pseudonyms: `id` where others write into the log who know nothing else. */
  readonly partitionBy?: 'pseudonym' | 'id';
}

/** @throws RangeError when `partitions` is not a positive integer */
export function createDoor(options: DoorOptions): Door {
  const { partitions, choosePartition = partitionOf, withKeys = false, pseudonyms } = options;
  if (!Number.isInteger(partitions) || partitions < 1) {
    throw new RangeError(`partitions: expected an integer > 0, got ${partitions}`);
  }
  const dictionary = createPassingDictionary();
  const decoder = createDecoder({ strings: [], numbers: [] }, dictionary);
  const renaming = pseudonyms && createRenaming(options, pseudonyms);

  return {
    admit(body, contentType, receivedAt) {
      const split = splitBody(body, contentType);
      const records = adaptRecords(split, receivedAt, pseudonyms);
      const chunk = { partition: 0, firstOffset: 0, receivedAt, ...records };
      const batch = decoder.decode(chunk);
      const { offsets, length } = batch;
      const { userStarts } = decoder;
      const users = codesOf(batch, 'user');
      const types = codesOf(batch, 'type');
      const open = new Map<number, OpenSlice>();
      const refusals: Refused[] = [];
      let row = 0;
      let refused = 0;
      for (let index = 0; index < records.length; index += 1) {
        let problem: Problem | undefined;
        let isKept = false;
        if (row < length && offsets[row] === index) {
          const [start, end] = rangeOf(records, index);
          const user = users[row]!;
          problem = judgeEvent(dictionary, types[row]!, records, start, end);
          if (renaming !== undefined) {
            const { source, from, to } = dictionary.place(user);
            const userStart = userStarts[row]!;
            const named = { bytes: records.bytes, start, end, userStart, userLength: to - from };
            problem = renaming.keep(open, named, source, from, problem);
            isKept = true;
          } else if (problem === undefined) {
            const partition = dictionary.partition(user, partitions, choosePartition);
            const key = withKeys ? dictionary.bytes(user) : undefined;
            appendRecord(open, partition, records.bytes, start, end, key);
          }
          row += 1;
        } else {
          problem = batch.refusals[refused]!;
          refused += 1;
        }
        if (problem === undefined) continue;
        refusals.push({ index, code: problem.code, reason: problem.reason });
        if (isKept || renaming?.keepRefused(open, records, index, problem)) continue;
        const record = refusedRecord(split, records, index, problem);
        const partition = choosePartition(bytesOf(record), 0, record.length, partitions);
        appendRecord(open, partition, record, 0, record.length, withKeys ? null : undefined);
      }
      dictionary.clear();
      return {
        accepted: records.length - refusals.length,
        refusals,
        slices: closeSlices(open),
      };
    },
  };
}

/** How records of known users come into the log under their pseudonyms. */
function createRenaming(options: DoorOptions, pseudonyms: Pseudonyms) {
  const { partitions, choosePartition = partitionOf } = options;
  const { withKeys = false, partitionBy = 'pseudonym' } = options;
  const { names } = pseudonyms;

  /** Where the user's records are. @param at where the pseudonym stands among the names */
  function sliceOf(
    open: Map<number, OpenSlice>,
    id: Bytes,
    start: number,
    end: number,
    at: number,
  ): OpenSlice {
    const partition =
      partitionBy === 'id'
        ? choosePartition(id, start, end, partitions)
        : choosePartition(names, at, at + pseudonymLength, partitions);
    return openSlice(open, partition);
  }

  function keyOf(at: number): Uint8Array | undefined {
    return withKeys ? names.bytes.slice(at, at + pseudonymLength) : undefined;
  }

  return {
    /** @returns why it is kept as a refused one */
    keep(
      open: Map<number, OpenSlice>,
      named: NamedRecord,
      id: Bytes,
      from: number,
      refusal: Problem | undefined,
    ): Problem | undefined {
      const to = from + named.userLength;
      const at = pseudonyms.find(id, from, to);
      const slice = sliceOf(open, id, from, to, at);
      const isLarge = named.end - named.start + 2 * pseudonymLength > eventBytesMax;
      let problem = refusal;
      if (problem === undefined && !isLarge) {
        writeRenamed(slice.writer, named, pseudonyms, at);
      } else {
        const renamed = new ByteWriter(named.end - named.start + pseudonymLength);
        writeRenamed(renamed, named, pseudonyms, at);
        const record = renamed.take();
        problem ??= tooLarge(record);
        const kept = problem === undefined ? record : markRefused(problem, record);
        slice.writer.raw(kept, 0, kept.length);
      }
      endRecord(slice, keyOf(at));
      return problem;
    },

    /** @returns false when the record does not say whose it is */
    keepRefused(
      open: Map<number, OpenSlice>,
      records: Records,
      index: number,
      problem: Problem,
    ): boolean {
      const [start, end] = rangeOf(records, index);
      if (readRefused(records.bytes, start, end) !== undefined) return false;
      const read = renameRefused(records.bytes.subarray(start, end), pseudonyms);
      if (read === undefined) return false;
      const { id, at, renamed } = read;
      const record = markRefused(problem, renamed);
      const slice = sliceOf(open, bytesOf(id), 0, id.length, at);
      slice.writer.raw(record, 0, record.length);
      endRecord(slice, keyOf(at));
      return true;
    },
  };
}

/** The pseudonym may be longer than the id. */
function tooLarge({ length }: Uint8Array): Problem | undefined {
  if (length <= eventBytesMax) return undefined;
  const reason = `event: expected at most ${eventBytesMax} bytes with the pseudonym of the user, got ${length}`;
  return problemOf('EVENT_TOO_LARGE', reason);
}

function rangeOf({ ends }: Records, index: number): [start: number, end: number] {
  return [index === 0 ? 0 : ends[index - 1]!, ends[index]!];
}

/** The adapter's refusal as it stands, else the event as it came with the decoder's refusal in front. */
function refusedRecord(
  split: SplitBody,
  records: Records,
  index: number,
  refusal: Problem,
): Uint8Array {
  const [start, end] = rangeOf(records, index);
  const isMarked =
    split.dialect !== 'event' && readRefused(records.bytes, start, end) !== undefined;
  if (isMarked) return records.bytes.subarray(start, end);
  const first = split.starts[index]!;
  const last = Math.min(split.ends[index]!, first + eventBytesMax);
  return markRefused(refusal, split.bytes.subarray(first, last));
}
