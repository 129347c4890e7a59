/**
 * The share of units to which something has happened by an age, when some have not lived long enough to tell.
 *
 * Source: Kaplan & Meier 1958; Greenwood 1926 (variance); Kalbfleisch & Prentice 1980 (interval on the log-log scale).
 */
import type { IntervalEstimate } from '../interval.ts';

/** Counts at one age. */
export interface AgeCounts {
  readonly age: number;
  /** Units to which it happened at that age. */
  readonly events: number;
  /** Units that were watched up to that age, without it. */
  readonly censored: number;
}

export interface KaplanMeierStep {
  readonly age: number;
  /** Share to which it has not happened up to and with this age, in [0, 1]. */
  readonly survival: number;
  /** Σ events / (at risk × (at risk − events)): variance of the survival / its square; ∞ when it is 0. */
  readonly variance: number;
}

export interface KaplanMeierCurve {
  /** One for each age at which it happened, ascending. */
  readonly steps: readonly KaplanMeierStep[];
  /** Largest age that was watched; −∞ of nobody. */
  readonly ageMax: number;
}

/** @param counts ascending by age; a unit that is censored at an age was at risk at it */
export function kaplanMeier(counts: readonly AgeCounts[]): KaplanMeierCurve {
  let atRisk = 0;
  for (const { events, censored } of counts) atRisk += events + censored;
  const steps: KaplanMeierStep[] = [];
  let survival = 1;
  let variance = 0;
  for (const { age, events, censored } of counts) {
    const before = atRisk;
    atRisk -= events + censored;
    if (events === 0) continue;
    survival *= (before - events) / before;
    variance += events / (before * (before - events));
    steps.push({ age, survival, variance });
  }
  return { steps, ageMax: counts.at(-1)?.age ?? -Infinity };
}

/**
 * Share to which it has happened by an age; NaN beyond the ages that were watched, where the interval says only what
 * happened before.
 *
 * @param quantile two-sided, of the standard normal
 */
export function shareBy(
  { steps, ageMax }: KaplanMeierCurve,
  age: number,
  quantile: number,
): IntervalEstimate {
  const step = steps.findLast((each) => each.age <= age);
  const isWatched = age <= ageMax;
  if (step === undefined) return { estimate: isWatched ? 0 : NaN, lower: 0, upper: 1 };
  const { survival, variance } = step;
  if (survival <= 0) return { estimate: 1, lower: 0, upper: 1 };
  const hazard = -Math.log(survival);
  const factor = Math.exp((quantile * Math.sqrt(variance)) / hazard);
  return {
    estimate: isWatched ? 1 - survival : NaN,
    lower: -Math.expm1(-hazard / factor),
    upper: isWatched ? -Math.expm1(-hazard * factor) : 1,
  };
}

/** Age by which it has happened to a share of the units, in (0, 1); ∞ when it has not. */
export function ageOf({ steps }: KaplanMeierCurve, share: number): number {
  // Products of shares are rounded: 0.9 × … may miss 1 − share by their error.
  return steps.find(({ survival }) => survival <= (1 - share) * (1 + 1e-12))?.age ?? Infinity;
}
