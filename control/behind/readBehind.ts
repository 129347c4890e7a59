/**
 * Reads the events behind a number: where they lie first, the newest first, then the events themselves from their places in the
 * archive. A long range is looked through from its end, so that a page costs what it shows, however much lies before.
 */
import type { BehindAnswer, BehindEvent, BehindQuestion } from '../../contracts/eventsBehind.ts';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { Policy } from '../../contracts/policy.ts';
import { bounded, type Reader } from '../statement.ts';
import { columnEvents } from './columnEvents.ts';
import { experimentEvents } from './experimentEvents.ts';
import { metricEvents } from './metricEvents.ts';
import { modelEvents } from './modelEvents.ts';
import { policyEvents } from './policyEvents.ts';
import type { ArchivedEvent, BehindSource, PlaceRow } from './source.ts';

/** Orders events: by time, then by partition and offset. */
export interface BehindPlace {
  readonly at: number;
  readonly partition: number;
  readonly offset: number;
}

export interface BehindPage {
  readonly limit: number;
  /** Only behind this one. */
  readonly after?: BehindPlace | undefined;
}

/** What definitions there are. */
export interface KnownNumbers {
  experiment(key: string): Pick<ExperimentRecord, 'experiment' | 'metrics'> | undefined;
  policy(key: string): Pick<Policy, 'stages'> | undefined;
}

export type BehindPart = Omit<BehindAnswer, 'next'> & {
  /** Where the next page goes on; undefined: there is none. */
  readonly last: BehindPlace | undefined;
};

/** Where places are many and few of them count, a page ends after so many statements, and says where it goes on. */
const roundsMax = 5;

/** @returns undefined when there is no such number */
export async function readBehind(
  reader: Reader,
  question: BehindQuestion,
  { limit, after }: BehindPage,
  known: KnownNumbers,
  now: number,
): Promise<BehindPart | undefined> {
  const source = await sourceOf(reader, question, known, now);
  if (source === undefined) return undefined;
  const [page, sums] = await Promise.all([
    readPage(reader, source, limit, after),
    after === undefined ? readSums(reader, source) : noSums,
  ]);
  const { pipeline, from, to } = source;
  return { pipeline, from, to, ...sums, ...page };
}

function sourceOf(
  reader: Reader,
  question: BehindQuestion,
  known: KnownNumbers,
  now: number,
): Promise<BehindSource | undefined> {
  const none = Promise.resolve(undefined);
  switch (question.of) {
    case 'metric':
      return metricEvents(reader, question);
    case 'column':
      return columnEvents(reader, question);
    case 'experiment': {
      const record = known.experiment(question.key);
      return record === undefined ? none : experimentEvents(reader, question, record, now);
    }
    case 'policy': {
      const policy = known.policy(question.key);
      return policy === undefined ? none : policyEvents(reader, question, policy, now);
    }
    case 'model':
      return modelEvents(reader, question);
  }
}

const noSums = { counted: null, kept: null, late: null };

/** More events, or of a part of the archive that is longer, are not counted: it would take longer than a reader waits. */
const countedMax = 200_000;
const countedRangeMs = 604_800_000;

async function readSums(reader: Reader, { counted, places, late, ...source }: BehindSource) {
  const { isExact, isCut, parameters, from, to } = source;
  const told = counted === undefined ? null : await counted(reader);
  const isShort = !isCut || to - from <= countedRangeMs;
  if (!isExact || !isShort || (told ?? 0) > countedMax) return { ...noSums, counted: told };
  const count = async (sql: string) => {
    const [row] = await reader.query<{ places: number }>(
      bounded(`SELECT toFloat64(uniqExact(partition, offset)) AS places FROM (${sql})`),
      parameters,
    );
    return row?.places ?? 0;
  };
  const [kept, tooLate] = await Promise.all([
    count(places),
    late === undefined ? null : count(late),
  ]);
  return { counted: told, kept, late: tooLate };
}

async function readPage(
  reader: Reader,
  source: BehindSource,
  limit: number,
  after: BehindPlace | undefined,
): Promise<Pick<BehindPart, 'events' | 'last'>> {
  const events: BehindEvent[] = [];
  let last = after;
  for (let round = 0; round < roundsMax; round += 1) {
    const rows = await readPlaces(reader, source, limit + 1, last);
    const archived = await readArchive(reader, source.pipeline, rows.slice(0, limit));
    for (const row of rows.slice(0, limit)) {
      last = { at: row.at, partition: row.partition, offset: row.offset };
      const event = archived.get(`${row.partition} ${row.offset}`);
      const counted = event && source.countedOf(row, event);
      if (event === undefined || counted === undefined) continue;
      const { id: _, item, ...rest } = event;
      events.push({ ...rest, item: item === '' ? null : item, counted });
      if (events.length === limit) break;
    }
    const isWhole = rows.length <= limit;
    const isAtEnd = isWhole && (rows.length === 0 || isSame(rows.at(-1)!, last));
    if (isAtEnd) return { events, last: undefined };
    if (events.length === limit) break;
  }
  return { events, last };
}

function isSame(row: PlaceRow, place: BehindPlace | undefined): boolean {
  return row.partition === place?.partition && row.offset === place.offset;
}

/** The first part of a range that is looked through, from its end, and how much longer the next is. */
const firstPartMs = 3_600_000;
const nextPart = 6;

/** The newest places of the range, or those behind one. */
async function readPlaces(
  reader: Reader,
  source: BehindSource,
  limit: number,
  after: BehindPlace | undefined,
): Promise<PlaceRow[]> {
  const rows: PlaceRow[] = [];
  let to = Math.min(source.to, after === undefined ? source.to : after.at + 1);
  for (let partMs = source.isCut ? firstPartMs : Number.POSITIVE_INFINITY; ; partMs *= nextPart) {
    const from = Math.max(source.from, to - partMs);
    rows.push(...(await readPart(reader, source, { from, to }, limit - rows.length, after)));
    if (rows.length === limit || from === source.from) return rows;
    to = from;
  }
}

/** `LIMIT BY`: a place that was written again after a crash has the same row twice until parts are merged. */
function readPart(
  reader: Reader,
  { places, facts, parameters }: BehindSource,
  range: Pick<BehindSource, 'from' | 'to'>,
  limit: number,
  after: BehindPlace | undefined,
): Promise<PlaceRow[]> {
  const behind =
    after === undefined
      ? ''
      : 'WHERE (at, partition, offset) < ({afterAt:Int64}, {afterPartition:UInt16}, {afterOffset:UInt64})';
  const names = ['partition', 'offset', 'at', ...facts].join(', ');
  const sql = `SELECT ${names} FROM (${places}) ${behind}
    ORDER BY at DESC, partition DESC, offset DESC LIMIT 1 BY partition, offset LIMIT ${limit}`;
  return reader.query<PlaceRow>(bounded(sql), { ...parameters, ...range, ...parametersOf(after) });
}

function parametersOf(after: BehindPlace | undefined): Record<string, unknown> {
  if (after === undefined) return {};
  return { afterAt: after.at, afterPartition: after.partition, afterOffset: after.offset };
}

/** Places are numbers: they may stand in the statement. */
async function readArchive(
  reader: Reader,
  pipeline: string,
  rows: readonly PlaceRow[],
): Promise<Map<string, ArchivedEvent>> {
  if (rows.length === 0) return new Map();
  const places = rows.map(({ partition, offset }) => `(${+partition}, ${+offset})`).join(', ');
  const events = await reader.query<ArchivedEvent>(
    bounded(`
      SELECT partition, offset, toUnixTimestamp64Milli(time) AS time, toUnixTimestamp64Milli(received_at) AS receivedAt,
        type, user, item, value, id, toValidUTF8(raw) AS raw
      FROM events
      WHERE pipeline = {pipeline:String} AND (partition, offset) IN (${places})
      LIMIT 1 BY partition, offset`),
    { pipeline },
  );
  return new Map(events.map((event) => [`${event.partition} ${event.offset}`, event]));
}
