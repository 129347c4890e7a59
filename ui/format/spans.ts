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

/** As it is typed, with every digit: read back by {@link spanOf} as the same. */
export function spanText(spanMs: number): string {
  const unit = unitOf(spanMs);
  const [one = '', many = ''] = names.get(unit) ?? [];
  const count = Number((spanMs / unit).toPrecision(12));
  return `${count} ${count === 1 ? one : many}`;
}

const letters: Readonly<Record<string, number>> = {
  s: 1_000,
  m: capUnits.minutes,
  h: capUnits.hours,
  d: capUnits.days,
};

/**
 * A span as it is typed: a number is of minutes unless its unit follows.
 *
 * @returns ms; undefined for what is none
 *
 * @example
 * spanOf('1.5 h'); // 5_400_000
 */
export function spanOf(text: string): number | undefined {
  const found = /^([\d.,]+)\s*(?:(s|m|h|d)[a-z]*)?$/i.exec(text.trim().replace('\u00a0', ' '));
  if (found === null) return undefined;
  const number = Number((found[1] ?? '').replace(',', '.'));
  const unit = letters[(found[2] ?? 'm').toLowerCase()] ?? capUnits.minutes;
  return Number.isFinite(number) ? Math.round(number * unit) : undefined;
}
