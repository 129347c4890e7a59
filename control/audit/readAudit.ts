/** Reads the audit log: a page of it with the newest first, or all of it in the order in which it is checked. */
import type {
  AuditAnswer,
  AuditExportQuery,
  AuditQuery,
  StoredAuditEntry,
} from '../../contracts/auditApi.ts';
import { bounded, type Reader } from '../statement.ts';
import { type EntryRow, entryColumns, entryOf } from './auditRows.ts';

type Conditions = Omit<AuditExportQuery, 'format'> & {
  /** The subject by another name. */
  readonly pseudonym?: string;
};

function conditionsOf({ from, to, kind, who, subject, pseudonym }: Conditions): string[] {
  return [
    ...(from === undefined ? [] : ['at >= fromUnixTimestamp64Milli({from:Int64})']),
    ...(to === undefined ? [] : ['at < fromUnixTimestamp64Milli({to:Int64})']),
    ...(kind === undefined ? [] : ['kind = {kind:String}']),
    ...(who === undefined ? [] : ['principal_name = {who:String}']),
    ...(subject === undefined ? [] : [subjectCondition(pseudonym)]),
  ];
}

function subjectCondition(pseudonym: string | undefined): string {
  return pseudonym === undefined
    ? 'subject = {subject:String}'
    : 'subject IN ({subject:String}, {pseudonym:String})';
}

function whereOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}

/** Where a page ends: time, chain and number of its last entry. */
const cursor = /^(\d{1,15})\.([\w-]{1,64})\.(\d{1,15})$/;

/** Whether a text can be `after` of a page. */
export function isAuditCursor(text: string): boolean {
  return cursor.test(text);
}

/**
 * @throws EngineError SINK_UNAVAILABLE
 * @throws RangeError when `after` is no cursor
 */
export async function readAudit(
  reader: Reader,
  query: AuditQuery & Pick<Conditions, 'pseudonym'>,
): Promise<AuditAnswer> {
  const { limit, after, ...given } = query;
  const conditions = conditionsOf(given);
  const [, at, chain, number] = after === undefined ? [] : (cursor.exec(after) ?? []);
  if (after !== undefined) {
    if (number === undefined) throw new RangeError(`after: expected a cursor, got ${after}`);
    conditions.push(
      `(at, chain, number) < (fromUnixTimestamp64Milli({at:Int64}), {chain:String}, {number:UInt64})`,
    );
  }
  const rows = await reader.query<EntryRow>(
    bounded(`SELECT ${entryColumns} FROM audit ${whereOf(conditions)}
     ORDER BY at DESC, chain DESC, number DESC, hash LIMIT ${limit}`),
    { ...given, at: Number(at), chain, number: Number(number) },
  );
  const last = rows.at(-1);
  const isAll = rows.length < limit || last === undefined;
  return {
    entries: distinct(rows).map(entryOf),
    next: isAll ? null : `${last.at_ms}.${last.chain}.${last.number}`,
  };
}

/** An entry that was sent twice because it was in doubt is one. */
function distinct(rows: readonly EntryRow[]): EntryRow[] {
  return rows.filter(({ hash }, i) => hash !== rows[i - 1]?.hash);
}

/** Rows of one statement of a whole reading. */
const rowsAtOnce = 2_000;

/**
 * Every entry that meets the conditions: first entries of all chains by themselves, then the others, by chain and number. In
 * statements of some thousand entries, so that neither the engine nor who reads needs memory for all.
 *
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function* readWholeAudit(
  reader: Reader,
  given: Conditions = {},
  signal?: AbortSignal,
): AsyncGenerator<StoredAuditEntry> {
  const firsts = new Set<string>();
  for (const part of [['number = 0'], []]) {
    let after: EntryRow | undefined;
    let isWithin = false;
    for (;;) {
      const { chain = '', number = 0, hash = '' } = after ?? {};
      const place = after === undefined ? [] : isWithin ? withinChain : ['chain > {chain:String}'];
      const conditions = [...part, ...conditionsOf(given), ...place];
      const rows: EntryRow[] = await reader.query<EntryRow>(
        bounded(`SELECT ${entryColumns} FROM audit ${whereOf(conditions)}
         ORDER BY chain, number, hash LIMIT ${rowsAtOnce}`),
        { ...given, chain, number, hash },
        signal,
      );
      for (const row of distinct(rows)) {
        // A chain that began meanwhile is whole in the second part.
        if (row.number === 0 && firsts.has(row.hash)) continue;
        if (row.number === 0) firsts.add(row.hash);
        yield entryOf(row);
      }
      const isFull = rows.length === rowsAtOnce;
      if (!isFull && !isWithin) break;
      after = rows.at(-1) ?? after;
      isWithin = isFull;
    }
  }
}

/** What comes behind an entry in its chain: in the form in which the index serves it. */
const withinChain = [
  'chain = {chain:String}',
  'number >= {number:UInt64}',
  '(number > {number:UInt64} OR hash > {hash:String})',
];
