/**
 * Classes of assignment probabilities, for policies that give every unit its own: counts stay few and bets stay bounded.
 *
 * The bounds are even in ln(π / (1 − π)), four to a unit, from .0025 to .9975. A unit is counted at one of the two bounds of
 * its class, chosen at random so that its inverse-probability weight keeps its mean; see `designCell`. That adds at most 2 %
 * to the variance of the weights.
 */
export interface ProbabilityClass {
  /** Smallest probability of treatment in the class, in (0, 1). */
  readonly low: number;
  /** Largest one; equal to `low` where the design states the probability. */
  readonly high: number;
}

const perUnit = 4;
const reach = 24;
const bounds = Float64Array.from(
  { length: 2 * reach + 1 },
  (_, i) => 1 / (1 + Math.exp((reach - i) / perUnit)),
);

/**
 * The class of a probability; a bound belongs to the class above it, the last to the one below.
 *
 * @throws RangeError when the probability is outside [.00248, .99752]: a floor of the policy keeps it inside
 *
 * @example
 * probabilityClass(0.5); // low: 0.5, high ≈ 0.5622
 */
export function probabilityClass(probability: number): ProbabilityClass {
  const last = bounds.length - 1;
  if (!(probability >= bounds[0]! && probability <= bounds[last]!)) {
    throw new RangeError(
      `probability: expected in [${bounds[0]}, ${bounds[last]}], got ${probability}`,
    );
  }
  let from = 0;
  let to = last;
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (bounds[middle]! <= probability) from = middle;
    else to = middle;
  }
  return { low: bounds[from]!, high: bounds[to]! };
}
