/**
 * Absolute area between two ROC curves: how differently a classifier ranks the ones of two groups, wherever that is along
 * the thresholds, also where the areas under both curves are equal.
 *
 * Source: Gardner, Brooks & Baker 2019, "Evaluating the fairness of predictive student models through slicing analysis".
 * Our own: the exact area between the broken lines; the test by dealing labels out to the groups at random, since the area
 * is above 0 by chance alone.
 */
import { randomState } from '../random.ts';
import { binomialDraw } from './binomialDraw.ts';
import { type LabelledScoresState, sumOf } from './labelledScores.ts';

/** Broken line from (0, 0) to (1, 1), false-positive rate and true-positive rate of each corner. */
interface RocCurve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Undefined of a group without ones or without zeros. */
function rocOf({ positives, negatives }: LabelledScoresState): RocCurve | undefined {
  const ones = sumOf(positives);
  const zeros = sumOf(negatives);
  if (ones === 0 || zeros === 0) return undefined;
  const x = new Float64Array(positives.length + 1);
  const y = new Float64Array(positives.length + 1);
  let corner = 0;
  let hits = 0;
  let falls = 0;
  for (let bin = positives.length - 1; bin >= 0; bin -= 1) {
    if (positives[bin] === 0 && negatives[bin] === 0) continue;
    hits += positives[bin]!;
    falls += negatives[bin]!;
    corner += 1;
    x[corner] = falls / zeros;
    y[corner] = hits / ones;
  }
  return { x, y };
}

/** Height of the segment that begins at corner `at`, at a place within it. */
function heightAt({ x, y }: RocCurve, at: number, place: number): number {
  const share = (place - x[at]!) / (x[at + 1]! - x[at]!);
  return y[at]! + share * (y[at + 1]! - y[at]!);
}

/**
 * @returns in [0, 1]; NaN when a group has no ones or no zeros
 */
export function abroca(first: LabelledScoresState, second: LabelledScoresState): number {
  const a = rocOf(first);
  const b = rocOf(second);
  if (a === undefined || b === undefined) return NaN;
  let area = 0;
  let place = 0;
  for (let i = 0, j = 0; place < 1; ) {
    // Upright parts have no width.
    while (a.x[i + 1]! <= place) i += 1;
    while (b.x[j + 1]! <= place) j += 1;
    const next = Math.min(a.x[i + 1]!, b.x[j + 1]!);
    const before = heightAt(a, i, place) - heightAt(b, j, place);
    const after = heightAt(a, i, next) - heightAt(b, j, next);
    const size = Math.abs(before) + Math.abs(after);
    const height = before * after >= 0 ? size / 2 : (before * before + after * after) / (2 * size);
    area += (next - place) * height;
    place = next;
  }
  return area;
}

/** Dealings for the test. */
const dealings = 199;

/**
 * Probability of an area as large if both groups had one ROC curve; the same counts always give the same.
 *
 * @returns in (0, 1], a multiple of 1/200; NaN as {@link abroca}
 */
export function abrocaP(first: LabelledScoresState, second: LabelledScoresState): number {
  const found = abroca(first, second);
  if (Number.isNaN(found)) return NaN;
  const random = randomState(1);
  const dealt = {
    first: { positives: first.positives.slice(), negatives: first.negatives.slice() },
    second: { positives: second.positives.slice(), negatives: second.negatives.slice() },
  };
  let asLarge = 1;
  for (let dealing = 0; dealing < dealings; dealing += 1) {
    for (const label of ['positives', 'negatives'] as const) {
      const share = sumOf(first[label]) / (sumOf(first[label]) + sumOf(second[label]));
      for (let bin = 0; bin < first[label].length; bin += 1) {
        const all = first[label][bin]! + second[label][bin]!;
        const own = all > 0 ? binomialDraw(random, all, share) : 0;
        dealt.first[label][bin] = own;
        dealt.second[label][bin] = all - own;
      }
    }
    // A dealing that leaves a group without a class tells nothing: it counts against the difference.
    if (!(abroca(dealt.first, dealt.second) < found)) asLarge += 1;
  }
  return asLarge / (dealings + 1);
}
