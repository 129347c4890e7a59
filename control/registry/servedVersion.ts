/** A version as it is named in the log: by its file, and by how many features it reads. */
import type { ServedVersion } from '../../contracts/modelRecord.ts';
import type { ModelVersion } from '../../contracts/modelVersion.ts';

export function servedVersion({ version, artifact, features }: ModelVersion): ServedVersion {
  return { version, sha256: artifact?.sha256 ?? null, width: features.length };
}
