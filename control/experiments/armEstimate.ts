/**
 * Mean of an arm, or its ratio of sums, from exact sums.
 *
 * Through the stages of a ramp each unit weighs 1 over the probability of its arm, so that a baseline that drifts while the
 * weights change does not pass for an effect (Hájek 1971); where the weights are one number it is the plain mean, and its
 * variance the usual one. Source of the variance of a ratio: Deng, Knoblich & Lu 2018.
 */
import { type OutcomeScale, outcomeSums } from '../../models/measure/outcomeScale.ts';
import { exactSums, readExactly, readSum } from '../../stats/exact/exactSum.ts';
import type { Estimate } from '../../stats/testing/estimate.ts';
import { type Tally, tallySumsAt } from './experimentCounts.ts';

export interface ArmEstimate extends Estimate {
  readonly units: number;
  /** Standard deviation of a unit's outcome; of a ratio: of its linear part. NaN before the second unit. */
  readonly deviation: number;
}

/** Units of one stage and arm: means and centred sums, in the unit of the metric. */
export interface StageMoments {
  readonly stage: number;
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

/** Number of units of a stage, and their exact sums as `outcomeScale` has them. */
interface Sums {
  stage: number;
  units: number;
  readonly limbs: Float64Array;
}

const base = 2 ** 52;

/** Adds a tally; like `mergeSums`, without taking the sums out of the tally first. */
function add(sums: Sums, tally: Tally): void {
  const { limbs } = sums;
  sums.units += tally[0]!;
  for (let limb = 0; limb < 2 * outcomeSums; limb += 2) {
    let low = limbs[limb]! + tally[tallySumsAt + limb]!;
    let high = limbs[limb + 1]! + tally[tallySumsAt + limb + 1]!;
    if (low >= base) {
      low -= base;
      high += 1;
    }
    limbs[limb] = low;
    limbs[limb + 1] = high;
  }
}

/** Sums that are filled again and again, one a stage. */
const spare: Sums[] = [];

function sumsAt(place: number, stage: number): Sums {
  const known = spare[place];
  if (known === undefined) {
    const made = { stage, units: 0, limbs: exactSums(outcomeSums) };
    spare.push(made);
    return made;
  }
  known.stage = stage;
  known.units = 0;
  known.limbs.fill(0);
  return known;
}

/** The moments of an arm's cells, ascending by stage; stages without units are left out. */
export function stageMoments(
  cells: readonly StagedCell[],
  scale: OutcomeScale,
  isRatio: boolean,
): StageMoments[] {
  let stages = 0;
  for (const { stage, tallies } of cells) {
    let place = 0;
    while (place < stages && spare[place]!.stage !== stage) place += 1;
    if (place === stages) {
      sumsAt(place, stage);
      stages += 1;
    }
    for (const tally of tallies) add(spare[place]!, tally);
  }
  const moments: StageMoments[] = [];
  for (let place = 0; place < stages; place += 1) {
    const sums = spare[place]!;
    if (sums.units > 0) moments.push(momentsOf(sums, scale, isRatio));
  }
  return moments.length > 1 ? moments.sort((a, b) => a.stage - b.stage) : moments;
}

function momentsOf(
  { stage, units, limbs }: Sums,
  { numeratorPerUnit: perNumerator, denominatorPerUnit: perDenominator }: OutcomeScale,
  isRatio: boolean,
): StageMoments {
  const centred = (product: number, a: number, b: number) => spread(limbs, units, product, a, b);
  return {
    stage,
    units,
    numerator: readSum(limbs, 0) / (units * perNumerator),
    // Of all but ratios the denominator is 1.
    denominator: isRatio ? readSum(limbs, 1) / (units * perDenominator) : 1,
    nn: centred(2, 0, 0) / (perNumerator * perNumerator),
    nd: isRatio ? centred(4, 0, 1) / (perNumerator * perDenominator) : 0,
    dd: isRatio ? centred(3, 1, 1) / (perDenominator * perDenominator) : 0,
  };
}

/**
 * Σxy − Σx Σy / n of the sums at the given places. Taken n times it is an integer, exact before it is divided: nothing is lost
 * where means are large and deviations small.
 */
function spread(limbs: Float64Array, units: number, product: number, a: number, b: number): number {
  const minuend = units * readSum(limbs, product);
  const subtrahend = readSum(limbs, a) * readSum(limbs, b);
  // Products below 2⁵³ in size are exact as they are.
  if (Math.abs(minuend) < base && Math.abs(subtrahend) < base) {
    return (minuend - subtrahend) / units;
  }
  const exact =
    BigInt(units) * readExactly(limbs, product) - readExactly(limbs, a) * readExactly(limbs, b);
  return Number(exact) / units;
}

/**
 * @param moments  of one arm
 * @param weightOf of a unit by its stage; undefined: the stage does not count
 * @returns NaN where there are no units, and a variance of NaN where there is but one
 */
export function armEstimate(
  moments: readonly StageMoments[],
  weightOf: (stage: number) => number | undefined,
): ArmEstimate {
  let units = 0;
  let numerator = 0;
  let denominator = 0;
  for (const each of moments) {
    const weight = weightOf(each.stage);
    if (weight === undefined) continue;
    units += each.units;
    numerator += weight * each.units * each.numerator;
    denominator += weight * each.units * each.denominator;
  }
  const estimate = numerator / denominator;
  let squares = 0;
  for (const each of moments) {
    const weight = weightOf(each.stage);
    if (weight === undefined) continue;
    const away = each.numerator - estimate * each.denominator;
    const within = each.nn - 2 * estimate * each.nd + estimate * estimate * each.dd;
    squares += weight ** 2 * (Math.max(0, within) + each.units * away * away);
  }
  const variance = ((squares / (denominator * denominator)) * units) / (units - 1);
  return { units, estimate, variance, freedom: Infinity, deviation: Math.sqrt(variance * units) };
}
