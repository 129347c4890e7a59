/** What the partitions of a worker share beside log and store. */
import type { PipelineSurroundings } from '../contracts/pipeline.ts';
import { createVersionScorer } from '../models/scoring/versionScorer.ts';
import type { ArtifactAccess } from '../sinks/artifacts/artifactAccess.ts';
import { readArtifactNow } from '../sinks/artifacts/readArtifactNow.ts';

export interface OpenSurroundings extends PipelineSurroundings {
  /** When no partition runs any more. */
  close(): Promise<void>;
}

/**
 * @param onProblem told each problem; those of several partitions may be alike
 * @param artifacts where files of versions lie; absent: none predicts
 */
export function openSurroundings(
  onProblem: (problem: string) => void,
  artifacts?: ArtifactAccess,
): OpenSurroundings {
  if (artifacts === undefined) return { onProblem, close: async () => {} };
  // Its thread begins with the first file.
  const scorer = createVersionScorer((sha256) => readArtifactNow(artifacts, sha256));
  return { onProblem, scorer, close: () => scorer.close() };
}
