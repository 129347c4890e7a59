/**
 * The registry of places and what belongs to them, in the memory of a serving process: looked up again each second, and known at
 * once to the process that is told.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scope } from '../../contracts/access.ts';
import { EngineError } from '../../contracts/errors.ts';
import {
  type PlacedKind,
  type PlaceNode,
  type PlaceRef,
  PlaceTree,
  placeKey,
  placeProblems,
  type Within,
} from '../../contracts/place.ts';
import type { Store } from '../../contracts/store.ts';
import { keepLooking } from '../definitions/keepLooking.ts';
import { opened } from '../definitions/registryOptions.ts';
import { createTellOnce, tellLooks } from '../definitions/tellOnce.ts';
import type { By } from '../definitions/written.ts';
import {
  type BelongingRow,
  type PlaceHead,
  readBelongings,
  readPlaceHead,
  readPlaces,
  writeBelonging,
  writePlaces,
} from './placeRows.ts';

export type PlacesWritten =
  | { readonly outcome: 'written' }
  | { readonly outcome: 'stale'; readonly revision: number }
  | { readonly outcome: 'refused'; readonly sentences: readonly string[] };

export interface PlaceBook {
  readonly tree: PlaceTree;
  /** 0: there never were any places. */
  readonly revision: number;
  /** Where a definition belongs; null: nowhere. */
  placeOf(kind: PlacedKind, key: string): PlaceRef | null;
  /** Those that belong somewhere. */
  belongings(): readonly Pick<BelongingRow, 'kind' | 'key' | 'place'>[];
  /**
   * What a scope and a place that is asked for have in common.
   *
   * @returns undefined: nothing, or there is no such place
   */
  within(scope: Scope, asked?: PlaceRef): Within | undefined;
  /** The whole registry anew. @param revision that was seen @throws EngineError SINK_UNAVAILABLE */
  put(places: readonly PlaceNode[], revision: number, by: By): Promise<PlacesWritten>;
  /** @throws EngineError SINK_UNAVAILABLE */
  move(kind: PlacedKind, key: string, place: PlaceRef | null, by: By): Promise<void>;
  /** Looks for what is new now. @throws EngineError SINK_UNAVAILABLE */
  refresh(): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export interface PlaceBookOptions {
  readonly store: Store;
  /** Told what goes wrong, a sentence each. */
  readonly say: (sentence: string) => void;
  readonly clock?: () => number;
  /** Between two looks, ms. */
  readonly pollMs?: number;
  /** How long another process may need to write a revision of the same number, ms. 0 when there is none. */
  readonly settleMs?: number;
}

/** A row may appear so much later than its time says, on a replica or behind a slow insert, ms. */
const overlapMs = 30_000;

/** @throws EngineError SINK_UNAVAILABLE */
export function openPlaceBook(options: PlaceBookOptions): Promise<PlaceBook> {
  return opened(createPlaceBook(options));
}

/** Knows no places until it has looked for the first time. */
export function createPlaceBook({
  store,
  say,
  clock = Date.now,
  pollMs = 1_000,
  settleMs = 0,
}: PlaceBookOptions): PlaceBook {
  const told = createTellOnce(say);
  let head: PlaceHead = { revision: 0, writeId: '' };
  let tree = new PlaceTree([]);
  let bounds = new WeakMap<object, Within>();
  const known = new Map<string, BelongingRow>();
  let since = 0;

  async function lookAtPlaces(): Promise<void> {
    const newest = await readPlaceHead(store);
    if (newest.revision === head.revision && newest.writeId === head.writeId) return;
    tree = new PlaceTree(await readPlaces(store, newest));
    bounds = new WeakMap();
    head = newest;
  }

  function take(row: BelongingRow): void {
    const name = `${row.kind} ${row.key}`;
    if ((known.get(name)?.at ?? -1) < row.at) known.set(name, row);
  }

  async function look(): Promise<void> {
    await lookAtPlaces();
    const { rows, latest } = await readBelongings(store, Math.max(0, since - overlapMs));
    for (const row of rows) take(row);
    since = Math.max(since, latest);
  }

  const { alone, close } = keepLooking({
    look,
    everyMs: pollMs,
    onLooked: tellLooks(told, 'Places'),
  });

  function ofScope(scope: Exclude<Scope, 'everywhere'>): Exclude<Within, 'everywhere'> {
    const known = bounds.get(scope);
    if (known !== undefined) return known as Exclude<Within, 'everywhere'>;
    const found = boundsOf(tree.named(scope).flatMap((place) => tree.within(place)));
    bounds.set(scope, found);
    return found;
  }

  return {
    get tree() {
      return tree;
    },
    get revision() {
      return head.revision;
    },
    placeOf: (kind, key) => known.get(`${kind} ${key}`)?.place ?? null,
    belongings: () => [...known.values()].filter(({ place }) => place !== null),

    within(scope, asked) {
      const own = scope === 'everywhere' ? scope : ofScope(scope);
      if (asked === undefined) return own;
      const parts = tree
        .within(asked)
        .filter((node) => own === 'everywhere' || own.places.has(placeKey(node)));
      return parts.length === 0 ? undefined : boundsOf(parts);
    },

    put: (places, revision, { actor, reason }) =>
      alone(async (): Promise<PlacesWritten> => {
        const sentences = placeProblems(places);
        if (sentences.length > 0) return { outcome: 'refused', sentences };
        await lookAtPlaces();
        if (revision !== head.revision) return { outcome: 'stale', revision: head.revision };
        const at = clock();
        const writeId = `${String(at).padStart(15, '0')}-${randomUUID()}`;
        const row = { revision: revision + 1, writeId, at, actor, reason, places };
        let doubt: unknown;
        try {
          await writePlaces(store, row);
        } catch (error) {
          doubt = error; // the row may be there
        }
        if (settleMs > 0) await sleep(settleMs);
        await lookAtPlaces();
        if (head.writeId === writeId) return { outcome: 'written' };
        if (doubt !== undefined) throw doubt;
        if (head.revision > revision) return { outcome: 'stale', revision: head.revision };
        throw new EngineError('SINK_UNAVAILABLE', 'what was written cannot be read back');
      }),

    move: (kind, key, place, by) =>
      alone(async () => {
        // Rises, so that of two the later one holds whatever the clock does.
        const before = known.get(`${kind} ${key}`)?.at ?? 0;
        const row = { kind, key, at: Math.max(clock(), before + 1), place };
        await writeBelonging(store, row, by);
        take(row);
      }),

    refresh: () => alone(look),
    close,
  };
}

function boundsOf(nodes: readonly PlaceNode[]): Exclude<Within, 'everywhere'> {
  const courses = nodes.filter(({ level }) => level === 'course').map(({ name }) => name);
  return { places: new Set(nodes.map(placeKey)), courses: new Set(courses) };
}
