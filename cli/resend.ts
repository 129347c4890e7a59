/** The way back in for dead letters: by the door, as if they came for the first time. */
import type { Verdict } from '../api/replayLetters.ts';
import type { StoredLetter } from '../contracts/storedLetter.ts';
import { type JsonObject, parseObject } from '../sources/decode/parseRecord.ts';
import type { Door } from '../sources/door/door.ts';
import type { Intake } from './intake.ts';

/** An accepted letter. */
interface Resendable {
  readonly letter: StoredLetter;
  readonly mediaType: string;
}

export interface ResendOptions {
  readonly door: Door;
  readonly intake: Pick<Intake, 'append'>;
  /** Sends letters back to their partitions with key and headers; undefined where records are bytes alone. */
  readonly sendOriginals?: ((letters: readonly StoredLetter[]) => Promise<void>) | undefined;
  /** Off: only judges. */
  readonly send: boolean;
  /** ms since 1970. */
  readonly now: number;
}

/**
 * Judges letters, and sends those that the door accepts now; the others would only be refused once more.
 *
 * @param letters few enough for one body
 * @returns by letter: why it is refused, null when it is accepted
 * @throws EngineError OVERLOADED, LOG_FULL, LOG_UNAVAILABLE: then some may have been sent
 */
export async function resend(
  letters: readonly StoredLetter[],
  { door, intake, sendOriginals, send, now }: ResendOptions,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = letters.map(() => null);
  const kinds = new Map<string, number[]>();
  letters.forEach(({ bytes }, i) => {
    const read = parseObject(bytes, 0, bytes.length);
    if (read.accepted === undefined) {
      verdicts[i] = read.problem;
      return;
    }
    const mediaType = mediaTypeOf(read.accepted);
    kinds.set(mediaType, [...(kinds.get(mediaType) ?? []), i]);
  });
  const accepted: Resendable[] = [];
  for (const [mediaType, indexes] of kinds) {
    const { refusals } = door.admit(arrayOf(indexes.map((i) => letters[i]!)), mediaType, now);
    for (const { index, code, reason } of refusals) verdicts[indexes[index]!] = { code, reason };
    for (const i of indexes) {
      if (verdicts[i] === null) accepted.push({ letter: letters[i]!, mediaType });
    }
  }
  if (!send) return verdicts;
  const isOriginal = ({ letter, mediaType }: Resendable) =>
    sendOriginals !== undefined &&
    mediaType === eventType &&
    (letter.key !== null || letter.headers.length > 0);
  const originals = accepted.filter(isOriginal).map(({ letter }) => letter);
  if (originals.length > 0) await sendOriginals?.(originals);
  for (const mediaType of kinds.keys()) {
    const rest = accepted.filter((each) => each.mediaType === mediaType && !isOriginal(each));
    if (rest.length === 0) continue;
    const { slices } = door.admit(arrayOf(rest.map(({ letter }) => letter)), mediaType, now);
    await intake.append(slices, now);
  }
  return verdicts;
}

const eventType = 'application/json';

/** A letter keeps the form in which its event came, which the log does not name. */
function mediaTypeOf(json: JsonObject): string {
  if (Object.hasOwn(json, 'user')) return eventType;
  if (Object.hasOwn(json, 'specversion')) return 'application/cloudevents-batch+json';
  if (Object.hasOwn(json, 'actor')) return 'application/vnd.xapi+json';
  return eventType;
}

/** A JSON array of them; each must be a JSON value. */
function arrayOf(letters: readonly StoredLetter[]): Uint8Array {
  const parts = letters.flatMap(({ bytes }, i) => [Buffer.from(i === 0 ? '[' : ','), bytes]);
  return Buffer.concat([...parts, Buffer.from(']')]);
}
