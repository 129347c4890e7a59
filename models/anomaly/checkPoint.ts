/** What a point of an anomaly model must be: finite numbers, as many as the features. */

/** Beyond it sums of squares and of ranges would overflow. */
const largest = 1e150;

/** @throws RangeError naming what is wrong; a point that passes changes nothing */
export function checkPoint(point: ArrayLike<number>, features: number, name = 'point'): void {
  if (point.length !== features) {
    throw new RangeError(`${name}: expected ${features} values, got ${point.length}`);
  }
  for (let i = 0; i < features; i += 1) {
    const value = point[i]!;
    if (value >= -largest && value <= largest) continue;
    throw new RangeError(`${name}: expected finite values, got ${value} at ${i}`);
  }
}
