/** The table `insight_tests`: the book of tests as it is stored, all that has changed in one insert. */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Store } from '../../contracts/store.ts';
import { bounded, type Reader } from '../statement.ts';
import { type BookState, TestBook, type TestRecord } from './testBook.ts';

/** Kinds and subjects that are remembered: the newest. */
const recordsMax = 19_000;

/** The state of the procedure stands in the row without kind and subject. */
export async function writeTests(
  store: Pick<Store, 'insert'>,
  { records, state }: { readonly records: readonly TestRecord[]; readonly state: BookState },
  version: number,
  at: number,
): Promise<void> {
  const writer = new ByteWriter(1 << 14);
  const row = (kind: string, subject: string, record: object) => {
    writer.text(kind);
    writer.text(subject);
    writer.int64(version);
    writer.int64(Math.floor(at));
    writer.text(JSON.stringify(record));
  };
  for (const record of records) row(record.kind, record.subject, record);
  row('', '', state);
  await store.insert('insight_tests', writer.take());
}

const newestRecords = bounded(`
  SELECT kind, argMax(t.record, t.version) AS newest, max(t.version) AS last
  FROM insight_tests AS t
  GROUP BY kind, subject
  ORDER BY kind = '' DESC, last DESC
  LIMIT ${recordsMax}`);

/** @returns the book, and the version of what was written last; 0: nothing was */
export async function readTests(
  reader: Reader,
): Promise<{ readonly book: TestBook; readonly version: number }> {
  const rows = await reader.query<{ kind: string; newest: string; last: number }>(newestRecords);
  const records: TestRecord[] = [];
  let state: BookState | undefined;
  let version = 0;
  for (const { kind, newest: record, last } of rows) {
    version = Math.max(version, last);
    if (kind === '') state = JSON.parse(record) as BookState;
    else records.push(JSON.parse(record) as TestRecord);
  }
  return { book: new TestBook(records, state), version };
}

/** Tests so far and when the last were made, by the clock; undefined: none were. */
export async function readTested(
  reader: Reader,
): Promise<{ readonly tests: number; readonly at: number } | undefined> {
  const rows = await reader.query<{ newest: string; at: number }>(
    bounded(`
    SELECT argMax(t.record, t.version) AS newest, toUnixTimestamp64Milli(max(t.changed_at)) AS at
    FROM insight_tests AS t
    WHERE kind = '' AND subject = ''
    GROUP BY kind, subject
    LIMIT 1`),
  );
  const [row] = rows;
  return row && { tests: (JSON.parse(row.newest) as BookState).tests, at: row.at };
}
