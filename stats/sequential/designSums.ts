/**
 * Evidence and interval of `designMixture` from sums that are taken once: for many experiments, evaluated again and again.
 *
 * With u = 1 + λ s D and r = λ / u of a cell, the factor of a bet at the hypothesis x = s τ₀ is u (1 − r x), so that
 *
 *     ln wealth(x) = Σ count × ln u − Σₖ xᵏ / k × Σ count × rᵏ.
 *
 * The sums over the cells do not depend on x, and add up over groups. Cut off at k = 6 the series lies below the true
 * wealth where x < 0, and is brought below it where x > 0 by a bound of what is left out; bets for which it converges slowly
 * are valued at an x nearer to 0, or left out. So the interval is never narrower than that of `designMixture`, and from some
 * hundred units on the same to five digits.
 */
import type { Interval } from '../interval.ts';
import { bracketedRoot } from '../special/bracketedRoot.ts';
import type { BetPortfolio } from './betPortfolio.ts';
import type { DesignEstimate } from './designEstimate.ts';
import { betsOf, weightsOf } from './designMixture.ts';
import { lnSumExp } from './eValue.ts';
import type { PredictedGroup } from './predictStages.ts';

/** Powers of r that are summed. */
const order = 6;
/** Largest |r x| at which the series is used. */
const reach = 0.7;

export interface DesignSums {
  /** ln wealth of every bet at the hypothesis 0, as `designWealth` orders them. */
  readonly wealth: Float64Array;
  /** Σ count × rᵏ of every bet, k = 1 … 6 consecutive. */
  readonly powers: Float64Array;
  /** Largest r of every bet. */
  readonly largest: Float64Array;
}

/** ln u and r of every bet at each cell: those of one cell are consecutive; NaN where not yet computed. */
interface BetTable {
  readonly bets: Float64Array;
  readonly lnFactors: Float64Array;
  readonly ratios: Float64Array;
}

/** Bets are few among many experiments, because beliefs are coarse: their logarithms are kept. */
const tables = new WeakMap<BetPortfolio, Map<string, BetTable>>();
/** About 100 MB of them at 64 bins. */
const tablesMax = 800;

function tableOf(group: PredictedGroup, portfolio: BetPortfolio): BetTable {
  const { low, high, centre, deviation, counts } = group;
  let ofPortfolio = tables.get(portfolio);
  if (ofPortfolio === undefined) {
    ofPortfolio = new Map();
    tables.set(portfolio, ofPortfolio);
  }
  const key = `${low} ${high} ${centre} ${deviation} ${counts.length}`;
  const known = ofPortfolio.get(key);
  if (known !== undefined) return known;
  const length = 2 * portfolio.effects.length;
  const bets = new Float64Array(length);
  bets.set(betsOf(group, portfolio, 1));
  bets.set(betsOf(group, portfolio, -1), length / 2);
  const table: BetTable = {
    bets,
    lnFactors: new Float64Array(counts.length * length).fill(NaN),
    ratios: new Float64Array(counts.length * length),
  };
  if (ofPortfolio.size >= tablesMax) ofPortfolio.delete(ofPortfolio.keys().next().value!);
  ofPortfolio.set(key, table);
  return table;
}

function fill({ bets, lnFactors, ratios }: BetTable, from: number, score: number): void {
  const half = bets.length / 2;
  for (let j = 0; j < bets.length; j += 1) {
    const factor = 1 + bets[j]! * (j < half ? score : -score);
    lnFactors[from + j] = Math.log(factor);
    ratios[from + j] = bets[j]! / factor;
  }
}

function addGroup(sums: DesignSums, group: PredictedGroup, portfolio: BetPortfolio): void {
  const { wealth, powers, largest } = sums;
  const { counts, centre } = group;
  const table = tableOf(group, portfolio);
  const { lnFactors, ratios } = table;
  const weights = weightsOf(group);
  const bins = counts.length / weights.length;
  const length = wealth.length;
  for (let cell = 0; cell < counts.length; cell += 1) {
    const count = counts[cell]!;
    if (count === 0) continue;
    const from = cell * length;
    if (Number.isNaN(lnFactors[from]!)) {
      const row = (cell / bins) | 0;
      fill(table, from, weights[row]! * ((cell - row * bins) / (bins - 1) - centre));
    }
    for (let j = 0; j < length; j += 1) {
      wealth[j]! += count * lnFactors[from + j]!;
      const ratio = ratios[from + j]!;
      if (ratio > largest[j]!) largest[j] = ratio;
      const square = ratio * ratio;
      const first = count * ratio;
      const second = count * square;
      const at = j * order;
      powers[at]! += first;
      powers[at + 1]! += second;
      powers[at + 2]! += first * square;
      powers[at + 3]! += second * square;
      powers[at + 4]! += first * square * square;
      powers[at + 5]! += second * square * square;
    }
  }
}

/** The sums of all groups. */
export function designSums(groups: readonly PredictedGroup[], portfolio: BetPortfolio): DesignSums {
  const length = 2 * portfolio.effects.length;
  const sums: DesignSums = {
    wealth: new Float64Array(length),
    powers: new Float64Array(length * order),
    largest: new Float64Array(length),
  };
  for (const group of groups) addGroup(sums, group, portfolio);
  return sums;
}

/** ln wealth of bet j at x, or less; falls in x. */
function wealthAt({ wealth, powers, largest }: DesignSums, j: number, x: number): number {
  const most = largest[j]!;
  if (x * most >= reach) return -Infinity;
  const at = Math.max(x, -reach / most);
  const from = j * order;
  let sum = 0;
  let power = 1;
  for (let k = 0; k < order; k += 1) {
    power *= at;
    sum += (power * powers[from + k]!) / (k + 1);
  }
  if (at > 0) {
    const rest = (power * at * most * powers[from + order - 1]!) / (order + 1);
    sum += rest / (1 - most * at);
  }
  return wealth[j]! - sum;
}

function boundOf(
  sums: DesignSums,
  { weights }: BetPortfolio,
  { effect, standardError }: DesignEstimate,
  sign: 1 | -1,
  alpha: number,
): number {
  const { length } = weights;
  const from = sign === 1 ? 0 : length;
  const logs = new Float64Array(length);
  const excess = (x: number): number => {
    for (let j = 0; j < length; j += 1) logs[j] = wealthAt(sums, from + j, x);
    return lnSumExp(logs, weights) + Math.log(alpha);
  };
  // From the estimate outwards: what is searched lies a few standard errors away.
  let inner = Number.isFinite(effect) ? Math.max(-1, Math.min(1, sign * effect)) : 1;
  if (excess(inner) >= 0) inner = 1;
  if (excess(inner) >= 0) return sign;
  let step = Number.isFinite(standardError) ? Math.max(4 * standardError, 1e-4) : 2;
  do {
    const outer = Math.max(-1, inner - step);
    // Where all is left out there is −Infinity: no root can be sought from there.
    if (excess(outer) >= 0) {
      const last = lastBelow(excess, outer, inner);
      return sign * (last === outer ? outer : bracketedRoot(excess, outer, last, 1e-10));
    }
    inner = outer;
    step *= 1.5;
  } while (inner > -1);
  return -sign;
}

/** A point of [from, to] at which f is finite and below 0, or `from`, f being 0 or above there and falling. */
function lastBelow(f: (x: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (f(high) === -Infinity) {
    const middle = (low + high) / 2;
    if (!(middle > low && middle < high)) return low;
    if (f(middle) >= 0) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Confidence sequence for a constant effect, as `designInterval`.
 *
 * @param estimate of the same groups: where the search begins
 * @throws RangeError when alpha is outside (0, 1)
 */
export function designSumsInterval(
  sums: DesignSums,
  portfolio: BetPortfolio,
  estimate: DesignEstimate,
  alpha: number,
): Interval {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  return {
    lower: boundOf(sums, portfolio, estimate, 1, alpha / 2),
    upper: boundOf(sums, portfolio, estimate, -1, alpha / 2),
  };
}
