/**
 * By how much one set of predictions is better than another of the same rows, where the rows of a user are not independent.
 *
 * Source: Liang & Zeger 1986 (mean over clusters); Obuchowski 1997 (area under the ROC curve of clustered data).
 */
import { logLoss } from '../../stats/logLoss.ts';
import { clusterRatio } from '../../stats/testing/clusterRatio.ts';
import { type FixedHorizonResult, fixedHorizon } from '../../stats/testing/fixedHorizon.ts';

export interface PairedRows {
  /** Probabilities in (0, 1). */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** 0 or 1. */
  readonly labels: Float64Array;
  /** Numbers of the users. */
  readonly users: Int32Array;
}

const alpha = 0.05;

/** Log loss of each row. */
export function lossesOf(probabilities: Float64Array, labels: Float64Array): Float64Array {
  return probabilities.map((p, row) => logLoss(labels[row] === 1 ? p : 1 - p));
}

/** Log loss of the first less that of the second, with its 95 % interval: below 0 the first is better. */
export function lossDifference({ first, second, labels, users }: PairedRows): FixedHorizonResult {
  const before = lossesOf(second, labels);
  const differences = lossesOf(first, labels).map((loss, row) => loss - before[row]!);
  const { sums, counts } = byUser(differences, users);
  return fixedHorizon(clusterRatio({ sums, counts }), { alpha });
}

/** AUC of the first less that of the second, with its 95 % interval: above 0 the first is better. */
export function aucDifference({ first, second, labels, users }: PairedRows): FixedHorizonResult {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const negatives = labels.length - positives;
  const before = placements(second, labels);
  const differences = placements(first, labels).map((place, row) => place - before[row]!);
  let estimate = 0;
  for (let row = 0; row < labels.length; row += 1) {
    if (labels[row] === 1) estimate += differences[row]! / positives;
  }
  // What each row adds beside the mean: the difference moves by it when the row is left out, to first order.
  const influences = differences.map(
    (difference, row) => (difference - estimate) / (labels[row] === 1 ? positives : negatives),
  );
  const { sums } = byUser(influences, users);
  const count = sums.length;
  const squares = sums.reduce((sum, x) => sum + x * x, 0);
  const variance = (squares * count) / (count - 1);
  return fixedHorizon({ estimate, variance, freedom: count - 1 }, { alpha });
}

/** Of each row the share of the other class that it is rightly ordered with, ties ½. */
function placements(scores: Float64Array, labels: Float64Array): Float64Array {
  const { length } = scores;
  const order = Uint32Array.from({ length }, (_, row) => row);
  order.sort((left, right) => scores[left]! - scores[right]!);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const negatives = length - positives;
  const places = new Float64Array(length);
  let below = 0;
  for (let start = 0, end = 0; start < length; start = end) {
    const score = scores[order[start]!]!;
    let tied = 0;
    for (end = start; end < length && scores[order[end]!] === score; end += 1) {
      tied += labels[order[end]!]!;
    }
    const negativesBelow = start - below + (end - start - tied) / 2;
    const positivesAbove = positives - below - tied / 2;
    for (let i = start; i < end; i += 1) {
      const row = order[i]!;
      places[row] = labels[row] === 1 ? negativesBelow / negatives : positivesAbove / positives;
    }
    below += tied;
  }
  return places;
}

function byUser(
  values: Float64Array,
  users: Int32Array,
): { readonly sums: number[]; readonly counts: number[] } {
  const places = new Map<number, number>();
  const sums: number[] = [];
  const counts: number[] = [];
  for (let row = 0; row < values.length; row += 1) {
    const user = users[row]!;
    const place = places.get(user) ?? sums.length;
    if (place === sums.length) {
      places.set(user, place);
      sums.push(0);
      counts.push(0);
    }
    sums[place]! += values[row]!;
    counts[place]! += 1;
  }
  return { sums, counts };
}
