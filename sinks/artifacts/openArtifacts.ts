/** Opens where files of models lie, whatever that is. */
import type { ArtifactStore } from '../../contracts/artifactStore.ts';
import type { ArtifactAccess } from './artifactAccess.ts';
import { openFileArtifacts } from './fileArtifacts.ts';

/** @throws EngineError ARTIFACT_UNAVAILABLE when a directory cannot be written to; a bucket is asked when it is needed */
export async function openArtifacts(access: ArtifactAccess): Promise<ArtifactStore> {
  if (access.kind === 'directory') return openFileArtifacts(access.directory);
  const { createS3Artifacts } = await import('./s3Artifacts.ts');
  return createS3Artifacts(access);
}
