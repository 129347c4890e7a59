/** The smallest effect that a design finds by a day with the wanted power. */
import { bracketedRoot } from '../special/bracketedRoot.ts';
import { planCurve } from './planCurve.ts';
import type { PlannedDesign } from './plannedDesign.ts';
import { effectLimit } from './plannedMetric.ts';
import { powerByDay } from './readCurve.ts';

/**
 * @param design of which the effect gives kind and sign, and a size to begin the search at
 * @param day    ≥ 1
 * @param power  in (0, 1)
 * @returns size of the effect, in the kind and with the sign of the design's; NaN when no possible effect has this power.
 *   About ten curves
 * @throws RangeError when a number is outside its range
 */
export function minimumDetectableEffect(design: PlannedDesign, day: number, power: number): number {
  if (!(power > 0 && power < 1)) throw new RangeError(`power: expected in (0, 1), got ${power}`);
  const { metric, effect } = design;
  const sign = Math.sign(effect.size);
  const limit = Math.log(effectLimit(metric, effect)) - 1e-6;
  const excess = (logSize: number): number => {
    const tried = { kind: effect.kind, size: sign * Math.exp(logSize) };
    return powerByDay(planCurve({ ...design, daysMax: day, effect: tried }), day) - power;
  };
  let low = Math.min(limit, Math.log(Math.abs(effect.size)));
  let high = low;
  for (let round = 0; excess(low) > 0; round += 1) {
    if (round === 40) return NaN;
    high = low;
    low -= Math.LN2;
  }
  for (let round = 0; high === low || excess(high) < 0; round += 1) {
    if (high >= limit || round === 40) return NaN;
    low = Math.max(low, high);
    high = Math.min(limit, high + Math.LN2);
  }
  return sign * Math.exp(bracketedRoot(excess, low, high, 1e-5));
}
