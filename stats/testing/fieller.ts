/**
 * Interval of a relative lift that holds also where control may be 0: the set of lifts that a test does not reject.
 *
 * It may be unbounded, and says so: where control is not distinguishable from 0 no data exclude huge lifts.
 * Source: Fieller 1954, "Some problems in interval estimation".
 */
import { studentTTwoSided } from '../special/studentT.ts';
import { type Estimate, satterthwaite } from './estimate.ts';

export interface FiellerSet {
  /**
   * `bounded`: the lifts in [lower, upper]. `outside`: those at most `lower` and those at least `upper`. `everything`: all;
   * the ends are infinite.
   */
  readonly kind: 'bounded' | 'outside' | 'everything';
  readonly lower: number;
  readonly upper: number;
}

/**
 * The lifts (treatment − control) / |control| that are compatible with two independent arms.
 *
 * @param alpha error level, in (0, 1)
 *
 * @example
 * fiellerLift(
 *   { estimate: 11, variance: 0.25, freedom: Infinity },
 *   { estimate: 10, variance: 0.25, freedom: Infinity },
 *   0.05,
 * ); // bounded, ≈ −0.0361 to 0.2574
 */
export function fiellerLift(treatment: Estimate, control: Estimate, alpha: number): FiellerSet {
  const b = treatment.estimate;
  const a = control.estimate;
  const scaled = (b / a) * (b / a) * control.variance;
  const own = satterthwaite(treatment.variance, treatment.freedom, scaled, control.freedom);
  // Where control is 0 the lift has no variance to share out: the smaller freedom is on the safe side.
  const freedom = own > 0 ? own : Math.min(treatment.freedom, control.freedom);
  const square = studentTTwoSided(alpha, freedom) ** 2;
  // Ratios r with (b − r a)² ≤ square (V_b + r² V_a), a quadratic inequality.
  const leading = a * a - square * control.variance;
  const last = b * b - square * treatment.variance;
  const discriminant =
    square *
    (a * a * treatment.variance +
      b * b * control.variance -
      square * treatment.variance * control.variance);
  if (leading <= 0 && discriminant <= 0) {
    return { kind: 'everything', lower: -Infinity, upper: Infinity };
  }
  const root = Math.sqrt(discriminant);
  // The root without cancellation, and the other by the product of the roots.
  const sum = a * b + (a * b >= 0 ? root : -root);
  const first = sum / leading;
  const second = sum === 0 ? first : last / sum;
  const sign = a < 0 ? -1 : 1;
  const lifts = [sign * (first - 1), sign * (second - 1)].sort((left, right) => left - right);
  return { kind: leading > 0 ? 'bounded' : 'outside', lower: lifts[0]!, upper: lifts[1]! };
}
