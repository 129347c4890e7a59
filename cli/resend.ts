/** The way back in for dead letters: by the door, as if they came for the first time. */
import type { Verdict } from '../api/replayLetters.ts';
import type { StoredLetter } from '../contracts/storedLetter.ts';
import { type JsonObject, parseObject } from '../sources/decode/parseRecord.ts';
import { readRefused } from '../sources/decode/refusedRecord.ts';
import type { Door } from '../sources/door/door.ts';
import type { RecordFormats } from '../sources/kafka/formats/recordFormats.ts';
import type { Intake } from './intake.ts';

/** An accepted letter. */
interface Resendable {
  readonly letter: StoredLetter;
  readonly judged: Judged;
  readonly mediaType: string;
}

/** What a letter is judged by: its own bytes, or the JSON that a framed one is read as. */
type Judged = Pick<StoredLetter, 'bytes'>;

export interface ResendOptions {
  readonly door: Door;
  readonly intake: Pick<Intake, 'append'>;
  /** Sends letters back to their partitions with key and headers; undefined where records are bytes alone. */
  readonly sendOriginals?: ((letters: readonly StoredLetter[]) => Promise<void>) | undefined;
  /** Reads letters that a schema registry frames. */
  readonly formats?: RecordFormats | undefined;
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
 * @throws EngineError OVERLOADED, LOG_FULL, LOG_UNAVAILABLE: then some may have been sent; REGISTRY_UNAVAILABLE: then none
 */
export async function resend(
  letters: readonly StoredLetter[],
  { door, intake, sendOriginals, formats, send, now }: ResendOptions,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = letters.map(() => null);
  const kinds = new Map<string, number[]>();
  const judged = formats === undefined ? letters : await readFramed(letters, formats);
  judged.forEach(({ bytes }, i) => {
    const refused = readRefused(bytes, 0, bytes.length);
    if (formats !== undefined && refused !== undefined) {
      verdicts[i] = refused.problem;
      return;
    }
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
    const { refusals } = door.admit(arrayOf(indexes.map((i) => judged[i]!)), mediaType, now);
    for (const { index, code, reason } of refusals) verdicts[indexes[index]!] = { code, reason };
    for (const i of indexes) {
      if (verdicts[i] !== null) continue;
      accepted.push({ letter: letters[i]!, judged: judged[i]!, mediaType });
    }
  }
  if (!send) return verdicts;
  // Only the topic takes what is framed.
  const isOriginal = ({ letter, judged, mediaType }: Resendable) =>
    sendOriginals !== undefined &&
    mediaType === eventType &&
    (judged !== letter || letter.key !== null || letter.headers.length > 0);
  const originals = accepted.filter(isOriginal).map(({ letter }) => letter);
  if (originals.length > 0) await sendOriginals?.(originals);
  for (const mediaType of kinds.keys()) {
    const rest = accepted.filter((each) => each.mediaType === mediaType && !isOriginal(each));
    if (rest.length === 0) continue;
    const { slices } = door.admit(arrayOf(rest.map((each) => each.judged)), mediaType, now);
    await intake.append(slices, now);
  }
  return verdicts;
}

const eventType = 'application/json';

/** By letter: itself where it is not framed. */
function readFramed(
  letters: readonly StoredLetter[],
  formats: RecordFormats,
): Promise<readonly Judged[]> {
  return Promise.all(
    letters.map(async (letter): Promise<Judged> => {
      const { bytes: value, key, headers, offset, receivedAt: timestamp } = letter;
      const read = await formats.readSoon({ offset, timestamp, value, key, headers });
      return read.bytes === undefined || read.value === null ? letter : { bytes: read.value };
    }),
  );
}

/** A letter keeps the form in which its event came, which the log does not name. */
function mediaTypeOf(json: JsonObject): string {
  if (Object.hasOwn(json, 'user')) return eventType;
  if (Object.hasOwn(json, 'specversion')) return 'application/cloudevents-batch+json';
  if (Object.hasOwn(json, 'actor')) return 'application/vnd.xapi+json';
  return eventType;
}

/** A JSON array of them; each must be a JSON value. */
function arrayOf(letters: readonly Judged[]): Uint8Array {
  const parts = letters.flatMap(({ bytes }, i) => [Buffer.from(i === 0 ? '[' : ','), bytes]);
  return Buffer.concat([...parts, Buffer.from(']')]);
}
