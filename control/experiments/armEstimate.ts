/**
 * Mean of an arm, or its ratio of sums, from exact sums.
 *
 * Through the stages of a ramp each unit weighs 1 over the probability of its arm, so that a baseline that drifts while the
 * weights change does not pass for an effect (Hájek 1971); where the weights are one number it is the plain mean, and its
 * variance the usual one. Source of the variance of a ratio: Deng, Knoblich & Lu 2018.
 */
import { type OutcomeScale, outcomeSums } from '../../models/measure/outcomeScale.ts';
import { exactSums, readExactly } from '../../stats/exact/exactSum.ts';
import type { Estimate } from '../../stats/testing/estimate.ts';
import { type Tally, tallySumsAt } from './experimentCounts.ts';

export interface ArmEstimate extends Estimate {
  readonly units: number;
  /** Standard deviation of a unit's outcome; of a ratio: of its linear part. NaN before the second unit. */
  readonly deviation: number;
}

/** Units of one weight: their number, and their exact sums as `outcomeScale` has them. */
interface Stratum {
  units: number;
  readonly sums: Float64Array;
}

/** Means and centred sums of a stratum, in the unit of the metric. */
interface StratumMoments {
  readonly weight: number;
  readonly units: number;
  readonly numerator: number;
  readonly denominator: number;
  /** Σ (n − n̄)², Σ (n − n̄)(d − d̄), Σ (d − d̄)². */
  readonly nn: number;
  readonly nd: number;
  readonly dd: number;
}

interface StagedCell {
  readonly stage: number;
  readonly tallies: readonly Tally[];
}

const base = 2 ** 52;

/** Adds a tally; like `mergeSums`, without taking the sums out of the tally first. */
function add(stratum: Stratum, tally: Tally): void {
  const { sums } = stratum;
  stratum.units += tally[0]!;
  for (let limb = 0; limb < 2 * outcomeSums; limb += 2) {
    let low = sums[limb]! + tally[tallySumsAt + limb]!;
    let high = sums[limb + 1]! + tally[tallySumsAt + limb + 1]!;
    if (low >= base) {
      low -= base;
      high += 1;
    }
    sums[limb] = low;
    sums[limb + 1] = high;
  }
}

/**
 * @param cells    of one arm
 * @param weightOf of a unit by its stage; undefined: the stage does not count
 * @returns NaN where there are no units, and a variance of NaN where there is but one
 */
export function armEstimate(
  cells: readonly StagedCell[],
  { numeratorPerUnit, denominatorPerUnit }: OutcomeScale,
  weightOf: (stage: number) => number | undefined,
): ArmEstimate {
  const strata = new Map<number, Stratum>();
  for (const { stage, tallies } of cells) {
    const weight = weightOf(stage);
    if (weight === undefined) continue;
    let stratum = strata.get(weight);
    if (stratum === undefined) {
      stratum = { units: 0, sums: exactSums(outcomeSums) };
      strata.set(weight, stratum);
    }
    for (const tally of tallies) add(stratum, tally);
  }
  // In one order, whatever that of the cells: the last bits depend on it.
  const moments = [...strata]
    .filter(([, { units }]) => units > 0)
    .sort(([a], [b]) => a - b)
    .map(([weight, stratum]) => momentsOf(weight, stratum, numeratorPerUnit, denominatorPerUnit));
  return estimateOf(moments);
}

/** n Σxy − Σx Σy is exact as integers: nothing is lost where means are large and deviations small. */
function momentsOf(
  weight: number,
  { units, sums }: Stratum,
  perNumerator: number,
  perDenominator: number,
): StratumMoments {
  const [n, d, nn, dd, nd] = [0, 1, 2, 3, 4].map((at) => readExactly(sums, at)) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const count = BigInt(units);
  return {
    weight,
    units,
    numerator: Number(n) / (units * perNumerator),
    denominator: Number(d) / (units * perDenominator),
    nn: Number(count * nn - n * n) / units / (perNumerator * perNumerator),
    nd: Number(count * nd - n * d) / units / (perNumerator * perDenominator),
    dd: Number(count * dd - d * d) / units / (perDenominator * perDenominator),
  };
}

function estimateOf(strata: readonly StratumMoments[]): ArmEstimate {
  let units = 0;
  let numerator = 0;
  let denominator = 0;
  for (const stratum of strata) {
    units += stratum.units;
    numerator += stratum.weight * stratum.units * stratum.numerator;
    denominator += stratum.weight * stratum.units * stratum.denominator;
  }
  const estimate = numerator / denominator;
  let squares = 0;
  for (const stratum of strata) {
    const away = stratum.numerator - estimate * stratum.denominator;
    const within = stratum.nn - 2 * estimate * stratum.nd + estimate * estimate * stratum.dd;
    squares += stratum.weight ** 2 * (Math.max(0, within) + stratum.units * away * away);
  }
  const variance = ((squares / (denominator * denominator)) * units) / (units - 1);
  return { units, estimate, variance, freedom: Infinity, deviation: Math.sqrt(variance * units) };
}
