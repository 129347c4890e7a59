/**
 * The probability that one look excludes 0, when the standard error is estimated from the same means that are compared.
 *
 * The means of the arms are normal; given control's mean, the treatment means that lie outside are found, and integrated. That
 * matters for lifts, whose standard error grows with the lift, and for rates and counts: a formula with the variance of the
 * expected means is off by up to 4 points.
 */
import type { Interval } from '../interval.ts';
import { bracketedRoot } from '../special/bracketedRoot.ts';
import { gaussLegendre } from '../special/gaussLegendre.ts';
import { noncentralTTwoSidedPower } from '../special/noncentralT.ts';
import { normalDensity, normalTail } from '../special/normal.ts';

/** Two arms at a look. */
export interface MarginalLook {
  /** Expected means. */
  readonly treatment: number;
  readonly control: number;
  /** Variances of the means. */
  readonly treatmentVariance: number;
  readonly controlVariance: number;
  /** The variance of an outcome as a function of the mean, up to a factor; constant for real outcomes. */
  readonly variance: (mean: number) => number;
  /** What a mean can be: 0 to 1 for a rate; infinite ends for real outcomes. */
  readonly range: Interval;
  readonly analysis: 'difference' | 'lift';
  /** Degrees of freedom of the estimated variance, ≥ 1. */
  readonly freedom: number;
}

/** Degrees of freedom from which the t statistic is taken for normal. */
const freedomMax = 1000;
const rule = gaussLegendre(24);
/** Standard deviations of control's mean over which is integrated. */
const reach = 6;

/** Standardized effect of the difference. */
export function shiftOf(look: MarginalLook): number {
  const variance = look.treatmentVariance + look.controlVariance;
  return Math.abs(look.treatment - look.control) / Math.sqrt(variance);
}

/** The bound of a normal score with mean `shift` that is crossed with probability `outside`; Infinity for next to never. */
export function boundOf(outside: number, shift: number): number {
  if (!(outside > 1e-9)) return Infinity;
  if (outside >= 1) return 0;
  const excess = (z: number): number => normalTail(z - shift) + normalTail(z + shift) - outside;
  return bracketedRoot(excess, 0, shift + 40, 1e-9);
}

/** P(|estimate| > bound × its estimated standard error), the standard error a function of the means. */
function outsideByMeans(bound: number, look: MarginalLook): number {
  const { treatment, control, treatmentVariance, controlVariance, variance, range, analysis } =
    look;
  const spread = Math.sqrt(treatmentVariance);
  const base = Math.sqrt(controlVariance);
  const ofTreatment = treatmentVariance / variance(treatment);
  const ofControl = controlVariance / variance(control);
  /** The treatment mean at which the statistic is ± bound, by iteration. */
  const border = (mean: number, sign: 1 | -1): number => {
    let at = treatment; // not `mean`: at a rate of 0 without variance the iteration would stay
    for (let round = 0; round < 60; round += 1) {
      const ratio = analysis === 'lift' ? at / mean : 1;
      const square = ofTreatment * variance(at) + ratio * ratio * ofControl * variance(mean);
      const next = mean + sign * bound * Math.sqrt(Math.max(0, square));
      if (Math.abs(next - at) <= 1e-10 * spread) return next;
      // The first steps overshoot where the variance grows fast.
      at = round < 20 ? next : 0.5 * (at + next);
    }
    return at;
  };
  let sum = 0;
  for (let i = 0; i < rule.nodes.length; i += 1) {
    const z = reach * rule.nodes[i]!;
    const mean = Math.min(range.upper, Math.max(range.lower, control + base * z));
    const above = normalTail((border(mean, 1) - treatment) / spread);
    const below = normalTail((treatment - border(mean, -1)) / spread);
    sum += rule.weights[i]! * normalDensity(z) * (above + below);
  }
  return Math.min(1, reach * sum);
}

/**
 * P(the look excludes 0).
 *
 * @param bound in standard errors, > 0
 */
export function marginalPower(bound: number, look: MarginalLook): number {
  if (bound === Infinity) return 0;
  const shift = shiftOf(look);
  const few = look.freedom < freedomMax;
  const byT = few ? noncentralTTwoSidedPower(bound, look.freedom, shift) : NaN;
  const constant = look.variance(look.control) === look.variance(look.treatment);
  if (constant && look.analysis === 'difference') {
    return few ? byT : normalTail(bound - shift) + normalTail(bound + shift);
  }
  // The estimated variance first, as a bound for known variance; then its dependence on the means.
  const normalBound = few ? boundOf(byT, shift) : bound;
  return normalBound === Infinity ? 0 : outsideByMeans(normalBound, look);
}
