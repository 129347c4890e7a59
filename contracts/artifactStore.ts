/** Where files of versions lie, addressed by what is in them. */
import type { Artifact } from './modelVersion.ts';

export interface ArtifactStore {
  /**
   * Stores bytes for good; the same bytes again change nothing.
   *
   * @throws EngineError ARTIFACT_UNAVAILABLE when they cannot be stored, the disk is full for one
   */
  put(bytes: Uint8Array): Promise<Artifact>;
  /** @throws EngineError ARTIFACT_UNAVAILABLE when it is not there or not to be had, ARTIFACT_CORRUPT when its hash differs */
  get(sha256: string): Promise<Uint8Array>;
  has(sha256: string): Promise<boolean>;
  /** Nothing happens where there is none. */
  remove(sha256: string): Promise<void>;
}
