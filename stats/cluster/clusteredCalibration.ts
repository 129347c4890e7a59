/**
 * Expected calibration error of rows that depend on each other within clusters, with the part of it that chance alone may make.
 *
 * The error found is above 0 for the best of models: it adds up sizes of deviations, each of which is noise in part. By the triangle
 * inequality it is at most the true one, of these groups, plus the sum of the sizes of the noise. How large that sum may be is told
 * by a multiplier bootstrap: the residuals of each cluster, over all groups at once, times a standard normal number. So
 * error − noise is a lower bound of the true error, for few rows as well; error + noise an upper one.
 *
 * Source: Naeini, Cooper & Hauskrecht 2015 (the error); Bröcker & Smith 2007 (chance in reliability); Cameron, Gelbach & Miller 2008
 * (bootstrap by clusters); the bound is our own.
 */
import { calibrationGroups } from '../calibration.ts';
import type { IntervalEstimate } from '../interval.ts';
import { normal, randomState } from '../random.ts';
import { scoreBin, scoreBins } from '../scoreBins.ts';
import { clusteredMean, studentInterval } from './clusteredMean.ts';

export interface ClusteredPredictions {
  /** In [0, 1]. */
  readonly predicted: Float64Array;
  /** 0 or 1. */
  readonly labels: ArrayLike<number>;
  /** Number of the cluster of each row. */
  readonly clusters: ArrayLike<number>;
  /** ≥ 0; without them each row counts once. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** One group of neighbouring predictions. */
export interface ReliabilityPoint {
  /** Mean prediction. */
  readonly predicted: number;
  /** Share of ones, in its interval by clusters. */
  readonly observed: IntervalEstimate;
  readonly count: number;
}

export interface ClusteredCalibration extends IntervalEstimate {
  /** Mean of what chance alone adds up to: what to expect of the error of a calibrated model. */
  readonly noise: number;
  readonly clusters: number;
  /** In ascending order of the prediction. */
  readonly points: readonly ReliabilityPoint[];
}

export interface CalibrationOptions {
  /** Error level of each bound, in (0, 1). */
  readonly alpha: number;
  readonly groups?: number;
  readonly seed?: number;
}

/** Of the bootstrap. */
const draws = 499;

/**
 * The same rows always give the same figures. O(rows + draws × clusters × groups)
 *
 * @returns its estimate is NaN without rows, and the interval [0, 1] with fewer than two clusters
 */
export function clusteredCalibration(
  rows: ClusteredPredictions,
  { alpha, groups = calibrationGroups, seed = 1 }: CalibrationOptions,
): ClusteredCalibration {
  const members = groupsOf(rows, groups);
  const { predicted, labels, clusters, weights } = rows;
  const places = placesOf(rows);
  const count = places.size;
  /** By group and cluster. */
  const pushes = members.map(() => new Float64Array(count));
  const points: ReliabilityPoint[] = [];
  const shares: number[] = [];
  let estimate = members.length === 0 ? NaN : 0;
  /** Of the error in groups of one cluster alone, and their share: nothing tells how far off those may be by chance. */
  const alone = { error: 0, share: 0 };
  let total = 0;
  for (const group of members) for (const row of group) total += weights?.[row] ?? 1;
  for (const [g, group] of members.entries()) {
    const own = Float64Array.from(group, (row) => weights?.[row] ?? 1);
    const clustersOf = Int32Array.from(group, (row) => clusters[row]!);
    const meanOf = (value: (row: number) => number) =>
      clusteredMean({
        values: Float64Array.from(group, value),
        clusters: clustersOf,
        weights: own,
      });
    const observed = meanOf((row) => labels[row]!);
    const offset = meanOf((row) => labels[row]! - predicted[row]!).estimate;
    const weight = own.reduce((sum, each) => sum + each, 0);
    const share = weight / total;
    estimate += share * Math.abs(offset);
    if (observed.clusters > 1) {
      fillPushes(pushes[g]!, { group, places, own, rows, offset, weight });
      shares.push(share);
    } else {
      alone.error += share * Math.abs(offset);
      alone.share += share;
      shares.push(0);
    }
    const { lower, upper } = studentInterval(observed, alpha);
    points.push({
      predicted: meanOf((row) => predicted[row]!).estimate,
      observed: {
        estimate: observed.estimate,
        lower: Math.max(0, lower),
        upper: Math.min(1, upper),
      },
      count: group.length,
    });
  }
  const sums = noiseOf(pushes, shares, seed);
  const allowed = sums[Math.min(draws - 1, Math.ceil((1 - alpha) * (draws + 1)) - 1)]!;
  const isKnown = count > 1;
  const known = estimate - alone.error;
  return {
    estimate,
    lower: isKnown ? Math.max(0, known - allowed) : 0,
    upper: isKnown ? Math.min(1, known + allowed + alone.share) : 1,
    noise: isKnown ? sums.reduce((sum, each) => sum + each, 0) / draws : NaN,
    clusters: count,
    points,
  };
}

/** Rows of each group: runs of neighbouring score bins, closed once they hold their share of the weight. */
function groupsOf({ predicted, weights }: ClusteredPredictions, groups: number): Uint32Array[] {
  const byBin: number[][] = Array.from({ length: scoreBins }, () => []);
  let total = 0;
  for (let row = 0; row < predicted.length; row += 1) {
    const weight = weights?.[row] ?? 1;
    if (!(weight > 0)) continue;
    total += weight;
    byBin[scoreBin(predicted[row]!)]!.push(row);
  }
  const members: Uint32Array[] = [];
  let open: number[] = [];
  let seen = 0;
  for (const rows of byBin) {
    for (const row of rows) {
      open.push(row);
      seen += weights?.[row] ?? 1;
    }
    if (open.length === 0 || seen < ((members.length + 1) * total) / groups) continue;
    members.push(Uint32Array.from(open));
    open = [];
  }
  // Sums of fractions may end a little below the total.
  if (open.length > 0) members.push(Uint32Array.from(open));
  return members;
}

/** Place of each cluster that has weight. */
function placesOf({ clusters, weights, predicted }: ClusteredPredictions): Map<number, number> {
  const places = new Map<number, number>();
  for (let row = 0; row < predicted.length; row += 1) {
    if (!((weights?.[row] ?? 1) > 0) || places.has(clusters[row]!)) continue;
    places.set(clusters[row]!, places.size);
  }
  return places;
}

interface Residuals {
  readonly group: Uint32Array;
  readonly places: ReadonlyMap<number, number>;
  readonly own: Float64Array;
  readonly rows: ClusteredPredictions;
  readonly offset: number;
  readonly weight: number;
}

/** How much each cluster moves the offset of a group, as leaving it out tells: see `clusteredMean`. */
function fillPushes(into: Float64Array, residuals: Residuals): void {
  const { group, places, own, rows, offset, weight } = residuals;
  const { labels, predicted, clusters } = rows;
  const totals = new Float64Array(into.length);
  for (const [i, row] of group.entries()) {
    const place = places.get(clusters[row]!)!;
    into[place]! += own[i]! * (labels[row]! - predicted[row]! - offset);
    totals[place]! += own[i]!;
  }
  for (let place = 0; place < into.length; place += 1) {
    if (totals[place] === 0) continue;
    into[place]! /= weight - totals[place]!;
  }
}

/** The sum of the sizes of the noise, draw by draw, ascending. */
function noiseOf(
  pushes: readonly Float64Array[],
  shares: readonly number[],
  seed: number,
): Float64Array {
  const random = randomState(seed);
  const clusters = pushes[0]?.length ?? 0;
  const factors = new Float64Array(clusters);
  const sums = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw += 1) {
    for (let place = 0; place < clusters; place += 1) factors[place] = normal(random);
    for (const [g, push] of pushes.entries()) {
      let moved = 0;
      for (let place = 0; place < clusters; place += 1) moved += push[place]! * factors[place]!;
      sums[draw]! += shares[g]! * Math.abs(moved);
    }
  }
  return sums.sort();
}
