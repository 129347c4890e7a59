/**
 * When students work: an intensity for each hour of the week and each chronotype, in the campus's local time.
 *
 * Session starts form a Poisson process with this intensity, drawn by time rescaling: hours of mean intensity ("even
 * hours") are added on an even clock, which is then bent back to the wall clock.
 */
const hourMs = 3_600_000;
const weekHours = 168;
/** 1970-01-05, a Monday, in ms since 1970. */
const mondayMs = 4 * 24 * hourMs;

export const chronotypes = ['early', 'middle', 'evening'] as const;
/** Local hour around which the work at home is done. */
const homeHours: readonly number[] = [16.5, 18.5, 21];

/** Per chronotype: intensity of each hour of the week from Monday 00:00, mean 1. */
const intensities: readonly Float64Array[] = homeHours.map((homeHour) => {
  const weights = Float64Array.from({ length: weekHours }, (_, hour) => {
    const weekday = Math.floor(hour / 24);
    const hourOfDay = (hour % 24) + 0.5;
    const weekend = weekday >= 5;
    const school = !weekend && hourOfDay > 8 && hourOfDay < 16 ? 1.6 : 0;
    const centre = weekend ? homeHour - 3 : homeHour;
    const home = Math.exp(-0.5 * ((hourOfDay - centre) / 2.2) ** 2);
    return 0.12 + school + (weekend ? 0.9 : 1.4) * home;
  });
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weekHours;
  return weights.map((weight) => weight / mean);
});

/** Per chronotype: even hours from Monday 00:00 to the beginning of each hour, 169 numbers. */
const elapsed: readonly Float64Array[] = intensities.map((weights) => {
  const sums = new Float64Array(weekHours + 1);
  for (let hour = 0; hour < weekHours; hour += 1) sums[hour + 1] = sums[hour]! + weights[hour]!;
  return sums;
});

/**
 * Intensity of session starts at a time, relative to the mean of the week.
 *
 * @param time local time, ms since 1970
 */
export function intensityAt(chronotype: number, time: number): number {
  const hours = (time - mondayMs) / hourMs;
  return intensities[chronotype]![Math.floor(hours - weekHours * Math.floor(hours / weekHours))]!;
}

/**
 * The time that lies `evenHours` hours of mean intensity after `time`.
 *
 * @param time local time, ms since 1970
 */
export function afterEvenHours(chronotype: number, time: number, evenHours: number): number {
  const sums = elapsed[chronotype]!;
  const weights = intensities[chronotype]!;
  const hours = (time - mondayMs) / hourMs;
  let week = Math.floor(hours / weekHours);
  const within = hours - week * weekHours;
  const whole = Math.floor(within);
  let target = sums[whole]! + (within - whole) * weights[whole]! + evenHours;
  const weeks = Math.floor(target / sums[weekHours]!);
  week += weeks;
  target -= weeks * sums[weekHours]!;
  let low = 0;
  let high = weekHours - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sums[middle]! <= target) low = middle;
    else high = middle - 1;
  }
  const found = low + (target - sums[low]!) / weights[low]!;
  return mondayMs + (week * weekHours + found) * hourMs;
}
