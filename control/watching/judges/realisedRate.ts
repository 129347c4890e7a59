/**
 * How much stricter a watch has to be than its budget says, by the false alarms that were told and called false.
 *
 * A budget is kept as far as the past is like the present and keys depend on one another as assumed. Where somebody has closed more
 * alerts as false than the budget allows, the level falls in proportion; one more than the budget is chance and changes little.
 */

/** Never stricter than so: what follows from few weeks is rough. */
const factorMin = 0.02;

/**
 * @param budgetPerWeek false alarms that are allowed
 * @param weeks         that were watched, > 0
 * @param falseAlarms   of those weeks
 * @returns factor for the level, in [0.02, 1]
 *
 * @example
 * realisedFactor(0.5, 4, 8); // 1/3: nine where three would be chance
 */
export function realisedFactor(budgetPerWeek: number, weeks: number, falseAlarms: number): number {
  const allowed = budgetPerWeek * Math.max(weeks, 0);
  return Math.max(factorMin, Math.min(1, (allowed + 1) / (falseAlarms + 1)));
}
