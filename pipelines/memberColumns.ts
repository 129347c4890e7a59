/**
 * The columns `people`, `users` and `watermark` of a table of figures: how many users a row is of, which, while they are few, and how
 * far the partition had come with the last of its events. All follow from the events alone, wherever commits fall.
 */
import type { ByteWriter } from '../contracts/byteWriter.ts';
import { writeTime } from '../operators/rowFields.ts';
import { memberSet } from '../operators/state/memberSet.ts';
import type { PublishedWindow } from '../operators/state/windowTable.ts';

/** Of a window that does not know whose rows it has nobody is written. */
export function writeMembers(
  writer: ByteWriter,
  { members, watermark = 0 }: Pick<PublishedWindow<unknown>, 'members' | 'watermark'>,
): void {
  writer.uint16(members === undefined ? 0 : memberSet.read(members));
  const hashes = members?.hashes ?? [];
  writer.varint(hashes.length);
  for (const hash of hashes) writer.uint32(hash);
  writeTime(writer, Math.max(0, watermark));
}
