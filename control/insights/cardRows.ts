/** The table `insights`: a row a revision. The newest is how the card is; of one revision that of a person counts. */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Card, CardAnswer } from '../../contracts/insight.ts';
import type { Store } from '../../contracts/store.ts';
import { bounded, type Reader } from '../statement.ts';
import { engineActor } from '../watching/alertRows.ts';
import type { Votes } from './usefulness.ts';

export interface CardRow {
  readonly card: Card;
  readonly actor: string;
  /** What happened, a sentence; '': nothing that people are told. */
  readonly sentence: string;
  readonly note: string;
}

/** What orders the rows of a card, in SQL. */
const place = `tuple(revision, actor != '${engineActor}', actor)`;

/** Written again, a row takes its own place. One insert is one block: all of them or none. */
export async function writeCards(
  store: Pick<Store, 'insert'>,
  rows: readonly CardRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const writer = new ByteWriter(1 << 14);
  for (const { card, actor, sentence, note } of rows) {
    writer.text(card.id);
    writer.uint32(card.revision);
    writer.text(actor);
    writer.text(subjectOf(card));
    writer.text(card.finding.area);
    writer.text(card.finding.kind);
    writer.text(card.state);
    writer.text(card.accepted?.kind ?? '');
    writer.text(card.outcome?.verdict ?? '');
    writer.uint32(votesOf(card, 'useful'));
    writer.uint32(votesOf(card, 'not useful'));
    writer.int64(Math.floor(card.madeAt));
    writer.int64(Math.floor(card.changedAt));
    writer.text(sentence);
    writer.text(note);
    writer.text(JSON.stringify(card));
  }
  await store.insert('insights', writer.take());
}

/** @example subjectOf(card); // "model:answer" */
export function subjectOf({ subject: { kind, key } }: Pick<Card, 'subject'>): string {
  return `${kind}:${key}`;
}

function votesOf({ answers }: Card, vote: CardAnswer): number {
  return answers.filter(({ answer }) => answer === vote).length;
}

/** Conditions on the newest row of a card, in SQL: of `id`, `subject`, `area`, `state`, `verdict`, `changed_at`. */
export interface CardConditions {
  readonly having?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The newest first; by default 1,000. */
  readonly limit?: number;
}

/** Those that changed last first. */
export async function readCards(
  reader: Reader,
  { having = 'true', parameters = {}, limit = 1_000 }: CardConditions = {},
): Promise<Card[]> {
  const rows = await reader.query<{ newest: string }>(
    bounded(`
    SELECT argMax(c.card, ${place}) AS newest, max(c.changed_at) AS changed
    FROM insights AS c
    WHERE id IN (
      SELECT id FROM (
        SELECT id, any(d.subject) AS subject, argMax(d.area, ${place}) AS area,
          argMax(d.state, ${place}) AS state, argMax(d.verdict, ${place}) AS verdict,
          max(d.changed_at) AS changed_at
        FROM insights AS d
        GROUP BY id
      )
      WHERE ${having}
      ORDER BY changed_at DESC, id LIMIT {most:UInt32})
    GROUP BY id
    ORDER BY changed DESC, id`),
    { ...parameters, most: limit },
  );
  return rows.map((row) => JSON.parse(row.newest) as Card);
}

export async function readCard(reader: Reader, id: string): Promise<Card | undefined> {
  const rows = await reader.query<{ newest: string }>(
    bounded(`
    SELECT argMax(c.card, ${place}) AS newest FROM insights AS c
    WHERE id = {id:String}
    GROUP BY id
    LIMIT 1`),
    { id },
  );
  return rows[0] && (JSON.parse(rows[0].newest) as Card);
}

export interface CardChange {
  readonly at: number;
  readonly actor: string;
  readonly sentence: string;
  readonly note: string;
}

/** What became of a card, the oldest first. */
export function readCardHistory(reader: Reader, id: string): Promise<CardChange[]> {
  return reader.query<CardChange>(
    bounded(`
    SELECT toUnixTimestamp64Milli(c.changed_at) AS at, actor, sentence, note
    FROM insights AS c FINAL
    WHERE id = {id:String} AND sentence != ''
    ORDER BY revision, ${place}
    LIMIT 1000`),
    { id },
  );
}

/** What people have done to cards since a time by the clock, the oldest first. */
export async function readCardActs(
  reader: Reader,
  since: number,
): Promise<{ readonly card: Card; readonly actor: string }[]> {
  const rows = await reader.query<{ card: string; actor: string }>(
    bounded(`
    SELECT card, actor FROM insights
    WHERE changed_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC') AND actor != '${engineActor}'
    ORDER BY changed_at, id, revision
    LIMIT 10000`),
    { since: Math.max(0, Math.floor(since)) },
  );
  return rows.map(({ card, actor }) => ({ card: JSON.parse(card) as Card, actor }));
}

export interface KindCounts extends Votes {
  readonly shown: number;
  readonly accepted: number;
  readonly kept: number;
}

/** Of each kind the cards that it led, answers to them, and what came of those that were accepted. */
export async function readKindCounts(reader: Reader): Promise<Map<string, KindCounts>> {
  const rows = await reader.query<KindCounts & { kind: string }>(
    bounded(`
    SELECT kind, toUInt32(sum(led)) AS shown, toUInt32(sum(yes)) AS useful,
      toUInt32(sum(no)) AS notUseful, toUInt32(sum(taken)) AS accepted, toUInt32(sum(held)) AS kept
    FROM (
      SELECT arrayJoin([
          tuple(newest.1, 1, newest.2, newest.3, 0, 0),
          tuple(newest.4, 0, 0, 0, 1, newest.5 = 'kept')]) AS part,
        part.1 AS kind, part.2 AS led, part.3 AS yes, part.4 AS no, part.5 AS taken, part.6 AS held
      FROM (
        SELECT argMax(tuple(c.kind, c.useful, c.not_useful, c.accepted_kind, c.verdict), ${place}) AS newest
        FROM insights AS c
        GROUP BY id
      )
    )
    WHERE kind != ''
    GROUP BY kind
    LIMIT 1000`),
  );
  return new Map(rows.map(({ kind, ...counts }) => [kind, counts]));
}
