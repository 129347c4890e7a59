/**
 * Where the design-based mixture of bets excludes 0, for a planned experiment.
 *
 * Unit by unit the bet on effect s δ multiplies its wealth by 1 + s λ D, D = W (Y − m) with E D = τ, λ = δ π (1 − π) / σ up to
 * a largest stake. Let S = Σ π (1 − π) D, whose mean is τ v and whose variance is Ω. Given S the logarithm of the wealth of a
 * bet is nearly linear,
 *
 *     Σ n E ln(1 + s λ D) + (S − τ v) Σ n π (1 − π) Cov(ln(1 + s λ D), D) / Ω,
 *
 * sums over the stages of the traffic; the boundary is the S / √Ω at which the mixture of the bets reaches 1 / alpha. Growth
 * and covariance are those of the planned outcomes, so that skewness, uneven splits and stakes count; what is left out is
 * that the first units teach the bets their m and σ.
 *
 * Source: for the bets, Waudby-Smith & Ramdas 2024, 2010.09686, and Ham et al. 2022, 2210.08639.
 */
import type { BetPortfolio } from '../sequential/betPortfolio.ts';
import { bracketedRoot } from '../special/bracketedRoot.ts';
import type { Boundary } from './boundary.ts';
import { type PlannedEffect, type PlannedMetric, plannedArms } from './plannedMetric.ts';
import { stagesBy, type TrafficStage } from './trafficPlan.ts';

export interface DesignBasedOptions {
  readonly alpha: number;
  readonly portfolio: BetPortfolio;
  readonly metric: PlannedMetric;
  readonly effect: PlannedEffect;
  readonly traffic: readonly TrafficStage[];
  /** Days from exposure to outcome; 0 by default. */
  readonly outcomeDays?: number;
  /** Largest part of its wealth that a bet on a yes-or-no outcome may lose at one unit; 0.9 by default. */
  readonly stake?: number;
}

/** Values of an outcome less the centre, and their probabilities. */
interface Outcomes {
  readonly values: readonly number[];
  readonly chances: readonly number[];
}

/** Two values for a rate; otherwise three with the moments of a normal outcome up to the fifth. */
function outcomesOf(binary: boolean, mean: number, variance: number, centre: number): Outcomes {
  if (binary) return { values: [-centre, 1 - centre], chances: [1 - mean, mean] };
  const apart = Math.sqrt(3 * variance);
  const middle = mean - centre;
  return { values: [middle - apart, middle, middle + apart], chances: [1 / 6, 2 / 3, 1 / 6] };
}

/** Of one bet at one split: mean of ln(1 + s λ D) and its covariance with D. */
interface Growth {
  readonly mean: number;
  readonly covariance: number;
}

function growthOf(
  signedBet: number,
  share: number,
  treatment: Outcomes,
  control: Outcomes,
  tau: number,
): Growth {
  let mean = 0;
  let product = 0;
  const add = ({ values, chances }: Outcomes, arm: number, weight: number): void => {
    values.forEach((value, i) => {
      const score = weight * value;
      // A bet that an impossible normal outcome would ruin keeps a thousandth.
      const log = Math.log(Math.max(1e-3, 1 + signedBet * score));
      mean += arm * chances[i]! * log;
      product += arm * chances[i]! * log * (score - tau);
    });
  };
  add(treatment, share, 1 / share);
  add(control, 1 - share, -1 / (1 - share));
  return { mean, covariance: product };
}

/** Every bet at one split: effects in order, first on an increase, then on a decrease. */
interface Split {
  readonly growths: readonly Growth[];
  readonly variance: number;
}

/**
 * The boundary of one planned experiment: it depends on effect and traffic as the bets do.
 *
 * @throws RangeError when alpha is outside (0, 1), or metric and effect do not fit
 */
export function designBasedBoundary({
  alpha,
  portfolio: { effects, weights },
  metric,
  effect,
  traffic,
  outcomeDays = 0,
  stake = 0.9,
}: DesignBasedOptions): Boundary {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  const arms = plannedArms(metric, effect);
  const tau = arms.treatment - arms.control;
  const centre = arms.control;
  const deviation = Math.sqrt(arms.controlVariance);
  const binary = metric.kind === 'binary';
  const treatment = outcomesOf(binary, arms.treatment, arms.treatmentVariance, centre);
  const control = outcomesOf(binary, arms.control, arms.controlVariance, centre);
  const bets = effects.length;

  const splitOf = (share: number): Split => {
    const pair = share * (1 - share);
    const growths: Growth[] = [];
    for (const sign of [1, -1]) {
      const nearer = sign === 1 ? centre : 1 - centre;
      const worst = Math.max(nearer / share, (1 - nearer) / (1 - share));
      const largest = binary ? stake / (1 + worst) : Infinity;
      for (let j = 0; j < bets; j += 1) {
        const bet = Math.min((effects[j]! * pair) / deviation, largest);
        growths.push(growthOf(sign * bet, share, treatment, control, tau));
      }
    }
    const variance =
      (arms.treatmentVariance + (arms.treatment - centre) ** 2) / share +
      (arms.controlVariance + (arms.control - centre) ** 2) / (1 - share) -
      tau * tau;
    return { growths, variance };
  };
  const splits = new Map(traffic.map(({ treatmentShare: share }) => [share, splitOf(share)]));
  const target = -Math.log(alpha);
  const means = new Float64Array(2 * bets);
  const slopes = new Float64Array(2 * bets);

  return ({ day }) => {
    means.fill(0);
    slopes.fill(0);
    let total = 0;
    let drift = 0;
    for (const { units, treatmentShare } of stagesBy(traffic, day - outcomeDays)) {
      const pair = treatmentShare * (1 - treatmentShare);
      const { growths, variance } = splits.get(treatmentShare)!;
      total += units * pair * pair * variance;
      drift += units * pair * tau;
      growths.forEach(({ mean, covariance }, bet) => {
        means[bet]! += units * mean;
        slopes[bet]! += units * pair * covariance;
      });
    }
    const root = Math.sqrt(total);
    const side = tau > 0 ? 1 : -1;
    /** ln wealth − ln 1 / alpha at S = side × z × √Ω. */
    const excess = (z: number): number => {
      const apart = (side * z * root - drift) / total;
      let largest = -Infinity;
      for (let bet = 0; bet < 2 * bets; bet += 1) {
        largest = Math.max(largest, means[bet]! + slopes[bet]! * apart);
      }
      let sum = 0;
      for (let bet = 0; bet < 2 * bets; bet += 1) {
        const log = means[bet]! + slopes[bet]! * apart;
        sum += 0.5 * weights[bet % bets]! * Math.exp(log - largest);
      }
      return largest + Math.log(sum) - target;
    };
    let high = 4;
    while (excess(high) < 0 && high < 1e6) high *= 2;
    if (high >= 1e6) return Infinity;
    return excess(0) >= 0 ? 0 : bracketedRoot(excess, 0, high, 1e-9);
  };
}
