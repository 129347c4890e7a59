/**
 * Evidence with a known course, for the pages: no clock, no chance, no engine.
 *
 * Interval and e-value are those of the asymptotic confidence sequence (Waudby-Smith et al. 2021): they need no more than
 * counts, means and deviations, and look as the engine's own do.
 */
import type { ExperimentCourse } from '../../contracts/experimentApi.ts';
import type { MetricKind } from '../../contracts/experimentMetric.ts';
import type { Comparison, MetricResult, Reading } from '../../contracts/experimentResult.ts';

export interface Arm {
  readonly variant: string;
  /** Scored and exposed but not yet scored. */
  readonly units: number;
  readonly immature: number;
  readonly mean: number;
  readonly deviation: number;
}

const rho2 = 0.0012;

/** Looks irregular, is not random. */
export function wobble(index: number): number {
  return Math.sin(index * 1.7) * 0.6 + Math.sin(index * 0.37 + 1) * 0.4;
}

function standardError(control: Arm, arm: Arm): number {
  return Math.sqrt(control.deviation ** 2 / control.units + arm.deviation ** 2 / arm.units);
}

function look(control: Arm, arm: Arm, alpha: number) {
  const n = control.units + arm.units;
  const error = standardError(control, arm);
  const estimate = arm.mean - control.mean;
  const grown = n * rho2 + 1;
  const radius =
    error *
    Math.sqrt(n) *
    Math.sqrt(((2 * grown) / (n * n * rho2)) * Math.log(Math.sqrt(grown) / alpha));
  const lnE = -0.5 * Math.log(grown) + (rho2 * n * estimate ** 2) / (2 * error ** 2 * grown);
  return { estimate, radius, lnE, error };
}

/** @param isUpGood which change is good */
export function comparisonOf(
  control: Arm,
  arm: Arm,
  { alpha = 0.05, isUpGood = true, kind }: { alpha?: number; isUpGood?: boolean; kind: MetricKind },
): Comparison {
  const { variant } = arm;
  const method = kind === 'ratio' || kind === 'quantile' ? 'label-betting' : 'design-based';
  const none = { estimate: null, low: null, high: null };
  if (control.units < 2 || arm.units < 2) {
    return {
      variant,
      method,
      effect: none,
      asymptotic: none,
      relative: none,
      lnE: { either: 0, higher: 0, lower: 0 },
      p: 1,
      decided: false,
      direction: 'open',
      detectable: null,
    };
  }
  const { estimate, radius, lnE, error } = look(control, arm, alpha);
  const effect = { estimate, low: estimate - radius, high: estimate + radius };
  const byControl = (value: number) => value / control.mean;
  const decided = lnE >= Math.log(1 / alpha);
  return {
    variant,
    method,
    effect,
    asymptotic: { estimate, low: estimate - 0.85 * radius, high: estimate + 0.85 * radius },
    relative: {
      estimate: byControl(estimate),
      low: byControl(effect.low),
      high: byControl(effect.high),
    },
    lnE: {
      either: lnE,
      higher: estimate > 0 ? lnE + Math.LN2 : -3,
      lower: estimate < 0 ? lnE + Math.LN2 : -3,
    },
    p: Math.min(1, Math.exp(-lnE)),
    decided,
    direction: !decided ? 'open' : estimate > 0 === isUpGood ? 'good' : 'bad',
    detectable: error * 4.1,
  };
}

interface EvidenceOptions {
  readonly alpha?: number;
  readonly isUpGood?: boolean;
  /** Has covariates, and a prior. */
  readonly isAdjusted?: boolean;
  readonly isInformed?: boolean;
}

type ReadingOptions = EvidenceOptions & { readonly kind: MetricKind };

/** What a covariate that explains 36 % would leave, and a belief without a prior. */
function readingOf(
  control: Arm,
  arm: Arm,
  { alpha = 0.05, isUpGood = true, isAdjusted = false, isInformed = false, kind }: ReadingOptions,
): Reading {
  const { variant } = arm;
  if (control.units < 2 || arm.units < 2) return { variant, adjusted: null, bayesian: null };
  const { estimate, radius, error } = look(control, arm, alpha);
  const around = (half: number) => ({ estimate, low: estimate - half, high: estimate + half });
  const chance = 1 / (1 + Math.exp((-1.702 * estimate) / error));
  return {
    variant,
    adjusted: isAdjusted ? { effect: around(0.8 * radius), removed: 0.36, known: 0.91 } : null,
    bayesian: {
      ...{ method: kind === 'binary' ? 'beta' : 'normal', isInformed },
      effect: around(1.96 * error),
      better: isUpGood ? chance : 1 - chance,
      loss: error * (isUpGood ? 1 - chance : chance),
    },
  };
}

/** The first arm is the control. */
export function resultOf(
  metric: Pick<MetricResult, 'metric' | 'role' | 'kind'>,
  arms: readonly Arm[],
  options: EvidenceOptions = {},
): MetricResult {
  const [control, ...others] = arms;
  return {
    ...metric,
    arms: arms.map(({ units, mean, deviation, ...rest }) => ({
      ...rest,
      units,
      mean: units === 0 ? null : mean,
      deviation: units < 2 ? null : deviation,
    })),
    comparisons:
      control === undefined
        ? []
        : others.map((arm) => comparisonOf(control, arm, { ...options, kind: metric.kind })),
    readings:
      control === undefined
        ? []
        : others.map((arm) => readingOf(control, arm, { ...options, kind: metric.kind })),
  };
}

/** How the arms came to where they are: units grow evenly, the means settle. */
export function courseOf(
  metric: string,
  control: Arm,
  arm: Arm,
  {
    from,
    to,
    count = 120,
    alpha = 0.05,
  }: { from: number; to: number; count?: number; alpha?: number },
): ExperimentCourse {
  const points = Array.from({ length: count }, (_, i) => {
    const part = (i + 1) / count;
    const at = Math.round(from + (to - from) * part);
    const grown = (each: Arm) => ({ ...each, units: Math.round(each.units * part ** 1.2) });
    const [before, after] = [grown(control), grown(arm)];
    const units = before.units + after.units;
    if (before.units < 30 || after.units < 30) {
      return { at, units, estimate: null, low: null, high: null, lnE: 0 };
    }
    const shift = wobble(i) * standardError(before, after) * 0.6 * (1 - part);
    const { estimate, radius, lnE } = look(before, { ...after, mean: after.mean + shift }, alpha);
    return { at, units, estimate, low: estimate - radius, high: estimate + radius, lnE };
  });
  return { metric, variant: arm.variant, threshold: Math.log(1 / alpha), points };
}
