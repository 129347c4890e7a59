/**
 * The period of an experiment to which a unit belongs by the time of its exposure.
 *
 * What a period's bets assume of the outcomes is learnt from earlier periods, so the first should be short; later ones grow in
 * proportion to the age of the experiment, which keeps them few: 23 in eight weeks. A change of the split needs no period of
 * its own: units of one period are counted by their probability.
 */

/**
 * @param elapsedMs from the start of the experiment to the unit's exposure, ≥ 0
 * @param firstMs   length of the first period
 * @param growth    length of each period by that of the one before it, ≥ 1
 * @returns 0, 1, 2, …
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * periodOf(0); // 0
 * periodOf(3_600_000); // 1: the first period is one hour
 * periodOf(8_280_000); // 2: the second was 1.3 hours
 */
export function periodOf(elapsedMs: number, firstMs = 3_600_000, growth = 1.3): number {
  if (!(elapsedMs >= 0 && elapsedMs < Infinity)) {
    throw new RangeError(`elapsedMs: expected at least 0, got ${elapsedMs}`);
  }
  if (!(firstMs > 0)) throw new RangeError(`firstMs: expected above 0, got ${firstMs}`);
  if (!(growth >= 1)) throw new RangeError(`growth: expected at least 1, got ${growth}`);
  if (growth === 1) return Math.floor(elapsedMs / firstMs);
  let period = 0;
  let length = firstMs;
  let end = firstMs;
  while (elapsedMs >= end) {
    period += 1;
    length *= growth;
    end += length;
  }
  return period;
}
