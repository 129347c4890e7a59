/**
 * Who objects to what, in the memory of a serving process: looked up again each second, and known at once to the process that is
 * told.
 *
 * People are names in a map: a hundred thousand take some ten megabytes.
 */
import { type ObjectionKind, objectionBit } from '../../contracts/objection.ts';
import type { Store } from '../../contracts/store.ts';
import { keepLooking } from '../definitions/keepLooking.ts';
import { opened } from '../definitions/registryOptions.ts';
import { createTellOnce, tellLooks } from '../definitions/tellOnce.ts';
import { type ChangedObjection, readChangedObjections } from './objectionRows.ts';

export interface ObjectionBook {
  /** People who object to something. */
  readonly size: number;
  objects(user: string, to: ObjectionKind): boolean;
  /** How somebody stands; `at` is 0 of whom nothing was ever told. */
  standing(user: string): Omit<ChangedObjection, 'user'>;
  /** Takes what this process was told; an older one than is known changes nothing. */
  take(change: ChangedObjection): void;
  /** Looks for what is new now. @throws EngineError SINK_UNAVAILABLE */
  refresh(): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export interface ObjectionBookOptions {
  readonly store: Store;
  /** Told what goes wrong, a sentence each. */
  readonly say: (sentence: string) => void;
  /** Between two looks, ms. */
  readonly pollMs?: number;
}

/** A row may appear so much later than its time says, on a replica or behind a slow insert, ms. */
const overlapMs = 30_000;

/** Knows all who object. @throws EngineError SINK_UNAVAILABLE */
export function openObjectionBook(options: ObjectionBookOptions): Promise<ObjectionBook> {
  return opened(createObjectionBook(options));
}

/** Knows nobody until it has looked for the first time. */
export function createObjectionBook({
  store,
  say,
  pollMs = 1_000,
}: ObjectionBookOptions): ObjectionBook {
  const told = createTellOnce(say);
  /** Also of those who have taken it back, since `since`: so that an older row does not count again. */
  const known = new Map<string, { at: number; bits: number }>();
  let size = 0;
  let since = 0;
  const take = ({ user, at, bits }: ChangedObjection): void => {
    const before = known.get(user);
    if (before !== undefined && before.at >= at) return;
    size += Number(bits !== 0) - Number((before?.bits ?? 0) !== 0);
    known.set(user, { at, bits });
  };
  const look = async (): Promise<void> => {
    const { changed, latest } = await readChangedObjections(store, Math.max(0, since - overlapMs));
    for (const change of changed) take(change);
    since = Math.max(since, latest);
  };
  const { alone, close } = keepLooking({
    look,
    everyMs: pollMs,
    onLooked: tellLooks(told, 'Objections'),
  });
  return {
    get size() {
      return size;
    },
    objects: (user, to) => size > 0 && ((known.get(user)?.bits ?? 0) & objectionBit[to]) !== 0,
    standing: (user) => known.get(user) ?? { at: 0, bits: 0 },
    take,
    refresh: () => alone(look),
    close,
  };
}
