/** A campus as decoded batches of one partition, each event once and with its watermark: what operators of a pipeline get. */
import { type Observable, Subject, share } from 'rxjs';
import type { Batch, Columns } from '../../contracts/batch.ts';
import { ownTypeNames } from '../../contracts/ownTypes.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import { dedupe } from '../../operators/dedupe.ts';
import { createDedupeTable } from '../../operators/state/dedupeTable.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import { type EventClock, watermark } from '../../operators/watermark.ts';
import type { Campus } from '../../sources/campus/campus.ts';
import { createDecoder } from '../../sources/decode/shapeDecoder.ts';

const blockLength = 2_000;
const minuteMs = 60_000;

export interface CampusRun {
  readonly campus: Campus;
  /** Arrival time at which it ends, ms since 1970. */
  readonly until: number;
  readonly columns: Columns;
  /** Whether a student's events are in this partition; all are by default. */
  readonly holds?: (student: number) => boolean;
  /** 1 by default. */
  readonly partitions?: number;
}

export interface CampusEvents {
  /** Hot: subscribe before `play`. */
  readonly events: Observable<Batch>;
  /** Nothing is stored. */
  readonly context: PipelineContext;
  /** Sends everything. */
  play(): void;
}

export function campusEvents(run: CampusRun): CampusEvents {
  const { campus, until, columns, holds, partitions = 1 } = run;
  const dictionary = new InternDictionary();
  const tables = createStateTables(dictionary);
  const decoder = createDecoder(columns, dictionary);
  const source = new Subject<Batch>();
  const ids = createDedupeTable(tables, 'ids', { horizonMs: 3_600_000, idsMax: 2_000_000 });
  const clock = tables.objects<EventClock>('clock');
  let offset = 0;
  const take = (bytes: Uint8Array, ends: Int32Array, receivedAt: number) => {
    const { length } = ends;
    const chunk = { partition: 0, firstOffset: offset, length, receivedAt, bytes, ends };
    source.next(decoder.decode(chunk));
    offset += length;
  };
  return {
    events: source.pipe(
      dedupe({ table: ids, timeless: ownTypeNames }),
      watermark({ latenessMs: 600_000, timeless: ownTypeNames, table: clock }),
      share(),
    ),
    context: { partition: 0, partitions, tables, publish: () => {}, countDuplicates: () => {} },
    play() {
      if (holds === undefined) takeBlocks(campus, until, take);
      else takeRecords(campus, until, holds, take);
      source.complete();
    },
  };
}

type Take = (bytes: Uint8Array, ends: Int32Array, receivedAt: number) => void;

function takeBlocks(campus: Campus, until: number, take: Take): void {
  const stream = campus.open();
  // Not longer than a minute each, so that what comes of a batch has a time.
  for (let to = campus.start + minuteMs; to < until + minuteMs; to += minuteMs) {
    for (;;) {
      const { length, bytes, ends, arrivalTime } = stream.advance(Math.min(to, until), blockLength);
      if (length === 0) break;
      take(bytes, ends, arrivalTime);
    }
  }
}

function takeRecords(
  campus: Campus,
  until: number,
  holds: (student: number) => boolean,
  take: Take,
): void {
  let parts: Uint8Array[] = [];
  let ends: number[] = [];
  let size = 0;
  let receivedAt = campus.start;
  const flush = () => {
    if (ends.length > 0) take(Buffer.concat(parts), Int32Array.from(ends), receivedAt);
    [parts, ends, size] = [[], [], 0];
  };
  for (const record of campus.events(campus.start, until)) {
    if (!holds(record.student)) continue;
    parts.push(record.bytes);
    size += record.bytes.length;
    ends.push(size);
    receivedAt = record.arrivalTime;
    if (ends.length === blockLength) flush();
  }
  flush();
}
