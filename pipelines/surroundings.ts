/** What the partitions of a worker share beside log and store. */
import type { PipelineSurroundings } from '../contracts/pipeline.ts';
import { createVersionScorer } from '../models/scoring/versionScorer.ts';

export interface OpenSurroundings extends PipelineSurroundings {
  /** When no partition runs any more. */
  close(): Promise<void>;
}

/**
 * @param onProblem told each problem; those of several partitions may be alike
 * @param artifact  bytes of a version's file by its SHA-256, checked against it; absent: there are none. It throws an EngineError
 *   ARTIFACT_UNAVAILABLE or ARTIFACT_CORRUPT
 */
export function openSurroundings(
  onProblem: (problem: string) => void,
  artifact?: (sha256: string) => Uint8Array,
): OpenSurroundings {
  if (artifact === undefined) return { onProblem, close: async () => {} };
  // Its thread begins with the first file.
  const scorer = createVersionScorer(artifact);
  return { onProblem, scorer, close: () => scorer.close() };
}
