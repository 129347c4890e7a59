/** A differentiable model of encoded rows: its score, and the way of a slope back to the parameters. */

export interface Passes {
  /** Score of the row that begins at `at`. */
  forward(parameters: Float64Array, columns: Float64Array, at: number): number;
  /**
   * Adds to the gradient what `slope`, of the loss by the score, makes of it.
   *
   * For the row that went forward last.
   */
  backward(parameters: Float64Array, gradient: Float64Array, slope: number): void;
}
