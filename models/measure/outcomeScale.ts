/**
 * How a unit's outcome becomes integers: a bin of a fixed scale, and exact steps of its numerator and denominator.
 *
 * A function of the metric's definition alone, so that whoever counts and whoever reads the counts agree. Outcomes with bounds
 * lie on an even grid from the least to the largest value, rounded at random with their mean kept (`roundToGrid`), as the
 * design-based test needs them; the others, which are compared by rank, in bins even in the logarithm.
 */
import { capOf, type ExperimentMetric } from '../../contracts/experimentMetric.ts';
import { addInteger, addProduct } from '../../stats/exact/exactSum.ts';
import { roundToGrid } from '../../stats/sequential/roundToGrid.ts';
import type { Measured } from './accumulator.ts';

/** `grid`: bin i is the outcome least + i (largest − least) / (bins − 1). `rank`: bins have an order only. */
export type ScaleKind = 'grid' | 'rank';

export interface OutcomeScale {
  readonly kind: ScaleKind;
  readonly bins: number;
  /** Bounds of a grid, in the metric's unit; of ranks ±Infinity unless the metric has a cap. */
  readonly least: number;
  readonly largest: number;
  /** Steps of the exact sums in one unit of the numerator and of the denominator; powers of two. */
  readonly numeratorPerUnit: number;
  readonly denominatorPerUnit: number;
  /** @param draw uniform in [0, 1), the unit's own */
  binOf(measured: Measured, draw: number): number;
}

const gridBins = 64;
/** Of a rank scale: bins to a doubling, and doublings either way from 1. */
const binsPerOctave = 4;
const octavesBelow = 10;
const octavesAbove = 20;
/** Bins of each sign. */
const sideBins = (octavesBelow + octavesAbove) * binsPerOctave;
/** One bin for 0, and one, the first, for a ratio whose denominator is 0. */
export const rankBins = 2 * sideBins + 2;
/** Largest step of an exact sum. */
export const stepsMax = 2 ** 31;
const denominatorPerUnit = 2 ** 10;

/** Exact sums of a cell: Σn, Σd, Σn², Σd², Σnd, in steps. */
export const outcomeSums = 5;

/** @param metric checked by its schema */
export function outcomeScale(metric: ExperimentMetric): OutcomeScale {
  const [least, largest] = capOf(metric) ?? [-Infinity, Infinity];
  const isRank = metric.kind === 'ratio' || metric.kind === 'quantile';
  const bins = isRank ? rankBins : metric.kind === 'binary' ? 2 : gridBins;
  const width = largest - least;
  return {
    kind: isRank ? 'rank' : 'grid',
    bins,
    least,
    largest,
    numeratorPerUnit: stepsPerUnit(metric, least, largest),
    denominatorPerUnit: isWhole(metric.denominator?.measure) ? 1 : denominatorPerUnit,
    binOf({ numerator, denominator }, draw) {
      const value = clamp(numerator, least, largest);
      if (isRank) return rankBin(value, denominator);
      return roundToGrid((value - least) / width, bins, draw);
    },
  };
}

/** Bin of a ratio, or of a number with the denominator 1. */
function rankBin(numerator: number, denominator: number): number {
  if (denominator === 0) return 0;
  const ratio = numerator / denominator;
  const zero = sideBins + 1;
  if (ratio === 0) return zero;
  const place = Math.floor((Math.log2(Math.abs(ratio)) + octavesBelow) * binsPerOctave);
  const distance = 1 + clamp(place, 0, sideBins - 1);
  return ratio > 0 ? zero + distance : zero - distance;
}

/**
 * Least and largest value of a rank bin, of its sign; both 0 for the bin of 0, NaN for that of a denominator 0.
 *
 * @throws RangeError when there is no such bin
 */
export function rankBounds(bin: number): readonly [number, number] {
  if (!(Number.isInteger(bin) && bin >= 0 && bin < rankBins)) {
    throw new RangeError(`bin: expected 0 … ${rankBins - 1}, got ${bin}`);
  }
  if (bin === 0) return [Number.NaN, Number.NaN];
  const distance = bin - (sideBins + 1);
  if (distance === 0) return [0, 0];
  const place = Math.abs(distance) - 1;
  const near = 2 ** (place / binsPerOctave - octavesBelow);
  const far = 2 ** ((place + 1) / binsPerOctave - octavesBelow);
  return distance > 0 ? [near, far] : [-far, -near];
}

/** Adds a unit to the exact sums of its cell; what lies beyond the scale's bounds counts as the bound. */
export function addOutcome(
  { least, largest, numeratorPerUnit, denominatorPerUnit: perUnit }: OutcomeScale,
  sums: Float64Array,
  { numerator, denominator }: Measured,
): void {
  const n = steps(clamp(numerator, least, largest), numeratorPerUnit);
  const d = steps(denominator, perUnit);
  addInteger(sums, 0, n);
  addInteger(sums, 1, d);
  addProduct(sums, 2, n, n);
  addProduct(sums, 3, d, d);
  addProduct(sums, 4, n, d);
}

function steps(value: number, perUnit: number): number {
  return clamp(Math.round(value * perUnit), -stepsMax, stepsMax);
}

/** As fine as the bounds allow; whole numbers where nothing else can come. */
function stepsPerUnit(metric: ExperimentMetric, least: number, largest: number): number {
  if (metric.kind === 'binary' || isWhole(metric.measure)) return 1;
  const size = Math.max(Math.abs(least), Math.abs(largest));
  if (!(size < Infinity)) return denominatorPerUnit;
  return 2 ** Math.floor(Math.log2(stepsMax / Math.max(size, 2 ** -20)));
}

function isWhole(measure: ExperimentMetric['measure'] | undefined): boolean {
  return measure === undefined || measure.of !== 'value';
}

function clamp(value: number, least: number, largest: number): number {
  return Math.min(largest, Math.max(least, value));
}
