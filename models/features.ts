/** Sparse features of one row: positions in a weight vector and the values there; made once and filled anew per row. */
export interface Features {
  /** Features of a row; one that is absent has the value 0. */
  readonly count: number;
  /** Which weight each feature has. */
  readonly indices: Int32Array;
  readonly values: Float64Array;
  /** The weight of each feature when the row was last scored. */
  readonly weights: Float64Array;
}

/**
 * Features that are all there, with the value 1.
 *
 * @param count features of every row
 */
export function createFeatures(count: number): Features {
  return {
    count,
    indices: new Int32Array(count),
    values: new Float64Array(count).fill(1),
    weights: new Float64Array(count),
  };
}

/** The logistic function, 1 / (1 + e^−x). */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
