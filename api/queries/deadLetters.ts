/**
 * Reads dead letters: first where those lie that are asked for, which is quick however many there are, then the letters
 * themselves, a few megabytes at a time.
 */
import type { LetterPosition, StoredLetter } from '../../contracts/storedLetter.ts';
import { bounded, type Reader } from '../../control/statement.ts';
import type { LetterCursor } from '../letterCursor.ts';

/** Which letters; absent conditions hold for all. */
export interface LetterSelection {
  readonly pipeline?: string | undefined;
  readonly code?: string | undefined;
  readonly partition?: number | undefined;
  /** Reception, ms since 1970: from inclusive, to exclusive. */
  readonly from?: number | undefined;
  readonly to: number;
  /** At most 1,000 places in the log; pipelines may have a letter each there. */
  readonly positions?: readonly Pick<LetterPosition, 'partition' | 'offset'>[] | undefined;
  /** Whether a letter of the same place was sent in again. */
  readonly replayed?: boolean | undefined;
}

/** Where a letter lies, and what it takes to read it, in bytes. */
export interface FoundLetter extends LetterCursor {
  readonly size: number;
}

export interface LetterReader {
  /** When the newest letter was received, ms since 1970, by the clock of the log; 0 when there is none. */
  newestReception(signal?: AbortSignal): Promise<number>;
  countLetters(selection: LetterSelection, signal?: AbortSignal): Promise<number>;
  /** @param after only letters behind this one, in the same order */
  findLetters(
    selection: LetterSelection,
    page: LetterPage,
    signal?: AbortSignal,
  ): Promise<FoundLetter[]>;
  /** In the order given. @param found few enough for memory, see `letterBatches` */
  readLetters(found: readonly FoundLetter[], signal?: AbortSignal): Promise<StoredLetter[]>;
}

export interface LetterPage {
  readonly order: 'oldest first' | 'newest first';
  readonly limit: number;
  readonly after?: LetterCursor | undefined;
}

/** Read in one statement at most, unless a single letter is larger. */
const batchLettersMax = 500;
const batchBytesMax = 4 * 2 ** 20;

interface LetterRow extends LetterCursor {
  readonly code: string;
  readonly reason: string;
  readonly bytes: string;
  readonly key: string;
  readonly names: readonly string[];
  readonly contents: readonly string[];
}

interface ReplayRow {
  readonly partition: number;
  readonly offset: number;
  readonly replayedAt: number;
}

export async function newestReception(reader: Reader): Promise<number> {
  const sql = 'SELECT toUnixTimestamp64Milli(max(received_at)) AS at FROM dead_letters';
  const [row] = await reader.query<{ at: number }>(bounded(sql));
  return row?.at ?? 0;
}

export async function countLetters(reader: Reader, selection: LetterSelection): Promise<number> {
  const sql = `SELECT count() AS count FROM dead_letters FINAL WHERE ${conditionsOf(selection)}`;
  const [row] = await reader.query<{ count: number }>(bounded(sql), parametersOf(selection));
  return row?.count ?? 0;
}

export function findLetters(
  reader: Reader,
  selection: LetterSelection,
  { order, limit, after }: LetterPage,
): Promise<FoundLetter[]> {
  const newest = order === 'newest first';
  const direction = newest ? 'DESC' : 'ASC';
  const behind =
    after === undefined
      ? ''
      : `AND (toUnixTimestamp64Milli(received_at), partition, offset, pipeline) ${newest ? '<' : '>'}
          ({atTime:Int64}, {atPartition:UInt16}, {atOffset:UInt64}, {atPipeline:String})`;
  const sql = `
    SELECT pipeline, partition, offset, toUnixTimestamp64Milli(received_at) AS receivedAt,
      length(bytes) + length(key) + arraySum(arrayMap(header -> length(header.2), headers)) AS size
    FROM dead_letters FINAL
    WHERE ${conditionsOf(selection)} ${behind}
    ORDER BY received_at ${direction}, partition ${direction}, offset ${direction}, pipeline ${direction}
    LIMIT ${limit}`;
  return reader.query<FoundLetter>(bounded(sql), { ...parametersOf(selection), ...atOf(after) });
}

/** Cut so that each part can be read at once. */
export function* letterBatches(found: readonly FoundLetter[]): Generator<FoundLetter[]> {
  let batch: FoundLetter[] = [];
  let bytes = 0;
  for (const letter of found) {
    const isFull = batch.length === batchLettersMax || bytes + letter.size > batchBytesMax;
    if (isFull && batch.length > 0) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(letter);
    bytes += letter.size;
  }
  if (batch.length > 0) yield batch;
}

export async function readLetters(
  reader: Reader,
  found: readonly FoundLetter[],
): Promise<StoredLetter[]> {
  if (found.length === 0) return [];
  const places = placesOf(found);
  const [rows, replays] = await Promise.all([
    reader.query<LetterRow>(
      bounded(`
        SELECT pipeline, partition, offset, toUnixTimestamp64Milli(received_at) AS receivedAt, code,
          toValidUTF8(reason) AS reason, base64Encode(bytes) AS bytes, base64Encode(key) AS key,
          arrayMap(header -> toValidUTF8(header.1), headers) AS names,
          arrayMap(header -> base64Encode(header.2), headers) AS contents
        FROM dead_letters FINAL
        WHERE (partition, offset) IN (${places})`),
    ),
    reader.query<ReplayRow>(
      bounded(`
        SELECT partition, offset, toUnixTimestamp64Milli(max(replayed_at)) AS replayedAt
        FROM dead_letter_replays
        WHERE (partition, offset) IN (${places})
        GROUP BY partition, offset`),
    ),
  ]);
  const letters = new Map(rows.map((row) => [nameOf(row), row]));
  const replayed = new Map(
    replays.map((row) => [`${row.partition} ${row.offset}`, row.replayedAt]),
  );
  return found.flatMap((position) => {
    const row = letters.get(nameOf(position));
    const replayedAt = replayed.get(`${position.partition} ${position.offset}`) ?? null;
    return row === undefined ? [] : [letterOf(row, replayedAt)];
  });
}

function letterOf(
  { bytes, key, names, contents, ...row }: LetterRow,
  replayedAt: number | null,
): StoredLetter {
  return {
    ...row,
    bytes: Buffer.from(bytes, 'base64'),
    key: key === '' ? null : Buffer.from(key, 'base64'),
    headers: names.map((name, i) => [name, Buffer.from(contents[i]!, 'base64')]),
    replayedAt,
  };
}

function nameOf({ pipeline, partition, offset }: LetterPosition): string {
  return `${partition} ${offset} ${pipeline}`;
}

/** Numbers alone: they may stand in the statement. As parameters, a thousand would make its address too long. */
function placesOf(positions: readonly Pick<LetterPosition, 'partition' | 'offset'>[]): string {
  return positions.map(({ partition, offset }) => `(${+partition}, ${+offset})`).join(', ');
}

function conditionsOf(selection: LetterSelection): string {
  const { pipeline, code, partition, from, positions, replayed } = selection;
  const conditions = ["received_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')"];
  if (pipeline !== undefined) conditions.push('pipeline = {pipeline:String}');
  if (code !== undefined) conditions.push('code = {code:String}');
  if (partition !== undefined) conditions.push('partition = {partition:UInt16}');
  if (from !== undefined) {
    conditions.push("received_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')");
  }
  if (positions !== undefined) conditions.push(`(partition, offset) IN (${placesOf(positions)})`);
  if (replayed !== undefined) {
    const membership = replayed ? 'IN' : 'NOT IN';
    conditions.push(
      `(partition, offset) ${membership} (SELECT partition, offset FROM dead_letter_replays)`,
    );
  }
  return conditions.join(' AND ');
}

function parametersOf(selection: LetterSelection): Record<string, unknown> {
  const { pipeline, code, partition, from, to } = selection;
  const given = Object.entries({ pipeline, code, partition, from, to });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function atOf(after: LetterCursor | undefined): Record<string, unknown> {
  if (after === undefined) return {};
  const { receivedAt, partition, offset, pipeline } = after;
  return { atTime: receivedAt, atPartition: partition, atOffset: offset, atPipeline: pipeline };
}
