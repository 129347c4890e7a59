/** Rows of the tables `places` and `belongings`: the registry by revisions, and what belongs where. */
import { z } from 'zod';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import {
  type PlacedKind,
  PlacedKind as PlacedKinds,
  PlaceLevel,
  PlaceNode,
  type PlaceRef,
} from '../../contracts/place.ts';
import type { Store } from '../../contracts/store.ts';
import type { By } from '../definitions/written.ts';

export interface PlaceHead {
  /** 0: there never were any places. */
  readonly revision: number;
  readonly writeId: string;
}

export interface PlaceRevision extends PlaceHead, By {
  /** ms since 1970. */
  readonly at: number;
  readonly places: readonly PlaceNode[];
}

/** @throws EngineError SINK_UNAVAILABLE */
export async function writePlaces(store: Store, row: PlaceRevision): Promise<void> {
  const writer = new ByteWriter();
  writer.uint32(row.revision);
  writer.text(row.writeId);
  writer.int64(row.at);
  writer.text(row.actor);
  writer.text(row.reason);
  writer.text(JSON.stringify(row.places));
  await store.insert('places', writer.take());
}

/** The revision that counts, and of it the row that counts. @throws EngineError SINK_UNAVAILABLE */
export async function readPlaceHead(store: Store): Promise<PlaceHead> {
  const [head] = await store.query<PlaceHead>(
    'SELECT revision, write_id AS writeId FROM places ORDER BY revision DESC, write_id LIMIT 1',
  );
  return head ?? { revision: 0, writeId: '' };
}

/** @throws EngineError SINK_UNAVAILABLE; ZodError: written by another version */
export async function readPlaces(
  store: Store,
  { revision, writeId }: PlaceHead,
): Promise<PlaceNode[]> {
  const [row] = await store.query<{ places: string }>(
    'SELECT places FROM places WHERE revision = {revision:UInt32} AND write_id = {writeId:String}',
    { revision, writeId },
  );
  return row === undefined ? [] : z.array(PlaceNode).parse(JSON.parse(row.places));
}

export interface BelongingRow {
  readonly kind: PlacedKind;
  readonly key: string;
  /** ms since 1970: of two the later one holds. */
  readonly at: number;
  readonly place: PlaceRef | null;
}

/** @throws EngineError SINK_UNAVAILABLE */
export async function writeBelonging(
  store: Store,
  { kind, key, at, place }: BelongingRow,
  { actor, reason }: By,
): Promise<void> {
  const writer = new ByteWriter();
  writer.text(kind);
  writer.text(key);
  writer.int64(at);
  for (const text of [place?.level ?? '', place?.name ?? '', actor, reason]) writer.text(text);
  await store.insert('belongings', writer.take());
}

interface StoredBelonging {
  readonly kind: string;
  readonly key: string;
  readonly at: number;
  readonly level: string;
  readonly place: string;
  readonly storedAt: number;
}

/**
 * What was stored since a time by the clock of the database. Kinds and levels that this version does not know are passed over.
 *
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function readBelongings(
  store: Store,
  since: number,
): Promise<{ readonly rows: readonly BelongingRow[]; readonly latest: number }> {
  const stored = await store.query<StoredBelonging>(
    `SELECT kind, key, version AS at, level, place, toUnixTimestamp64Milli(stored) AS storedAt FROM belongings
     WHERE stored >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')`,
    { since },
  );
  let latest = since;
  const rows: BelongingRow[] = [];
  for (const { kind, key, at, level, place, storedAt } of stored) {
    latest = Math.max(latest, Number(storedAt));
    const known = PlacedKinds.safeParse(kind);
    const its = PlaceLevel.safeParse(level);
    if (!known.success || (level !== '' && !its.success)) continue;
    const where = its.success ? { level: its.data, name: place } : null;
    rows.push({ kind: known.data, key, at: Number(at), place: where });
  }
  return { rows, latest };
}
