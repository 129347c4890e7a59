/** Files of versions by their hash, run by a `WaitingScorer`: what the partitions of a worker share. */
import type { VersionScorer } from '../../contracts/versionScorer.ts';
import { createWaitingScorer, type WaitingScorerOptions } from './waitingScorer.ts';

export interface ClosableVersionScorer extends VersionScorer {
  /** Ends its thread. */
  close(): Promise<void>;
}

/**
 * @param artifact bytes of a file, checked against their hash; throws an EngineError ARTIFACT_UNAVAILABLE or ARTIFACT_CORRUPT
 * @param thread   as `createWaitingScorer`
 */
export function createVersionScorer(
  artifact: (sha256: string) => Uint8Array,
  options: WaitingScorerOptions = {},
  thread?: URL,
): ClosableVersionScorer {
  const scorer = createWaitingScorer(options, thread);
  return {
    open(sha256, width) {
      // Features of a learner are missing at first: every model has to know what that is.
      scorer.open(sha256, artifact(sha256), { width, allowsMissing: true });
    },
    score: (sha256, rows) => scorer.score(sha256, rows),
    release: (sha256) => scorer.release(sha256),
    close: () => scorer.close(),
  };
}
