/** The name of a file is the hash of its bytes. */
import { createHash } from 'node:crypto';
import { EngineError } from '../../contracts/errors.ts';
import type { Artifact } from '../../contracts/modelVersion.ts';

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @throws RangeError when there are no bytes */
export function artifactOf(bytes: Uint8Array): Artifact {
  if (bytes.length === 0) throw new RangeError('bytes: expected at least one, got none');
  return { sha256: sha256Of(bytes), bytes: bytes.length };
}

/** Names go into paths and addresses. @throws RangeError when it is none */
export function expectSha256(sha256: string): void {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new RangeError('sha256: expected 64 hexadecimal digits');
  }
}

/**
 * @param where it was read, for the sentence
 * @returns the bytes
 * @throws EngineError ARTIFACT_CORRUPT when they are others than were stored
 */
export function checkedBytes(bytes: Uint8Array, sha256: string, where: string): Uint8Array {
  if (sha256Of(bytes) === sha256) return bytes;
  throw new EngineError(
    'ARTIFACT_CORRUPT',
    `${where} is not the file that was stored: its ${bytes.length} bytes have another hash. ` +
      'Put it back from a copy, or release another version.',
  );
}
