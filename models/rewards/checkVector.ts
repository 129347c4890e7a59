/**
 * Whether a decision's vector fits its learner: one that is too short would read as NaN, one too long as another row.
 *
 * @throws RangeError when it has another number of features
 */
export function checkVector(name: string, vector: Float64Array, size: number): void {
  if (vector.length !== size) {
    throw new RangeError(`${name}: expected ${size} features, got ${vector.length}`);
  }
}
