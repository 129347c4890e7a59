/**
 * Gauss–Legendre quadrature: the rule of any order, and an adaptive integral made of one.
 *
 * Source: Abramowitz & Stegun 1964, 25.4.29 (rule), 22.7.10 (recursion of the Legendre polynomials).
 */

export interface QuadratureRule {
  /** Ascending in (−1, 1). */
  readonly nodes: Float64Array;
  /** Positive; they add up to 2. */
  readonly weights: Float64Array;
}

const rules = new Map<number, QuadratureRule>();

/**
 * The rule on [−1, 1] that integrates polynomials of degree 2 × order − 1 exactly. Computed once, then remembered.
 *
 * @throws RangeError when order is not an integer above 0
 */
export function gaussLegendre(order: number): QuadratureRule {
  const known = rules.get(order);
  if (known !== undefined) return known;
  if (!(Number.isInteger(order) && order > 0)) {
    throw new RangeError(`order: expected an integer above 0, got ${order}`);
  }
  const nodes = new Float64Array(order);
  const weights = new Float64Array(order);
  for (let i = 0; i < (order + 1) >> 1; i += 1) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (order + 0.5));
    let slope = 1;
    for (let round = 0; round < 20; round += 1) {
      let value = 1;
      let before = 0;
      for (let k = 0; k < order; k += 1) {
        const next = ((2 * k + 1) * x * value - k * before) / (k + 1);
        before = value;
        value = next;
      }
      slope = (order * (x * value - before)) / (x * x - 1);
      const step = value / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    if (2 * i + 1 === order) x = 0;
    nodes[i] = -x;
    nodes[order - 1 - i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
    weights[order - 1 - i] = weights[i]!;
  }
  const rule = { nodes, weights };
  rules.set(order, rule);
  return rule;
}

/** The integral of f over [from, to] by one rule. */
export function integrateByRule(
  f: (x: number) => number,
  from: number,
  to: number,
  { nodes, weights }: QuadratureRule,
): number {
  const half = 0.5 * (to - from);
  const middle = 0.5 * (to + from);
  let sum = 0;
  for (let i = 0; i < nodes.length; i += 1) sum += weights[i]! * f(middle + half * nodes[i]!);
  return half * sum;
}

/**
 * The integral of f over [from, to], halved where two halves disagree with the whole.
 *
 * @param f         finite on the interval; a peak narrower than a fiftieth of it may be missed, so split there
 * @param tolerance absolute, of the whole
 *
 * @example
 * integrate(Math.exp, 0, 1); // ≈ 1.718281828459045
 */
export function integrate(
  f: (x: number) => number,
  from: number,
  to: number,
  tolerance = 1e-12,
): number {
  const rule = gaussLegendre(15);
  const refine = (
    left: number,
    right: number,
    whole: number,
    allowed: number,
    depth: number,
  ): number => {
    const middle = 0.5 * (left + right);
    const first = integrateByRule(f, left, middle, rule);
    const second = integrateByRule(f, middle, right, rule);
    const halves = first + second;
    if (depth === 0 || Math.abs(halves - whole) <= allowed) return halves;
    return (
      refine(left, middle, first, 0.5 * allowed, depth - 1) +
      refine(middle, right, second, 0.5 * allowed, depth - 1)
    );
  };
  return refine(from, to, integrateByRule(f, from, to, rule), tolerance, 40);
}
