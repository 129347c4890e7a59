/**
 * The argument at which an increasing function of the whole real line reaches zero, by Newton steps kept in a bracket.
 *
 * Made for ln P(X ≤ x) − ln p over a logarithmic or logistic scale, where Newton's method converges from anywhere.
 */

/**
 * @param evaluate writes value and slope at x into its second argument
 * @param guess    where to begin
 * @returns the root within a few roundings; ±Infinity when there is none below 1e6 in size
 */
export function monotoneRoot(
  evaluate: (x: number, into: { value: number; slope: number }) => void,
  guess: number,
): number {
  const at = { value: 0, slope: 0 };
  let low = -Infinity;
  let high = Infinity;
  let x = guess;
  let reach = 1;
  for (let round = 0; round < 400; round += 1) {
    evaluate(x, at);
    if (at.value === 0) return x;
    if (at.value < 0) low = x;
    else high = x;
    let next = x - at.value / at.slope;
    if (!(next > low && next < high) || Math.abs(next - x) > 4 * reach) {
      // A useless Newton step: double the reach until the root lies between, then halve.
      if (low === -Infinity) next = high - reach;
      else if (high === Infinity) next = low + reach;
      else next = 0.5 * (low + high);
      reach *= 2;
    }
    if (Math.abs(next - x) <= 2 * Number.EPSILON * Math.abs(next)) return next;
    if (high - low <= 2 * Number.EPSILON * Math.abs(x)) return x;
    if (Math.abs(next) > 1e6) return next > 0 ? Infinity : -Infinity;
    x = next;
  }
  return x;
}
