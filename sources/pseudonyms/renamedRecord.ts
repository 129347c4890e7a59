/** Records with the pseudonym in the place of the user. */
import { bytesOf } from '../../contracts/bytes.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import { type Pseudonyms, pseudonymLength } from '../../contracts/pseudonyms.ts';
import { isObject } from '../decode/parseRecord.ts';
import { isName } from '../decode/problem.ts';
import { userValues } from './userValues.ts';

const quote = new Uint8Array([0x22]);
const encoder = new TextEncoder();
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** An accepted event among others. */
export interface NamedRecord {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Where the user stands, plainly and once; −1 where that is to be looked for. */
  readonly userStart: number;
  /** Bytes of the user there. */
  readonly userLength: number;
}

/** Writes an event with its user's pseudonym, which stands at `at` among the names. */
export function writeRenamed(
  writer: ByteWriter,
  { bytes, start, end, userStart, userLength }: NamedRecord,
  pseudonyms: Pick<Pseudonyms, 'names'>,
  at: number,
): void {
  if (userStart < 0) {
    const record = renamedRecord(bytes.subarray(start, end), pseudonyms, at);
    writer.raw(record, 0, record.length);
    return;
  }
  writer.raw(bytes, start, userStart);
  writer.raw(pseudonyms.names.bytes, at, at + pseudonymLength);
  writer.raw(bytes, userStart + userLength, end);
}

/**
 * A record that is a JSON object, with the pseudonym as the value of each key `user`.
 *
 * @param at where the pseudonym stands among the names
 */
export function renamedRecord(
  record: Uint8Array,
  { names }: Pick<Pseudonyms, 'names'>,
  at: number,
): Uint8Array {
  const writer = new ByteWriter(record.length + 2 * pseudonymLength);
  const values = userValues(record, 0, record.length);
  let from = 0;
  for (let i = 0; i < values.length; i += 2) {
    writer.raw(record, from, values[i]!);
    writer.raw(quote, 0, 1);
    writer.raw(names.bytes, at, at + pseudonymLength);
    writer.raw(quote, 0, 1);
    from = values[i + 1]!;
  }
  writer.raw(record, from, record.length);
  return writer.take();
}

/** What a record that no event can be made of says of its user. */
export interface ReadableUser {
  /** UTF-8 of the id. */
  readonly id: Uint8Array;
  /** Where the pseudonym stands among the names, until another is looked for. */
  readonly at: number;
  readonly renamed: Uint8Array;
}

/** @returns undefined for a record that names nobody, or in which that cannot be read */
export function renameRefused(
  record: Uint8Array,
  pseudonyms: Pseudonyms,
): ReadableUser | undefined {
  let json: unknown;
  try {
    json = JSON.parse(utf8.decode(record));
  } catch {
    return undefined;
  }
  if (!isObject(json) || !Object.hasOwn(json, 'user')) return undefined;
  const user = json['user'];
  if (!isName(user)) return undefined;
  const id = encoder.encode(user);
  const at = pseudonyms.find(bytesOf(id), 0, id.length);
  return { id, at, renamed: renamedRecord(record, pseudonyms, at) };
}
