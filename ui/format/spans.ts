/** Spans of time as people write them. */

/** ms */
export const capUnits = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** The largest unit of which a span is a whole number, else the smallest. */
export function unitOf(spanMs: number): number {
  const sizes = Object.values(capUnits).toSorted((a, b) => b - a);
  return sizes.find((unit) => spanMs % unit === 0) ?? capUnits.minutes;
}

const names = new Map<number, readonly [one: string, many: string]>([
  [capUnits.minutes, ['minute', 'minutes']],
  [capUnits.hours, ['hour', 'hours']],
  [capUnits.days, ['day', 'days']],
]);

/** "1 day", "36 hours", "0.5 minutes" */
export function spanWords(spanMs: number): string {
  const unit = unitOf(spanMs);
  const count = Number((spanMs / unit).toPrecision(3));
  const [one = '', many = ''] = names.get(unit) ?? [];
  return `${count}\u00a0${count === 1 ? one : many}`;
}
