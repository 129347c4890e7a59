/**
 * How much of the error level may be spent by an information fraction: the functions of group-sequential designs.
 *
 * Source: Lan & DeMets 1983 (O'Brien–Fleming and Pocock types); Kim & DeMets 1987 (power family).
 */
import { normalQuantile, normalTail } from '../special/normal.ts';

/** Increasing from 0 at fraction 0 to the whole level at fraction 1 and beyond. */
export type Spending = (fraction: number) => number;

function check(alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
}

/** 2 − 2 Φ(z_{α/2} / √t): next to nothing early, almost the fixed bound at the end. */
export function obrienFlemingSpending(alpha: number): Spending {
  check(alpha);
  const quantile = -normalQuantile(alpha / 2);
  return (fraction) => 2 * normalTail(quantile / Math.sqrt(Math.min(1, Math.max(0, fraction))));
}

/** α ln(1 + (e − 1) t): nearly equal bounds at equal looks. */
export function pocockSpending(alpha: number): Spending {
  check(alpha);
  return (fraction) => alpha * Math.log1p((Math.E - 1) * Math.min(1, Math.max(0, fraction)));
}

/**
 * α t^power.
 *
 * @throws RangeError when power is not above 0
 */
export function powerSpending(alpha: number, power: number): Spending {
  check(alpha);
  if (!(power > 0)) throw new RangeError(`power: expected above 0, got ${power}`);
  return (fraction) => alpha * Math.min(1, Math.max(0, fraction)) ** power;
}
