/**
 * Sends dead letters in again, the oldest first, a few megabytes at a time.
 *
 * Only what would be accepted now is sent: a letter that would be refused again stays the one letter that it is, and may be
 * tried again later. What was sent is remembered behind the sending. So each is sent at least once: after a crash between
 * the two it is sent once more, and counts once, because its event keeps its id (for an hour, decision 4).
 */
import type { ReplayAnswer } from '../contracts/api.ts';
import type { LetterPosition, StoredLetter } from '../contracts/storedLetter.ts';
import { cursorText } from './letterCursor.ts';
import {
  type LetterPage,
  type LetterReader,
  type LetterSelection,
  letterBatches,
} from './queries/deadLetters.ts';

/** Why a letter would be refused now; null: it is accepted. */
export type Verdict = { readonly code: string; readonly reason: string } | null;

/** What a replay needs of the engine. */
export interface LetterDesk {
  /**
   * Judges letters as the door would now, and sends those that are accepted; they are durable when it returns.
   *
   * @returns by letter
   * @throws EngineError OVERLOADED, LOG_FULL, LOG_UNAVAILABLE: then some may have been sent
   */
  resend(letters: readonly StoredLetter[], options: { readonly send: boolean }): Promise<Verdict[]>;
  /** @param at ms since 1970 */
  remember(letters: readonly LetterPosition[], at: number): Promise<void>;
}

export interface ReplayRequest {
  readonly selection: LetterSelection;
  readonly page: Omit<LetterPage, 'order'>;
  /** Off: only says what would become of them. */
  readonly send: boolean;
}

/** Refusals listed in an answer; the rest are counted. */
const refusalsMax = 100;

/**
 * @param clock ms
 * @param signal stops between two batches: what was sent is remembered
 */
export async function replayLetters(
  reader: LetterReader,
  desk: LetterDesk,
  { selection, page, send }: ReplayRequest,
  clock: () => number,
  signal?: AbortSignal,
): Promise<ReplayAnswer> {
  const found = await reader.findLetters(selection, { ...page, order: 'oldest first' }, signal);
  const refusals: ReplayAnswer['refusals'] = [];
  let accepted = 0;
  let refused = 0;
  for (const batch of letterBatches(found)) {
    signal?.throwIfAborted();
    const letters = await reader.readLetters(batch, signal);
    const verdicts = await judgeRecords(desk, letters, send);
    const taken = letters.filter((letter) => verdicts.get(placeOf(letter)) === null);
    if (send && taken.length > 0) await desk.remember(taken, clock());
    accepted += taken.length;
    refused += letters.length - taken.length;
    for (const letter of letters) {
      const verdict = verdicts.get(placeOf(letter)) ?? null;
      if (verdict === null || refusals.length === refusalsMax) continue;
      const { pipeline, partition, offset } = letter;
      refusals.push({ pipeline, partition, offset, code: verdict.code, reason: verdict.reason });
    }
  }
  const last = found.length === page.limit ? found.at(-1) : undefined;
  return {
    selected: accepted + refused,
    accepted,
    refused,
    refusals,
    next: last === undefined ? null : cursorText(last),
  };
}

/** A record that several pipelines refused is sent once: every pipeline gets it again. */
async function judgeRecords(
  desk: LetterDesk,
  letters: readonly StoredLetter[],
  send: boolean,
): Promise<Map<string, Verdict>> {
  const records = new Map(letters.map((letter) => [placeOf(letter), letter]));
  const verdicts = await desk.resend([...records.values()], { send });
  return new Map([...records.keys()].map((place, i) => [place, verdicts[i]!]));
}

function placeOf({ partition, offset }: LetterPosition): string {
  return `${partition} ${offset}`;
}
