/**
 * Chunks of a topic, into which others than the engine write, with pseudonyms in the place of users: before anything is decoded, so
 * that all that is computed and stored knows no other name.
 *
 * What cannot be read stays as it came, and becomes a dead letter.
 */
import { codesOf } from '../../contracts/batch.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Chunk, Origin } from '../../contracts/chunk.ts';
import { definitionUser } from '../../contracts/definitionRecord.ts';
import { ownTypeNames } from '../../contracts/ownTypes.ts';
import { type Pseudonyms, pseudonymLength } from '../../contracts/pseudonyms.ts';
import { readRefused } from '../decode/refusedRecord.ts';
import { createDecoder } from '../decode/shapeDecoder.ts';
import { createPassingDictionary } from '../door/passingDictionary.ts';
import { renameRefused, writeRenamed } from './renamedRecord.ts';

export type RenameChunk = (chunk: Chunk) => Chunk;

const encoder = new TextEncoder();
/** Definitions are of the engine itself, which is nobody. */
const engine = encoder.encode(definitionUser);
const own = ownTypeNames.map((type) => encoder.encode(type));

/** One for each partition: it remembers how its events look. */
export function createRenameChunk(pseudonyms: Pseudonyms): RenameChunk {
  const dictionary = createPassingDictionary();
  const decoder = createDecoder({ strings: [], numbers: [] }, dictionary);
  const { names } = pseudonyms;
  return (chunk) => {
    const batch = decoder.decode(chunk);
    const users = codesOf(batch, 'user');
    const types = codesOf(batch, 'type');
    const { userStarts } = decoder;
    const { bytes, firstOffset, origins } = chunk;
    const writer = new ByteWriter(bytes.length + chunk.length * pseudonymLength);
    const ends = new Int32Array(chunk.length);
    const renamedOrigins = origins === undefined ? undefined : [...origins];
    const rename = (index: number, id: Uint8Array, at: number): void => {
      const origin = renamedOrigins?.[index];
      if (origin === undefined) return;
      const name = names.bytes.slice(at, at + pseudonymLength);
      renamedOrigins![index] = renamedOrigin(origin, id, name);
    };
    let row = 0;
    for (let index = 0, start = 0; index < chunk.length; index += 1) {
      const end = chunk.ends[index]!;
      if (row < batch.length && batch.offsets[row] === firstOffset + index) {
        const code = users[row]!;
        const isOwn =
          dictionary.is(code, engine) && own.some((type) => dictionary.is(types[row]!, type));
        if (isOwn) {
          writer.raw(bytes, start, end);
          ends[index] = writer.length;
          row += 1;
          start = end;
          continue;
        }
        const { source, from, to } = dictionary.place(code);
        const at = pseudonyms.find(source, from, to);
        rename(index, source.bytes.subarray(from, to), at);
        const place = { bytes, start, end, userStart: userStarts[row]!, userLength: to - from };
        writeRenamed(writer, place, pseudonyms, at);
        row += 1;
      } else {
        const record = bytes.subarray(start, end);
        const isMarked = readRefused(bytes, start, end) !== undefined;
        const read = isMarked ? undefined : renameRefused(record, pseudonyms);
        if (read !== undefined) rename(index, read.id, read.at);
        const kept = read?.renamed ?? record;
        writer.raw(kept, 0, kept.length);
      }
      ends[index] = writer.length;
      start = end;
    }
    dictionary.clear();
    return {
      ...chunk,
      bytes: writer.bytes.subarray(0, writer.length),
      ends,
      ...(renamedOrigins === undefined ? {} : { origins: renamedOrigins }),
    };
  };
}

/**
 * A key that is the user is the pseudonym as well; the record in its own format is not kept, since it names the user.
 */
function renamedOrigin({ key, headers }: Origin, id: Uint8Array, name: Uint8Array): Origin {
  const isUser = key !== null && Buffer.compare(key, id) === 0;
  return { key: isUser ? name : key, headers };
}
