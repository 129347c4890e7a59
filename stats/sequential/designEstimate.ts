/**
 * Estimate of the effect from an experiment's counts: the difference of the arms' weighted means.
 *
 * Each unit weighs 1 over the probability of its own arm, so that ramps and bandits do not bias it; dividing by the sum of
 * the weights takes out most of their variance (Hájek 1971). The standard error is that of the linearised estimator. Neither
 * is an anytime-valid statement: `designMixture` makes those.
 */
import type { DesignGroup } from './designCounts.ts';

export interface DesignEstimate {
  /** Treatment less control, in the unit of the outcome's range; NaN while an arm is empty. */
  readonly effect: number;
  /** NaN while an arm is empty. */
  readonly standardError: number;
  readonly controlMean: number;
  readonly treatmentMean: number;
  readonly controlUnits: number;
  readonly treatmentUnits: number;
}

interface ArmSums {
  units: number;
  weight: number;
  weighted: number;
}

/** Calls `visit` for every cell of an arm that is not empty. */
function eachCell(
  groups: readonly DesignGroup[],
  arm: 0 | 1,
  visit: (count: number, weight: number, outcome: number) => void,
): void {
  for (const { low, high, counts } of groups) {
    const bins = counts.length / 4;
    for (let bound = 0; bound < 2; bound += 1) {
      const probability = bound === 0 ? low : high;
      const weight = 1 / (arm === 1 ? probability : 1 - probability);
      const row = (2 * arm + bound) * bins;
      for (let bin = 0; bin < bins; bin += 1) {
        const count = counts[row + bin]!;
        if (count > 0) visit(count, weight, bin / (bins - 1));
      }
    }
  }
}

function armMean(groups: readonly DesignGroup[], arm: 0 | 1) {
  const sums: ArmSums = { units: 0, weight: 0, weighted: 0 };
  eachCell(groups, arm, (count, weight, outcome) => {
    sums.units += count;
    sums.weight += count * weight;
    sums.weighted += count * weight * outcome;
  });
  const mean = sums.units > 0 ? sums.weighted / sums.weight : NaN;
  let squares = 0;
  eachCell(groups, arm, (count, weight, outcome) => {
    squares += count * (weight * (outcome - mean)) ** 2;
  });
  return { units: sums.units, mean, variance: squares / (sums.weight * sums.weight) };
}

/**
 * @example
 * // 100 units an arm at π = ½, 10 and 20 successes
 * const counts = Float64Array.of(90, 10, 0, 0, 80, 20, 0, 0);
 * designEstimate([{ period: 0, low: 0.5, high: 0.5, counts }]); // effect: 0.1, standardError: 0.05
 */
export function designEstimate(groups: readonly DesignGroup[]): DesignEstimate {
  const control = armMean(groups, 0);
  const treatment = armMean(groups, 1);
  return {
    effect: treatment.mean - control.mean,
    standardError: Math.sqrt(treatment.variance + control.variance),
    controlMean: control.mean,
    treatmentMean: treatment.mean,
    controlUnits: control.units,
    treatmentUnits: treatment.units,
  };
}
