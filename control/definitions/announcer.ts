/** Writes definitions into the event log, into each of its partitions: so that the data plane counts by them from there on. */
import { definitionUser } from '../../contracts/definitionRecord.ts';
import {
  appendRecord,
  closeSlices,
  type OpenSlice,
  type Slice,
} from '../../sources/door/slices.ts';

export interface Announcement<Content> {
  readonly record: Content;
  /** When the revision was made, ms since 1970: the same each time, so that what is announced again is a duplicate. */
  readonly at: number;
}

/**
 * Resolves when all partitions have all of them.
 *
 * @throws EngineError OVERLOADED, LOG_FULL, LOG_UNAVAILABLE: then some partitions may have some
 */
export type Announce<Content> = (announcements: readonly Announcement<Content>[]) => Promise<void>;

export interface AnnouncerOptions<Content> {
  /** The event that says it, as JSON. */
  eventOf(record: Content, at: number): string;
  append(slices: readonly Slice[], receivedAt: number): Promise<unknown>;
  readonly partitions: number;
  /** Whether the log takes the user of each record beside it. */
  readonly withKeys?: boolean;
  /** ms. */
  readonly clock?: () => number;
}

/** Definitions in one append: a million bytes at most in each partition. */
const atOnce = 16;
const encoder = new TextEncoder();
const key = encoder.encode(definitionUser);

export function createAnnouncer<Content>(options: AnnouncerOptions<Content>): Announce<Content> {
  const { eventOf, append, partitions, withKeys = false, clock = Date.now } = options;
  return async (announcements) => {
    for (let from = 0; from < announcements.length; from += atOnce) {
      const open = new Map<number, OpenSlice>();
      for (const { record, at } of announcements.slice(from, from + atOnce)) {
        const bytes = encoder.encode(eventOf(record, at));
        for (let partition = 0; partition < partitions; partition += 1) {
          appendRecord(open, partition, bytes, 0, bytes.length, withKeys ? key : undefined);
        }
      }
      await append(closeSlices(open), clock());
    }
  };
}
