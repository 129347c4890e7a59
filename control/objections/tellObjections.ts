/**
 * Tells objections to all who must know: to the table, from which serving processes read them, and to the log, from which the data
 * plane does.
 *
 * Whoever fails between the two leaves somebody objecting rather than not: what is objected to is in the table first, what is
 * taken back in the log. It is asked for again, and done again.
 */
import { randomUUID } from 'node:crypto';
import { type ObjectionKind, objectionBits, objectionEvent } from '../../contracts/objection.ts';
import { nameOf } from '../../contracts/pseudonyms.ts';
import type { Store } from '../../contracts/store.ts';
import { appendRecord, closeSlices, type OpenSlice } from '../../sources/door/slices.ts';
import { partitionsOfUser } from '../../sources/door/userPartitions.ts';
import type { By } from '../definitions/written.ts';
import type { ErasureOptions } from '../preferences/eraseUser.ts';
import type { ObjectionBook } from './objectionBook.ts';
import { type ObjectionRow, type StandingObjection, writeObjections } from './objectionRows.ts';

export interface ObjectionTold {
  /** Id or pseudonym. */
  readonly user: string;
  /** In the order of `objectionKinds`; empty: all of it is taken back. */
  readonly to: readonly ObjectionKind[];
}

export interface TellOptions extends ErasureOptions {
  readonly store: Store;
  readonly book: ObjectionBook;
}

/** What was told, with what had been before. */
export type ToldObjection = ObjectionRow & {
  readonly before: number;
  /** Partitions whose log has it. */
  readonly places: readonly number[];
};

/** Records of one append: far below what a partition takes at once. */
const atOnce = 2_000;
const encoder = new TextEncoder();

/**
 * Resolves when the log and the table have all of them.
 *
 * Not to be called again before it has resolved: of two changes of one person the later must be the later in both.
 *
 * @param told each person once
 * @throws EngineError OVERLOADED, LOG_FULL, LOG_UNAVAILABLE, SINK_UNAVAILABLE
 */
export async function tellObjections(
  told: readonly ObjectionTold[],
  { actor, reason }: By,
  options: TellOptions,
): Promise<ToldObjection[]> {
  const { store, book, pseudonyms, clock = Date.now } = options;
  const now = clock();
  const rows = told.map(({ user: asked, to }): ToldObjection => {
    const user = nameOf(pseudonyms, asked);
    const places = partitionsOfUser(asked, options);
    const { at: last, bits: before } = book.standing(user);
    // Later than what is known, whatever the clock of whoever told that.
    const at = Math.max(now, last + 1);
    return { user, to, at, actor, reason, record: `objection-${randomUUID()}`, before, places };
  });
  const isTakenBack = ({ to, before }: ToldObjection) => (objectionBits(to) & ~before) === 0;
  const keep = async (some: readonly ToldObjection[]): Promise<void> => {
    if (some.length === 0) return;
    await writeObjections(store, some);
    for (const { user, at, to } of some) book.take({ user, at, bits: objectionBits(to) });
  };
  await keep(rows.filter((row) => !isTakenBack(row)));
  await appendObjections(rows, options, now);
  await keep(rows.filter(isTakenBack));
  return rows;
}

/** How records come into the log. */
export type AppendOptions = ErasureOptions;

/** What is written, and into which partitions. */
export type PlacedObjection = StandingObjection & { readonly places: readonly number[] };

/** @throws EngineError OVERLOADED, LOG_FULL, LOG_UNAVAILABLE: then some may be there */
export async function appendObjections(
  rows: readonly PlacedObjection[],
  { append, withKeys = false }: AppendOptions,
  now: number,
): Promise<void> {
  for (let from = 0; from < rows.length; from += atOnce) {
    const open = new Map<number, OpenSlice>();
    for (const { user, record, at, to, places } of rows.slice(from, from + atOnce)) {
      const key = encoder.encode(user);
      const bytes = encoder.encode(objectionEvent(user, record, at, to));
      for (const partition of places) {
        appendRecord(open, partition, bytes, 0, bytes.length, withKeys ? key : undefined);
      }
    }
    await append(closeSlices(open), now);
  }
}
