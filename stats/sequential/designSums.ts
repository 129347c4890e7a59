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
import type { BetPortfolio } from './betPortfolio.ts';
import { BetTables } from './betTables.ts';
import type { DesignEstimate } from './designEstimate.ts';
import { betsOf, scoreAt } from './designMixture.ts';
import type { PredictedGroup } from './predictGroups.ts';
import { type SumsMemo, sumGroups } from './sumGroups.ts';

/** Powers of r that are summed. */
const order = 6;
/** Largest |r x| at which the series is used. */
const reach = 0.7;

export interface DesignSums {
  /** ln wealth of every bet at the hypothesis 0, as `designWealth` orders them. */
  readonly wealth: Float64Array;
  /** The two that follow, in one. */
  readonly all: Float64Array;
  /** Σ count × rᵏ of every bet, k = 1 … 6 consecutive. */
  readonly powers: Float64Array;
  /** Largest r of every bet. */
  readonly largest: Float64Array;
}

/** r of every bet at a cell. */
const tables = new BetTables();

function ratiosAt(group: PredictedGroup, cell: number, portfolio: BetPortfolio): Float64Array {
  const score = scoreAt(group, cell);
  const half = portfolio.effects.length;
  const ratios = new Float64Array(2 * half);
  for (const sign of [1, -1] as const) {
    const bets = betsOf(group, portfolio, sign);
    const from = sign === 1 ? 0 : half;
    for (let j = 0; j < half; j += 1) ratios[from + j] = bets[j]! / (1 + bets[j]! * sign * score);
  }
  return ratios;
}

/** Sums of a group, laid out as powers, largest. */
function addGroup(
  sums: Float64Array,
  group: PredictedGroup,
  portfolio: BetPortfolio,
  length: number,
): void {
  const { counts } = group;
  const table = tables.of(portfolio, group);
  const largestAt = length * order;
  for (let cell = 0; cell < counts.length; cell += 1) {
    const count = counts[cell]!;
    if (count === 0) continue;
    let ratios = table[cell];
    if (ratios === undefined) {
      ratios = ratiosAt(group, cell, portfolio);
      table[cell] = ratios;
    }
    for (let j = 0; j < length; j += 1) {
      const ratio = ratios[j]!;
      if (ratio > sums[largestAt + j]!) sums[largestAt + j] = ratio;
      const square = ratio * ratio;
      const first = count * ratio;
      const second = count * square;
      const at = j * order;
      sums[at]! += first;
      sums[at + 1]! += second;
      sums[at + 2]! += first * square;
      sums[at + 3]! += second * square;
      sums[at + 4]! += first * square * square;
      sums[at + 5]! += second * square * square;
    }
  }
}

/** Room for the sums of a portfolio. */
export function emptyDesignSums({ effects }: BetPortfolio): DesignSums {
  const length = 2 * effects.length;
  const all = new Float64Array(length * (order + 1));
  return {
    wealth: new Float64Array(length),
    all,
    powers: all.subarray(0, length * order),
    largest: all.subarray(length * order),
  };
}

/**
 * The sums of all groups.
 *
 * @param wealth of the same groups, from `designWealth` or its quick form
 * @param memo   of the last call for the same comparison, to begin where nothing has changed; see `sumGroups`
 * @param into   takes the sums; new room by default
 * @returns `into`
 */
export function designSums(
  groups: readonly PredictedGroup[],
  wealth: Float64Array,
  portfolio: BetPortfolio,
  memo?: SumsMemo,
  into: DesignSums = emptyDesignSums(portfolio),
): DesignSums {
  const length = 2 * portfolio.effects.length;
  const add = (sums: Float64Array, group: PredictedGroup) =>
    addGroup(sums, group, portfolio, length);
  sumGroups(groups, into.all, add, memo);
  into.wealth.set(wealth);
  return into;
}

/** ln e at x of one side, or less, and its slope in x; falls in x. */
interface Reading {
  value: number;
  slope: number;
}

/** Terms so much smaller than the largest do not count. */
const negligible = 40;

/** What `Side` computes of each bet, overwritten by every call: there is one at a time. */
let logs = new Float64Array(0);
let slopes = new Float64Array(0);

class Side {
  readonly #sums: DesignSums;
  readonly #from: number;
  readonly #weights: Float64Array;
  readonly #reading: Reading = { value: 0, slope: 0 };

  constructor(sums: DesignSums, { weights }: BetPortfolio, sign: 1 | -1) {
    this.#sums = sums;
    this.#weights = weights;
    this.#from = sign === 1 ? 0 : weights.length;
    if (logs.length < weights.length) {
      logs = new Float64Array(weights.length);
      slopes = new Float64Array(weights.length);
    }
  }

  /** Overwritten by the next call. */
  at(x: number): Reading {
    const { wealth, powers, largest } = this.#sums;
    let top = -Infinity;
    for (let j = 0; j < this.#weights.length; j += 1) {
      const bet = this.#from + j;
      const most = largest[bet]!;
      if (x * most >= reach) {
        logs[j] = -Infinity;
        continue;
      }
      const inside = x * most > -reach;
      const at = inside ? x : -reach / most;
      let sum = 0;
      let slope = 0;
      let power = 1;
      const from = bet * order;
      for (let k = 0; k < order; k += 1) {
        const term = power * powers[from + k]!;
        slope += term;
        power *= at;
        sum += (term * at) / (k + 1);
      }
      if (at > 0) {
        const rest = (power * most * powers[from + order - 1]!) / (1 - most * at);
        sum += (rest * at) / (order + 1);
        slope += rest;
      }
      const ln = wealth[bet]! - sum;
      logs[j] = ln;
      slopes[j] = inside ? slope : 0;
      if (ln > top) top = ln;
    }
    return this.#mixed(top);
  }

  #mixed(top: number): Reading {
    const reading = this.#reading;
    reading.value = -Infinity;
    reading.slope = 0;
    if (top === -Infinity) return reading;
    let sum = 0;
    let slope = 0;
    for (let j = 0; j < this.#weights.length; j += 1) {
      const away = logs[j]! - top;
      if (away < -negligible) continue;
      const part = this.#weights[j]! * Math.exp(away);
      sum += part;
      slope += part * slopes[j]!;
    }
    reading.value = top + Math.log(sum);
    reading.slope = -slope / sum;
    return reading;
  }
}

/** x at which ln e is `target`; undefined when the steps do not lead there. */
function byNewton(side: Side, target: number, start: number, most: number): number | undefined {
  let x = start;
  for (let round = 0; round < 20; round += 1) {
    const { value, slope } = side.at(x);
    if (!(Number.isFinite(value) && slope < 0)) return undefined;
    const step = (target - value) / slope;
    const next = x + step;
    if (!(next >= -1 && next <= most)) return undefined;
    if (Math.abs(step) <= 1e-11) return next;
    x = next;
  }
  return undefined;
}

function boundOf(
  sums: DesignSums,
  portfolio: BetPortfolio,
  { effect, standardError }: DesignEstimate,
  sign: 1 | -1,
  alpha: number,
): number {
  const side = new Side(sums, portfolio, sign);
  const target = -Math.log(alpha);
  const estimate = Number.isFinite(effect) ? Math.max(-1, Math.min(1, sign * effect)) : 1;
  const usual = Math.max(-1, estimate - 3.5 * standardError);
  const found = Number.isFinite(usual) ? byNewton(side, target, usual, estimate) : undefined;
  return sign * (found ?? bySearch(side, target, estimate));
}

/** How near the search comes where steps do not lead to the end: early, when the interval is wide. */
const resolution = 1e-6;

/** An x at which ln e is `target` or more, and nearly the largest one; −1 when there is none. */
function bySearch(side: Side, target: number, estimate: number): number {
  const isRejected = (x: number): boolean => side.at(x).value >= target;
  if (!isRejected(-1)) return -1;
  if (isRejected(1)) return 1;
  let low = -1;
  let high = 1;
  if (isRejected(estimate)) low = estimate;
  else high = estimate;
  while (high - low > resolution) {
    const middle = (low + high) / 2;
    if (isRejected(middle)) low = middle;
    else high = middle;
  }
  return low;
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
