/** Local days as people write them. */
import { formatDate } from '../../format/times.ts';

/**
 * @param from 2026-12-21, as `to`: days without a zone
 *
 * @example dayRange('2026-12-21', '2027-01-06'); // '21 Dec 2026 – 6 Jan 2027'
 */
export function dayRange(from: string, to: string): string {
  const text = (day: string) => formatDate(Date.parse(`${day}T00:00:00Z`), 'UTC');
  return from === to ? text(from) : `${text(from)} – ${text(to)}`;
}
