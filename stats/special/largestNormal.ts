/**
 * Which of several independent normals is the largest: the chance of each, by quadrature.
 *
 * P(i is largest) = ∫ f_i ∏_{j≠i} F_j, all at once at each point. Panels are halved until the 15-point Kronrod and the 7-point
 * Gauss rules agree for every one to 1e-6 (the Kronrod sums, which are used, are then far closer) and until their
 * total is what it must be, the increase of ∏ F_j over the panel, to 1e-11: so no peak between the points is missed.
 *
 * Source: Piessens et al. 1983, QUADPACK (the rules).
 */
import { normalsAt } from './normalTable.ts';

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
const panelsAtFirst = 3;
/** What may be left out at the lower end. */
const negligible = 1e-15;
const depthMax = 40;
/** Most panels of one integral: beyond it they are taken as they are, so that a choice cannot take long. Some 15 are usual. */
const panelsMax = 500;

/** Of the integral under way. */
let panels = 0;
let means: Float64Array = new Float64Array(0);
let inverses: Float64Array = new Float64Array(0);
let sums: Float64Array = new Float64Array(0);

/** Scratch, grown to the largest number of normals seen. */
let room = 0;
let densities = new Float64Array(0);
let cdfs = new Float64Array(0);
let before = new Float64Array(0);
let finer = new Float64Array(0);
let coarser = new Float64Array(0);
const lefts = new Float64Array(2 * depthMax);
const rights = new Float64Array(2 * depthMax);
const leftProducts = new Float64Array(2 * depthMax);
const rightProducts = new Float64Array(2 * depthMax);

function reserve(count: number): void {
  if (count <= room) return;
  room = count;
  densities = new Float64Array(count);
  cdfs = new Float64Array(count);
  before = new Float64Array(count);
  finer = new Float64Array(count);
  coarser = new Float64Array(count);
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
 * Adds to `into`, for each of several independent normals, the chance that it is the largest and lies between two places.
 *
 * Absolute error below 1e-9 for scales up to some 10^12 apart; nothing is allocated but for the largest number seen.
 *
 * @param ofMeans    means
 * @param ofInverses 1 / standard deviations
 * @param count      how many of them
 * @param from       where it begins; -normalReach deviations suffice
 *
 * @example
 * // Two standard normals, from -8.5 to 8.5: 0.5 and 0.5.
 */
export function chancesOfLargest(
  ofMeans: Float64Array,
  ofInverses: Float64Array,
  count: number,
  from: number,
  to: number,
  into: Float64Array,
): void {
  if (!(to > from)) return;
  reserve(count);
  means = ofMeans;
  inverses = ofInverses;
  sums = into;
  panels = 0;
  // With many normals the largest is seldom low: most of the way there is nothing.
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

/** The chance that all of them are at most x. */
export function chanceBelow(
  ofMeans: Float64Array,
  ofInverses: Float64Array,
  count: number,
  x: number,
): number {
  reserve(count);
  means = ofMeans;
  inverses = ofInverses;
  return productAt(x, count);
}
