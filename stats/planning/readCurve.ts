/** What people ask of a power curve: days and units to a power, power by a day, how long it will probably take. */
import type { PlanPoint } from './planCurve.ts';

/** First day with at least this power: the planned duration. Infinity when the curve does not reach it. */
export function daysToPower(curve: readonly PlanPoint[], power: number): number {
  return Math.ceil(curve.find((point) => point.power >= power)?.day ?? Infinity);
}

/** Units with at least this power, linear between looks; Infinity when the curve does not reach it. */
export function unitsToPower(curve: readonly PlanPoint[], power: number): number {
  const at = curve.findIndex((point) => point.power >= power);
  if (at < 0) return Infinity;
  const here = curve[at]!;
  const before = curve[at - 1];
  if (before === undefined) return here.units;
  const part = (power - before.power) / (here.power - before.power);
  return before.units + part * (here.units - before.units);
}

/** The power by the end of a day: for a sequence, P(it has stopped by then). 0 before the first look. */
export function powerByDay(curve: readonly PlanPoint[], day: number): number {
  let power = 0;
  for (const point of curve) {
    if (point.day > day) break;
    power = point.power;
  }
  return power;
}

/** Mean days until a sequence stops when it has the planned effect and ends on `day` at the latest. */
export function expectedDays(curve: readonly PlanPoint[], day: number): number {
  let sum = 0;
  let before = 0;
  let power = 0;
  for (const point of curve) {
    if (point.day >= day) break;
    sum += (1 - power) * (point.day - before);
    before = point.day;
    power = point.power;
  }
  return sum + (1 - power) * (day - before);
}
