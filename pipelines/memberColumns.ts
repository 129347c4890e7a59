/** The columns `people` and `users` of a table of figures: how many users a row is of, and which, while they are few. */
import type { ByteWriter } from '../contracts/byteWriter.ts';
import { type MemberSetState, memberSet } from '../operators/state/memberSet.ts';

/** @param members undefined: it is not known whose rows they are, which is written as nobody */
export function writeMembers(writer: ByteWriter, members: MemberSetState | undefined): void {
  writer.uint16(members === undefined ? 0 : memberSet.read(members));
  const hashes = members?.hashes ?? [];
  writer.varint(hashes.length);
  for (const hash of hashes) writer.uint32(hash);
}
