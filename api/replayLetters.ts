/**
 * Sends dead letters in again, the oldest first, a few megabytes at a time.
 *
 * Only what would be accepted now is sent: a letter that would be refused again stays the one letter that it is, and may be
 * tried again later. What was sent is remembered behind the sending. So each is sent at least once: after a crash between
 * the two it is sent once more, and counts once, because its event keeps its id (for an hour, decision 4).
 */
import type { ReplayAnswer } from '../contracts/api.ts';
import { EngineError } from '../contracts/errors.ts';
import type { LetterPosition, StoredLetter } from '../contracts/storedLetter.ts';
import { cursorText } from './letterCursor.ts';
import {
  type FoundLetter,
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
 * Where something fails behind the first part, the answer tells what was done until then, and `next` leads to the rest.
 *
 * @param clock ms
 * @param signal stops between two parts: what was sent is remembered
 * @throws EngineError when not even the first part was done
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
  let done = 0;

  async function replayPart(part: readonly FoundLetter[]): Promise<void> {
    signal?.throwIfAborted();
    const letters = await reader.readLetters(part, signal);
    const verdicts = await judgeRecords(desk, letters, send);
    const taken = letters.filter((letter) => verdicts.get(placeOf(letter)) === null);
    if (send && taken.length > 0) await desk.remember(taken, clock());
    done += part.length;
    accepted += taken.length;
    refused += letters.length - taken.length;
    for (const letter of letters) {
      const verdict = verdicts.get(placeOf(letter)) ?? null;
      if (verdict === null || refusals.length === refusalsMax) continue;
      const { pipeline, partition, offset } = letter;
      refusals.push({ pipeline, partition, offset, code: verdict.code, reason: verdict.reason });
    }
  }

  try {
    for (const part of letterBatches(found)) await replayPart(part);
  } catch (error) {
    if (done === 0 || !(error instanceof EngineError)) throw error;
  }
  const mayBeMore = found.length === page.limit || done < found.length;
  const last = mayBeMore ? found[done - 1] : undefined;
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
