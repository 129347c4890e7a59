/**
 * The share of examples that a partition stores: halved where a minute has too many, doubled when they become few.
 *
 * An example is kept by the hash of its event, and the share that decides was settled by the rows before it; so one that is kept
 * with probability s, and counts 1/s times, stands for all on average, whatever the share has been (Horvitz & Thompson 1952).
 */
import { mix } from '../../contracts/hash.ts';

export interface ExampleShare {
  /** Of event time, counted from 1970; never goes back. */
  minute: number;
  /** The share is 2^−halvings. */
  halvings: number;
  /** Rows in this minute, kept or not. */
  seen: number;
  /** Of them. */
  kept: number;
}

const minuteMs = 60_000;
/** Hashes have 32 bits. */
const halvingsMax = 31;
/** So that the draw is none that something else makes of the same id. */
const salt = 0x6578_616d;

/** All are kept at first. */
export function initialShare(time: number): ExampleShare {
  return { minute: Math.floor(time / minuteMs), halvings: 0, seen: 0, kept: 0 };
}

/**
 * Takes the next row, and says for how many it stands: 0 when it is not kept.
 *
 * Of each minute the first `perMinute` that are kept have the share at which it began; behind each `perMinute` it is halved. At
 * the end of a minute it is doubled when that would have kept no more. So a minute of n rows keeps about perMinute × (1 + log₂(1
 * + n / perMinute)) at most, and the minutes like it that follow about perMinute. Rows that come late count in the minute of the
 * clock.
 *
 * @param time    event time, but not later than the reception, ms
 * @param idLow   halves of the event's hash
 * @param perMinute whole number > 0
 */
export function stepShare(
  share: ExampleShare,
  time: number,
  idLow: number,
  idHigh: number,
  perMinute: number,
): number {
  const minute = Math.floor(time / minuteMs);
  if (minute > share.minute) beginMinute(share, minute, perMinute);
  share.seen += 1;
  const { halvings } = share;
  if (mix(mix(salt, idLow), idHigh) >= 2 ** (32 - halvings)) return 0;
  share.kept += 1;
  if (share.kept % perMinute === 0 && halvings < halvingsMax) share.halvings += 1;
  return 2 ** halvings;
}

/** Minutes without rows double the share, too. */
function beginMinute(share: ExampleShare, minute: number, perMinute: number): void {
  const isSparse = share.seen * 2 ** (1 - share.halvings) <= perMinute;
  const doublings = minute - share.minute - 1 + (isSparse ? 1 : 0);
  share.halvings = Math.max(0, share.halvings - doublings);
  share.minute = minute;
  share.seen = 0;
  share.kept = 0;
}
