/**
 * The chance of each action to have the best score, when the scores are independent Gaussians: by quadrature, so that Thompson
 * sampling has exact probabilities without drawing.
 *
 * P(i is best) = ∫ f_i ∏_{j≠i} F_j, all actions at once at each point. Panels are halved until the 15-point Kronrod and the
 * 7-point Gauss rules agree for every action to 1e-6 (the Kronrod sums, which are used, are then far closer) and
 * until their total is what it must be, the increase of ∏ F_j over the panel, to 1e-11: a peak between the points cannot be
 * missed. Error of each probability below 1e-9 (test `bestProbabilities`).
 *
 * Source: Piessens et al. 1983, QUADPACK (the rules); Chapelle & Li 2011 (the integrand is Thompson sampling's).
 */
import { normalCdf } from '../../stats/special/normal.ts';
import { normalReach, normalsAt } from '../../stats/special/normalTable.ts';

/** Positive points of the 15-point Kronrod rule, outermost first; every second, from the second on, is Gauss's. */
const nodes = Float64Array.of(
  0.9914553711208126,
  0.9491079123427585,
  0.8648644233597691,
  0.7415311855993945,
  0.5860872354676911,
  0.4058451513773972,
  0.20778495500789848,
  0,
);
const kronrod = Float64Array.of(
  0.022935322010529224,
  0.06309209262997856,
  0.10479001032225019,
  0.14065325971552592,
  0.1690047266392679,
  0.19035057806478542,
  0.20443294007529889,
  0.20948214108472782,
);
const gauss = Float64Array.of(
  0,
  0.1294849661688697,
  0,
  0.27970539148927664,
  0,
  0.3818300505051189,
  0,
  0.4179591836734694,
);

const ruleTolerance = 1e-6;
const totalTolerance = 1e-11;
/** What the table's errors may add to a total, for each action. */
const totalNoise = 1e-12;
/** Scores within which no step overflows, and the least deviation that counts as one. */
const scoreMax = 1e300;
const deviationMin = 1e-300;
const panelsAtFirst = 3;
/** What may be left out at the lower end. */
const negligible = 1e-15;
const depthMax = 40;
/** Most panels of one integral: beyond it they are taken as they are, so that a choice cannot take long. Some 15 are usual. */
const panelsMax = 500;

/** Of the integral under way. */
let panels = 0;

/** Scratch, grown to the largest number of actions seen. */
let room = 0;
let places = new Int32Array(0);
let means = new Float64Array(0);
let inverses = new Float64Array(0);
let densities = new Float64Array(0);
let cdfs = new Float64Array(0);
let before = new Float64Array(0);
let finer = new Float64Array(0);
let coarser = new Float64Array(0);
let sums = new Float64Array(0);
const lefts = new Float64Array(2 * depthMax);
const rights = new Float64Array(2 * depthMax);
const leftProducts = new Float64Array(2 * depthMax);
const rightProducts = new Float64Array(2 * depthMax);

function reserve(count: number): void {
  if (count <= room) return;
  room = count;
  places = new Int32Array(count);
  means = new Float64Array(count);
  inverses = new Float64Array(count);
  densities = new Float64Array(count);
  cdfs = new Float64Array(count);
  before = new Float64Array(count);
  finer = new Float64Array(count);
  coarser = new Float64Array(count);
  sums = new Float64Array(count);
}

/** Puts the density of being best at x into `densities`, of each of the first `count`; returns ∏ F. */
function evaluate(x: number, count: number): number {
  normalsAt(x, means, inverses, count, cdfs, densities);
  let product = 1;
  for (let i = 0; i < count; i += 1) {
    before[i] = product;
    product *= cdfs[i]!;
  }
  let after = 1;
  for (let i = count - 1; i >= 0; i -= 1) {
    densities[i]! *= before[i]! * after;
    after *= cdfs[i]!;
  }
  return product;
}

/** Adds the integral over a panel to `sums` and returns true, or returns false when the panel must be halved. */
function integratePanel(
  left: number,
  right: number,
  leftProduct: number,
  rightProduct: number,
  count: number,
  last: boolean,
): boolean {
  const middle = 0.5 * (left + right);
  const half = 0.5 * (right - left);
  for (let i = 0; i < count; i += 1) {
    finer[i] = 0;
    coarser[i] = 0;
  }
  for (let node = 0; node < 15; node += 1) {
    const k = node < 8 ? node : 14 - node;
    evaluate(node < 8 ? middle - half * nodes[k]! : middle + half * nodes[k]!, count);
    const fine = kronrod[k]! * half;
    const coarse = gauss[k]! * half;
    for (let i = 0; i < count; i += 1) {
      const density = densities[i]!;
      finer[i]! += fine * density;
      coarser[i]! += coarse * density;
    }
  }
  let total = leftProduct - rightProduct;
  const allowed = totalTolerance + totalNoise * count;
  let worst = 0;
  for (let i = 0; i < count; i += 1) {
    total += finer[i]!;
    worst = Math.max(worst, Math.abs(finer[i]! - coarser[i]!));
  }
  if (!last && (worst > ruleTolerance || Math.abs(total) > allowed)) return false;
  for (let i = 0; i < count; i += 1) sums[i]! += finer[i]!;
  return true;
}

/** ∏ F at x. */
function productAt(x: number, count: number): number {
  normalsAt(x, means, inverses, count, cdfs, densities);
  let product = 1;
  for (let i = 0; i < count; i += 1) product *= cdfs[i]!;
  return product;
}

/** The largest place below which ∏ F is negligible, to a 256th of the distance of two between which it lies. */
function lowestOf(from: number, to: number, count: number): number {
  let below = from;
  let above = to;
  for (let round = 0; round < 8; round += 1) {
    const middle = 0.5 * (below + above);
    if (productAt(middle, count) <= negligible) below = middle;
    else above = middle;
  }
  return below;
}

/** Integrates the first `count` over all where one of them may be best, from `from` to `to`, into `sums`. */
function integrate(from: number, to: number, count: number): void {
  for (let i = 0; i < count; i += 1) sums[i] = 0;
  if (!(to > from)) return;
  panels = 0;
  // With many actions the best is seldom low: most of the way there is nothing.
  const least = lowestOf(from, to, count);
  const width = (to - least) / panelsAtFirst;
  let start = least;
  let startProduct = productAt(least, count);
  for (let panel = 1; panel <= panelsAtFirst; panel += 1) {
    const end = panel === panelsAtFirst ? to : least + panel * width;
    const endProduct = productAt(end, count);
    integrateBetween(start, end, startProduct, endProduct, count);
    start = end;
    startProduct = endProduct;
  }
}

/** One panel, halved where it must be; what is left to do stands in a stack. */
function integrateBetween(
  from: number,
  to: number,
  fromProduct: number,
  toProduct: number,
  count: number,
): void {
  let depth = 1;
  lefts[0] = from;
  rights[0] = to;
  leftProducts[0] = fromProduct;
  rightProducts[0] = toProduct;
  while (depth > 0) {
    depth -= 1;
    const left = lefts[depth]!;
    const right = rights[depth]!;
    const leftProduct = leftProducts[depth]!;
    const rightProduct = rightProducts[depth]!;
    const middle = 0.5 * (left + right);
    panels += 1;
    const isLast =
      panels > panelsMax || depth + 2 > lefts.length || !(middle > left && middle < right);
    if (integratePanel(left, right, leftProduct, rightProduct, count, isLast)) continue;
    const product = productAt(middle, count);
    rights[depth] = middle;
    rightProducts[depth] = product;
    lefts[depth + 1] = middle;
    leftProducts[depth + 1] = product;
    rights[depth + 1] = right;
    rightProducts[depth + 1] = rightProduct;
    depth += 2;
  }
}

/**
 * The chance of each eligible action that its score is the largest; 0 for the others. They add up to 1; chances below about 1e-14 may
 * be 0. Ties between scores that are certain are split evenly. About 2 µs an action; nothing is allocated.
 *
 * @param eligible   1 where the action may be chosen
 * @param scoreMeans finite
 * @param deviations standard deviations, ≥ 0, times `scale`
 * @param into       takes the probabilities
 * @throws RangeError when no action is eligible, or one of them has no finite mean or deviation
 *
 * @example
 * // Means 1 and 0, deviations 1 and 1: Φ(1 / √2) = 0.7602…
 */
export function bestProbabilities(
  eligible: Uint8Array,
  scoreMeans: Float64Array,
  deviations: Float64Array,
  scale: number,
  into: Float64Array,
): void {
  const actions = eligible.length;
  reserve(actions);
  into.fill(0, 0, actions);
  const origin = largestMean(eligible, scoreMeans, deviations, scale);
  let certain = -Infinity;
  let ties = 0;
  let lower = -Infinity;
  for (let i = 0; i < actions; i += 1) {
    if (eligible[i] === 0) continue;
    const mean = scoreMeans[i]! - origin;
    const deviation = scale * deviations[i]!;
    lower = Math.max(lower, mean - normalReach * deviation);
    if (deviation > deviationMin || mean < certain) continue;
    ties = mean > certain ? 1 : ties + 1;
    certain = mean;
  }
  let count = 0;
  let upper = lower;
  for (let i = 0; i < actions; i += 1) {
    const mean = scoreMeans[i]! - origin;
    const deviation = scale * deviations[i]!;
    if (eligible[i] === 0 || deviation <= deviationMin) continue;
    // Whoever cannot reach the largest lower end cannot be best.
    if (mean + normalReach * deviation <= lower) continue;
    places[count] = i;
    means[count] = mean;
    inverses[count] = 1 / deviation;
    upper = Math.max(upper, mean + normalReach * deviation);
    count += 1;
  }
  if (ties === 0 && count === 2) {
    const difference = (means[0]! - means[1]!) / Math.hypot(1 / inverses[0]!, 1 / inverses[1]!);
    into[places[0]!] = normalCdf(difference);
    into[places[1]!] = normalCdf(-difference);
    return;
  }
  integrate(lower, upper, count);
  // Below the best of the certain scores nobody else is best.
  const rest = ties > 0 ? productAt(certain, count) : 0;
  let sum = rest;
  for (let i = 0; i < count; i += 1) sum += sums[i]!;
  for (let i = 0; i < count; i += 1) into[places[i]!] = sums[i]! / sum;
  if (ties === 0) return;
  for (let i = 0; i < actions; i += 1) {
    const isCertain = eligible[i]! > 0 && scale * deviations[i]! <= deviationMin;
    if (isCertain && scoreMeans[i]! - origin === certain) into[i] = rest / sum / ties;
  }
}

/** The largest mean, from which the others are counted: small deviations are then not lost beside large means. */
function largestMean(
  eligible: Uint8Array,
  scoreMeans: Float64Array,
  deviations: Float64Array,
  scale: number,
): number {
  let largest = -Infinity;
  for (let i = 0; i < eligible.length; i += 1) {
    if (eligible[i] === 0) continue;
    const mean = scoreMeans[i]!;
    const deviation = scale * deviations[i]!;
    if (!(Math.abs(mean) <= scoreMax && deviation >= 0 && deviation <= scoreMax)) {
      throw new RangeError(`scores[${i}]: expected finite, got ${mean} ± ${deviation}`);
    }
    largest = Math.max(largest, mean);
  }
  if (largest === -Infinity) {
    throw new RangeError('eligible: expected at least one action, got none');
  }
  return largest;
}
