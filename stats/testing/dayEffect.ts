/**
 * How much a daily figure has moved, or moves from day to day, when days are what is independent: rows of one day hang together, so
 * that their number says little.
 *
 * Least squares of the days' values on a regressor, each group of days (weekdays) with a level of its own. Errors of days follow each
 * other: they are those of an autoregression of order one, its correlation found by moments of the residuals (below 0 it counts as 0),
 * and both the variance and its degrees of freedom are those under that correlation. With independent normal errors and no correlation
 * found, it is the exact t-test.
 *
 * Source: Frisch & Waugh 1933 (within groups); Box 1954, theorem 3.1 (degrees of freedom of a quadratic form); Zwiers & von Storch
 * 1995 (why serial correlation must count). Own: the correlation by exact moments of residuals.
 */
import { studentTTail, studentTTwoSided } from '../special/studentT.ts';

export interface DayValue {
  /** Days since any beginning, whole. */
  readonly day: number;
  readonly value: number;
  /** Of the value: what chance within the day makes of it, ≥ 0; 0 where that is not known. */
  readonly variance: number;
  /** Days of one group have one level: the weekday. null: of none, so that a regressor of 1 asks for the mean. */
  readonly group: number | null;
  /** What the value may go by: 1 on the days that are asked about, 0 on the others; or the day itself. */
  readonly regressor: number;
}

export interface DayEffect {
  /** Of one more of the regressor, in the unit of the values. */
  readonly estimate: number;
  /** Standard error. */
  readonly error: number;
  readonly freedom: number;
  /** Of the errors of one day and the next, in [0, .9]. */
  readonly correlation: number;
}

const correlationMax = 0.9;

/**
 * @param days ascending
 * @returns NaN where nothing can be told: no group has different regressors, or no day is left to know the variance by
 *
 * @example
 * const day = (day: number, value: number, regressor: number) => ({ day, value, regressor, variance: 0, group: 0 });
 * dayEffect([day(0, 1, 0), day(1, 3, 0), day(2, 5, 1), day(3, 7, 1)]);
 * // estimate 4, error √2, freedom 2, correlation 0
 */
export function dayEffect(days: readonly DayValue[]): DayEffect {
  const nothing = { estimate: NaN, error: NaN, freedom: NaN, correlation: 0 };
  const n = days.length;
  const x = within(
    days,
    days.map(({ regressor }) => regressor),
  );
  const y = within(
    days,
    days.map(({ value }) => value),
  );
  const square = dot(x, x);
  const groups = new Set(days.flatMap(({ group }) => group ?? [])).size;
  if (!(square > 0) || n - groups - 1 < 1) return nothing;
  const estimate = dot(x, y) / square;
  const residuals = y.map((value, i) => value - estimate * x[i]!);
  const left = leftOver(days, x, square);
  const correlation = correlationOf(days, residuals, left);
  const { trace, freedom, slope } = under(correlation, days, left, x);
  const residual = dot(residuals, residuals) / trace;
  const least = days.reduce((sum, { variance }) => sum + variance, 0) / n;
  return {
    estimate,
    error: Math.sqrt((Math.max(residual, least) * slope) / (square * square)),
    freedom,
    correlation,
  };
}

/** Probability of an estimate as high as this one when the effect is `least` at most. 1 where nothing can be told. */
export function risesBeyond({ estimate, error, freedom }: DayEffect, least: number): number {
  if (Number.isNaN(error)) return 1;
  if (error === 0) return estimate > least ? 0 : 1;
  return studentTTail((estimate - least) / error, freedom);
}

/** The same for either direction: an effect of at most ±`least`. */
export function movesBeyond(effect: DayEffect, least: number): number {
  const far = { ...effect, estimate: Math.abs(effect.estimate) };
  return Math.min(1, risesBeyond(far, least) + risesBeyond(far, -least));
}

/** Both ends of the interval of level 1 − alpha. */
export function effectInterval({ estimate, error, freedom }: DayEffect, alpha: number) {
  const radius = Number.isNaN(error) ? NaN : studentTTwoSided(alpha, freedom) * error;
  return { lower: estimate - radius, upper: estimate + radius };
}

/** Less the mean of each group. */
function within(days: readonly DayValue[], values: readonly number[]): number[] {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [i, { group }] of days.entries()) {
    if (group === null) continue;
    const held = sums.get(group) ?? { sum: 0, count: 0 };
    sums.set(group, { sum: held.sum + values[i]!, count: held.count + 1 });
  }
  return values.map((value, i) => {
    const { group } = days[i]!;
    if (group === null) return value;
    const { sum, count } = sums.get(group)!;
    return value - sum / count;
  });
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, i) => sum + value * other[i]!, 0);
}

/** The projection M onto what groups and regressor leave over, row-major. */
function leftOver(days: readonly DayValue[], x: readonly number[], square: number): Float64Array {
  const n = days.length;
  const sizes = new Map<number, number>();
  for (const { group } of days) {
    if (group !== null) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  const left = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    const { group } = days[i]!;
    for (let j = 0; j < n; j += 1) {
      const level = group !== null && days[j]!.group === group ? 1 / sizes.get(group)! : 0;
      left[i * n + j] = (i === j ? 1 : 0) - level - (x[i]! * x[j]!) / square;
    }
  }
  return left;
}

/** The product of two matrices of n rows and columns. */
function times(one: Float64Array, other: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < n; k += 1) {
      const factor = one[i * n + k]!;
      for (let j = 0; j < n; j += 1) product[i * n + j]! += factor * other[k * n + j]!;
    }
  }
  return product;
}

/** Sums of the entries of a matrix by how many days lie between row and column. */
function byLag(days: readonly DayValue[], matrix: Float64Array): Float64Array {
  const n = days.length;
  const sums = new Float64Array(days[n - 1]!.day - days[0]!.day + 1);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) {
      sums[Math.abs(days[i]!.day - days[j]!.day)]! += matrix[i * n + j]!;
    }
  }
  return sums;
}

/** The sum of all entries, each times the correlation of its days. */
function correlated(sums: Float64Array, rho: number): number {
  let total = 0;
  for (let lag = sums.length - 1; lag >= 0; lag -= 1) total = total * rho + sums[lag]!;
  return total;
}

/** The correlation under which residuals of days that follow each other are expected to agree as they do. */
function correlationOf(
  days: readonly DayValue[],
  residuals: readonly number[],
  left: Float64Array,
): number {
  const n = days.length;
  let agreement = 0;
  // L M, where L takes each day with the mean of those next to it.
  const beside = new Float64Array(n * n);
  for (let i = 1; i < n; i += 1) {
    if (days[i]!.day - days[i - 1]!.day !== 1) continue;
    agreement += residuals[i - 1]! * residuals[i]!;
    for (let j = 0; j < n; j += 1) {
      beside[i * n + j]! += left[(i - 1) * n + j]! / 2;
      beside[(i - 1) * n + j]! += left[i * n + j]! / 2;
    }
  }
  const square = dot(residuals, residuals);
  if (square === 0) return 0;
  const above = byLag(days, times(left, beside, n));
  const beneath = byLag(days, left);
  const expected = (rho: number) => correlated(above, rho) / correlated(beneath, rho);
  const found = agreement / square;
  if (found <= expected(0)) return 0;
  if (found >= expected(correlationMax)) return correlationMax;
  let [low, high] = [0, correlationMax];
  while (high - low > 1e-6) {
    const middle = (low + high) / 2;
    if (expected(middle) < found) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** tr(M R), the degrees of freedom of e′e, and x′R x, for the correlations R of days. */
function under(
  rho: number,
  days: readonly DayValue[],
  left: Float64Array,
  x: readonly number[],
): { trace: number; freedom: number; slope: number } {
  const n = days.length;
  const r = new Float64Array(n * n);
  let slope = 0;
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) {
      r[i * n + j] = rho ** Math.abs(days[i]!.day - days[j]!.day);
      slope += x[i]! * r[i * n + j]! * x[j]!;
    }
  }
  const product = times(left, r, n);
  let trace = 0;
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    trace += product[i * n + i]!;
    for (let j = 0; j < n; j += 1) squares += product[i * n + j]! * product[j * n + i]!;
  }
  return { trace, freedom: (trace * trace) / squares, slope };
}
