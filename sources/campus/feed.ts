/**
 * Feeds a campus to an engine: its past as fast as the engine takes it, then the present as it happens.
 *
 * Pulled: the next block is made after the last was taken, so a slow engine slows the feed and memory stays bounded; what
 * was missed meanwhile follows in blocks of the same size. A block that was refused for now is offered again, unchanged,
 * until it is taken: nothing is lost. A duplicate is possible when a block was taken but the answer got lost.
 */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { EngineError, errors } from '../../contracts/errors.ts';
import type { Campus, CampusBlock } from './campus.ts';

export interface FeedProgress {
  /** `backfill` until the campus clock has reached the present once. */
  readonly phase: 'backfill' | 'live';
  /** Arrival time up to which everything was taken, ms since 1970. */
  readonly campusTime: number;
  /** How far `campusTime` is behind the campus clock, ms. */
  readonly behindMs: number;
  /** Taken since the feed began. */
  readonly records: number;
  readonly bytes: number;
  /** Blocks that had to be offered again. */
  readonly retries: number;
}

export interface FeedOptions {
  readonly campus: Campus;
  /** Takes a block as a whole, or throws; an EngineError whose retry is `backoff` means: offer it again. */
  readonly append: (records: Pick<CampusBlock, 'bytes' | 'ends' | 'length'>) => Promise<void>;
  /** The wall clock, ms since 1970. */
  readonly now: () => number;
  /** Ends the feed after the block under way. */
  readonly signal: AbortSignal;
  /**
   * Campus milliseconds per wall-clock millisecond once the past is told, > 0, default 1. When it is above 1 campus time
   * runs ahead, up to 12 hours; then it goes at the pace of the wall clock, because events from the future are refused.
   */
  readonly speed?: number;
  /** Arrival time to begin with, default the campus start: where an earlier feed ended. */
  readonly from?: number;
  /** Largest block, default 2 048 records. */
  readonly blockLength?: number;
  /** How often the present is looked at, default 100 ms. */
  readonly tickMs?: number;
  /** Called after each block taken, and once when the past is told. */
  readonly onProgress?: (progress: FeedProgress) => void;
  /** Waits; rejects or returns early when the signal aborts. For tests with a clock of their own. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const aheadMaxMs = 12 * 3_600_000;
const backoff = { firstMs: 50, mostMs: 5_000 };

/**
 * Runs until `signal` aborts, and then resolves with the last progress.
 *
 * @throws whatever `append` throws that is not an EngineError to be retried
 */
export async function feedCampus(options: FeedOptions): Promise<FeedProgress> {
  const { campus, append, now, signal, onProgress } = options;
  const { speed = 1, from = campus.start, blockLength = 2_048, tickMs = 100 } = options;
  const wait = options.wait ?? waitFor;
  if (!(speed > 0 && speed < Infinity)) throw new RangeError(`speed: expected > 0, got ${speed}`);
  if (!(tickMs > 0)) throw new RangeError(`tickMs: expected > 0, got ${tickMs}`);
  const stream = campus.open(from);
  let phase: FeedProgress['phase'] = 'backfill';
  let campusTime = from;
  let records = 0;
  let bytes = 0;
  let retries = 0;
  let liveSince = NaN;
  let liveFrom = NaN;

  function clock(): number {
    const wall = now();
    if (phase === 'backfill') return wall;
    return Math.min(liveFrom + speed * (wall - liveSince), wall + aheadMaxMs);
  }
  function progress(): FeedProgress {
    const behindMs = Math.max(0, clock() - campusTime);
    return { phase, campusTime, behindMs, records, bytes, retries };
  }

  while (!signal.aborted) {
    const until = clock();
    const block = stream.advance(until, blockLength);
    if (block.length > 0) {
      const tries = await offer(append, block, wait, signal);
      if (tries === 0) break;
      retries += tries - 1;
      records += block.length;
      bytes += block.bytes.length;
      campusTime = block.length < blockLength ? Math.max(campusTime, until) : block.arrivalTime;
      onProgress?.(progress());
    } else {
      campusTime = Math.max(campusTime, until);
    }
    if (block.length === blockLength) {
      // There is more: let the rest of the process breathe, then go on.
      await setImmediate();
      continue;
    }
    if (phase === 'backfill') {
      phase = 'live';
      liveSince = now();
      liveFrom = until;
      onProgress?.(progress());
    }
    await wait(tickMs, signal);
  }
  return progress();
}

/** Offers a block until it is taken. @returns tries made, 0 when the feed was aborted before it was taken */
async function offer(
  append: FeedOptions['append'],
  block: CampusBlock,
  wait: NonNullable<FeedOptions['wait']>,
  signal: AbortSignal,
): Promise<number> {
  let delayMs = backoff.firstMs;
  for (let tries = 1; ; tries += 1) {
    try {
      await append(block);
      return tries;
    } catch (error) {
      const again = error instanceof EngineError && errors[error.code].retry === 'backoff';
      if (!again) throw error;
    }
    await wait(delayMs, signal);
    if (signal.aborted) return 0;
    delayMs = Math.min(backoff.mostMs, delayMs * 2);
  }
}

/** Returns early, without an error, when the signal aborts. */
async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
