/** Short histories packed into one integer of a row: the latest entry in the lowest bits. */

const outcomesMask = (1 << 10) - 1;
const effortMask = (1 << 6) - 1;
const skillEffortMask = (1 << 8) - 1;

/** The last ten outcomes with one more. */
export function pushOutcome(outcomes: number, outcome: number): number {
  return ((outcomes << 1) | outcome) & outcomesMask;
}

/** Failed attempts before each of the last two successes (7 is seven or more), with one more. */
export function pushEffort(effort: number, failures: number): number {
  return ((effort << 3) | Math.min(failures, 7)) & effortMask;
}

/** Attempts of each of the last four successes in a skill (3 is three or more), with one more. */
export function pushSkillEffort(effort: number, attempts: number): number {
  return ((effort << 2) | Math.min(attempts, 3)) & skillEffortMask;
}

/** Practice so far in four steps: under 3 answers, under 8, under 16, more. */
export function practiceLevel(count: number): number {
  if (count < 3) return 0;
  if (count < 8) return 1;
  return count < 16 ? 2 : 3;
}
