/**
 * Where a Gaussian process with independent increments leaves a region that is looked at a number of times.
 *
 * The process is the score S at information I, S ~ N(drift × I, I); Z = S / √I. Its density within the region is carried
 * from look to look on panels of Gauss–Legendre nodes, no wider than three standard deviations of the narrower of the
 * increments before and after: probabilities are exact to about 1e-12.
 *
 * Source: Armitage, McPherson & Rowe 1969; Jennison & Turnbull 2000, chapter 19.
 */
import { gaussLegendre } from '../special/gaussLegendre.ts';
import { normalTail } from '../special/normal.ts';

const rule = gaussLegendre(12);
/** Standard deviations beyond which the density is nothing. */
const reach = 8.5;

/** The density of the paths that have not left yet, as masses on nodes. */
export interface Surviving {
  /** Information at the last look, ≥ 0. */
  readonly information: number;
  /** Scores, ascending. */
  readonly nodes: Float64Array;
  /** Probability mass of each node. */
  readonly masses: Float64Array;
}

/** All paths at their start. */
export const allPaths: Surviving = {
  information: 0,
  nodes: Float64Array.of(0),
  masses: Float64Array.of(1),
};

/** P(still inside before this look, score there above `score`). */
export function massAbove(
  { information, nodes, masses }: Surviving,
  next: number,
  score: number,
  drift: number,
): number {
  const step = next - information;
  const deviation = Math.sqrt(step);
  let sum = 0;
  for (let i = 0; i < nodes.length; i += 1) {
    sum += masses[i]! * normalTail((score - nodes[i]! - drift * step) / deviation);
  }
  return sum;
}

/** P(still inside before this look, score there below `score`). */
export function massBelow(
  { information, nodes, masses }: Surviving,
  next: number,
  score: number,
  drift: number,
): number {
  const step = next - information;
  const deviation = Math.sqrt(step);
  let sum = 0;
  for (let i = 0; i < nodes.length; i += 1) {
    sum += masses[i]! * normalTail((nodes[i]! + drift * step - score) / deviation);
  }
  return sum;
}

/**
 * The paths that are inside (lower, upper) at information `next`.
 *
 * @param next  above the information of `before`
 * @param lower score, −Infinity for none
 * @param upper score, Infinity for none
 * @param after information at the look after that; Infinity when there is none
 */
export function survive(
  before: Surviving,
  next: number,
  lower: number,
  upper: number,
  drift: number,
  after: number,
): Surviving {
  const step = next - before.information;
  const deviation = Math.sqrt(step);
  const spread = reach * Math.sqrt(next);
  const from = Math.max(lower, drift * next - spread);
  const to = Math.min(upper, drift * next + spread);
  const order = rule.nodes.length;
  const widest = 3 * Math.sqrt(Math.min(step, after - next));
  const panels = to > from ? Math.ceil((to - from) / widest) : 0;
  const nodes = new Float64Array(panels * order);
  const masses = new Float64Array(panels * order);
  const width = (to - from) / panels;
  const scale = 0.3989422804014327 / deviation;
  const shift = drift * step;
  let first = 0;
  for (let at = 0; at < nodes.length; at += 1) {
    const panel = Math.floor(at / order);
    const place = at - panel * order;
    const score = from + width * (panel + 0.5 * (1 + rule.nodes[place]!));
    let density = 0;
    while (
      first < before.nodes.length &&
      before.nodes[first]! + shift < score - reach * deviation
    ) {
      first += 1;
    }
    for (let i = first; i < before.nodes.length; i += 1) {
      const u = (score - shift - before.nodes[i]!) / deviation;
      if (u < -reach) break;
      density += before.masses[i]! * Math.exp(-0.5 * u * u);
    }
    nodes[at] = score;
    masses[at] = 0.5 * width * rule.weights[place]! * density * scale;
  }
  return { information: next, nodes, masses };
}

export interface Crossing {
  /** P(leaves upwards at look k and not before). */
  readonly upper: Float64Array;
  /** P(leaves downwards at look k and not before). */
  readonly lower: Float64Array;
}

/** @throws RangeError when information is empty, not positive or not ascending */
export function checkInformation(information: ArrayLike<number>): void {
  let before = 0;
  for (let look = 0; look < information.length; look += 1) {
    if (!(information[look]! > before)) {
      throw new RangeError(`information: expected above ${before}, got ${information[look]}`);
    }
    before = information[look]!;
  }
  if (information.length === 0) throw new RangeError('information: expected a look, got none');
}

/**
 * Probabilities of leaving at each look.
 *
 * @param information at each look, ascending
 * @param lower       bound of Z at each look; −Infinity for none
 * @param upper       bound of Z at each look; Infinity for none
 * @param drift       mean of Z divided by √I: the effect, when I is 1 / variance of its estimate
 * @throws RangeError when information does not ascend
 */
export function crossingProbabilities(
  information: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  drift: number,
): Crossing {
  checkInformation(information);
  const looks = information.length;
  const crossing = { upper: new Float64Array(looks), lower: new Float64Array(looks) };
  let paths = allPaths;
  for (let look = 0; look < looks; look += 1) {
    const here = information[look]!;
    const root = Math.sqrt(here);
    const low = lower[look]! * root;
    const high = upper[look]! * root;
    crossing.upper[look] = high < Infinity ? massAbove(paths, here, high, drift) : 0;
    crossing.lower[look] = low > -Infinity ? massBelow(paths, here, low, drift) : 0;
    if (look + 1 < looks) paths = survive(paths, here, low, high, drift, information[look + 1]!);
  }
  return crossing;
}
