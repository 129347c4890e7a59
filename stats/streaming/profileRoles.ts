/** Roles of profiles: what of a column a row tells, absent values too. */
import type { Role } from '../../contracts/statistic.ts';
import { unexpected } from '../../contracts/statistic.ts';

export const missing = {
  kind: 'number',
  summary: '1 where the value is missing, 2 where it is not finite: then `value` means nothing',
  fallback: 0,
} as const satisfies Role;

export const times = {
  kind: 'number',
  summary: 'how many rows it stands for',
  fallback: 1,
} as const satisfies Role;

export function timesProblem(count: number): string | undefined {
  return Number.isSafeInteger(count) && count >= 1
    ? undefined
    : unexpected('times', 'an integer ≥ 1', count);
}

export function missingProblem(flag: number, most: 1 | 2): string | undefined {
  if (flag === 0 || flag === 1 || (flag === 2 && most === 2)) return undefined;
  return unexpected('missing', most === 2 ? '0, 1 or 2' : '0 or 1', flag);
}
