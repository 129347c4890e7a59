/** An instant as a person says it: a date, or how long ago. */
import { InvalidArgumentError } from 'commander';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * @param text such as 30m, 2h, 7d, 2026-11-01 or 2026-11-01T08:00:00Z
 * @returns ms since 1970
 * @throws InvalidArgumentError when it is neither
 *
 * @example
 * sinceOf('2h', 7_200_000); // 0
 */
export function sinceOf(text: string, now = Date.now()): number {
  const age = /^(\d{1,6})([smhd])$/.exec(text);
  const time =
    age === null ? Date.parse(text) : now - Number(age[1]) * units[age[2] as keyof typeof units];
  if (Number.isFinite(time) && time >= 0) return time;
  throw new InvalidArgumentError(
    'expected an age such as 30m, 2h or 7d, or a date such as 2026-11-01',
  );
}
