/** Local days that are unlike their day of the week, named as `2026-12-25`. */
const dayMs = 86_400_000;

/** @param day days since 1970, local; one that no calendar has is no holiday */
export function isHoliday(holidays: ReadonlySet<string>, day: number): boolean {
  const date = new Date(day * dayMs);
  return !Number.isNaN(date.getTime()) && holidays.has(date.toISOString().slice(0, 10));
}
