/**
 * Means of several figures of an arm and the covariance of these means, from exact cross-moments.
 *
 * As in `armEstimate`, a unit weighs 1 over the probability of its arm in its stage (Hájek 1971), and a ratio is made linear
 * around the arm's own (Deng, Knoblich & Lu 2018); where the weights are one number these are the plain means.
 */
import type { CrossMoments } from '../../stats/exact/crossMoments.ts';
import type {
  ExactCrossMomentsState,
  exactCrossMoments,
} from '../../stats/exact/exactCrossMoments.ts';
import { packedIndex, packedLength } from '../../stats/exact/packedSymmetric.ts';
import type { CovariateCell } from './experimentCounts.ts';

export interface ArmMoments {
  readonly units: number;
  readonly means: Float64Array;
  /** Of the means, packed as `packedSymmetric` says; not finite below two units. */
  readonly covariance: Float64Array;
}

/**
 * @param cells    of one arm
 * @param fold     of the figures' grids
 * @param weightOf of a unit by its stage; undefined: the stage does not count
 */
export function armMoments(
  cells: readonly CovariateCell[],
  fold: ReturnType<typeof exactCrossMoments>,
  weightOf: (stage: number) => number | undefined,
): ArmMoments {
  const stages = stageMoments(cells, fold).flatMap(([stage, moments]) => {
    const weight = weightOf(stage);
    return weight === undefined ? [] : [{ weight, moments }];
  });
  const size = fold.read(fold.initial()).means.length;
  const means = new Float64Array(size);
  let units = 0;
  let total = 0;
  for (const { weight, moments } of stages) {
    units += moments.count;
    total += weight * moments.count;
    for (let i = 0; i < size; i += 1) means[i]! += weight * moments.count * moments.means[i]!;
  }
  for (let i = 0; i < size; i += 1) means[i]! /= total;
  const covariance = new Float64Array(packedLength(size));
  const bessel = units / (units - 1);
  for (const { weight, moments } of stages) {
    const share = (weight / total) ** 2 * bessel;
    const away = moments.means.map((mean, i) => mean - means[i]!);
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j <= i; j += 1) {
        const at = packedIndex(i, j);
        covariance[at]! += share * (moments.products[at]! + moments.count * away[i]! * away[j]!);
      }
    }
  }
  return { units, means, covariance };
}

/** Partitions added up, ascending by stage; stages without units are left out. */
function stageMoments(
  cells: readonly CovariateCell[],
  fold: ReturnType<typeof exactCrossMoments>,
): [stage: number, moments: CrossMoments][] {
  const stages = new Map<number, ExactCrossMomentsState>();
  for (const { stage, tallies } of cells) {
    const state = stages.get(stage) ?? fold.initial();
    for (const tally of tallies) fold.merge(state, tally);
    stages.set(stage, state);
  }
  return [...stages]
    .filter(([, { count }]) => count > 0)
    .sort(([a], [b]) => a - b)
    .map(([stage, state]) => [stage, fold.read(state)]);
}

/** The first two figures, numerator and denominator, as their ratio. */
export function asRatio({ units, means, covariance }: ArmMoments): ArmMoments {
  const size = means.length - 1;
  const [numerator, denominator] = [means[0]!, means[1]!];
  const ratio = numerator / denominator;
  // Rows of the linear map: the ratio's deviations are (n − R d) / D.
  const weights = [1 / denominator, -ratio / denominator];
  const at = (i: number, j: number) => covariance[packedIndex(i, j)]!;
  const mapped = new Float64Array(packedLength(size));
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      mapped[packedIndex(i, j)] =
        j > 0
          ? at(i + 1, j + 1)
          : i > 0
            ? weights[0]! * at(i + 1, 0) + weights[1]! * at(i + 1, 1)
            : weights[0]! ** 2 * at(0, 0) +
              2 * weights[0]! * weights[1]! * at(1, 0) +
              weights[1]! ** 2 * at(1, 1);
    }
  }
  return { units, means: Float64Array.of(ratio, ...means.subarray(2)), covariance: mapped };
}
