/** Outcomes in a row: n > 0 after n successes, −n after n failures, 0 before the first. */
export function nextStreak(streak: number, outcome: number): number {
  if (outcome === 1) return streak > 0 ? streak + 1 : 1;
  return streak < 0 ? streak - 1 : -1;
}

/** On a scale where the tenth in a row adds less than the second. */
export function streakStrength(streak: number): number {
  return streak < 0 ? -Math.log1p(-streak) : Math.log1p(streak);
}
