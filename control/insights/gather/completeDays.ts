/** Which days of event time are looked at: whole ones, up to the newest data. */
import type { FactMoment } from '../factSources.ts';

export const dayMs = 86_400_000;
/** Days of the past that are looked at. */
export const daysMax = 42;

/** Half-open, ms: the end is the beginning of the day that has not ended. */
export function completeDays(
  { eventTime }: Pick<FactMoment, 'eventTime'>,
  days: number,
): { readonly from: number; readonly to: number } {
  const to = Math.floor(eventTime / dayMs) * dayMs;
  return { from: Math.max(0, to - days * dayMs), to };
}
