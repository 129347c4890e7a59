/** Runs the files of versions for the data plane, whose operators wait for what they ask. */
export interface VersionScorer {
  /**
   * Fetches and opens a file; each `open` holds it once more.
   *
   * @param width features of a row
   * @throws EngineError ARTIFACT_UNAVAILABLE, ARTIFACT_CORRUPT, MODEL_UNUSABLE
   */
  open(sha256: string, width: number): void;
  /**
   * A prediction for each row, the same bits whatever rows it comes with.
   *
   * @param rows row-major, NaN where a value is missing
   * @throws EngineError MODEL_UNUSABLE
   */
  score(sha256: string, rows: Float32Array): Float32Array;
  /** Lets go of it; nothing happens when it is not open. */
  release(sha256: string): void;
}
