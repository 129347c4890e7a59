/**
 * The way in for events by HTTP, file and command line: splits a body, judges each event as the data plane will, and sorts
 * them by partition for the event log.
 *
 * Refused events go into the log too, each with its refusal in front, so that the data plane refuses them again for the
 * same reason and writes them to the dead letters exactly once.
 */
import { codesOf } from '../../contracts/batch.ts';
import { bytesOf } from '../../contracts/bytes.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import { eventBytesMax } from '../../contracts/event.ts';
import { partitionOf } from '../../contracts/hash.ts';
import type { Problem } from '../decode/problem.ts';
import { markRefused, readRefused } from '../decode/refusedRecord.ts';
import { createDecoder } from '../decode/shapeDecoder.ts';
import { adaptRecords, type Records } from './adaptRecords.ts';
import { judgeEvent } from './judgeEvent.ts';
import { createPassingDictionary } from './passingDictionary.ts';
import { appendRecord, closeSlices, type OpenSlice, type Slice } from './slices.ts';
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
}

/** @throws RangeError when `partitions` is not a positive integer */
export function createDoor(options: DoorOptions): Door {
  const { partitions, choosePartition = partitionOf, withKeys = false } = options;
  if (!Number.isInteger(partitions) || partitions < 1) {
    throw new RangeError(`partitions: expected an integer > 0, got ${partitions}`);
  }
  const dictionary = createPassingDictionary();
  const decoder = createDecoder({ strings: [], numbers: [] }, dictionary);

  return {
    admit(body, contentType, receivedAt) {
      const split = splitBody(body, contentType);
      const records = adaptRecords(split, receivedAt);
      const chunk = { partition: 0, firstOffset: 0, receivedAt, ...records };
      const batch = decoder.decode(chunk);
      const { offsets, length } = batch;
      const users = codesOf(batch, 'user');
      const types = codesOf(batch, 'type');
      const open = new Map<number, OpenSlice>();
      const refusals: Refused[] = [];
      let row = 0;
      let refused = 0;
      for (let index = 0; index < records.length; index += 1) {
        let problem: Problem | undefined;
        if (row < length && offsets[row] === index) {
          const [start, end] = rangeOf(records, index);
          problem = judgeEvent(dictionary, types[row]!, records, start, end);
          if (problem === undefined) {
            const partition = dictionary.partition(users[row]!, partitions, choosePartition);
            const key = withKeys ? dictionary.bytes(users[row]!) : undefined;
            appendRecord(open, partition, records.bytes, start, end, key);
          }
          row += 1;
        } else {
          problem = batch.refusals[refused]!;
          refused += 1;
        }
        if (problem === undefined) continue;
        refusals.push({ index, code: problem.code, reason: problem.reason });
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
