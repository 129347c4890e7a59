/** How it went: the readings of the key with the band in which they usually lie. */
import type { AlertDetail } from '../../contracts/watchApi.ts';

export function CourseSection(_: { detail: AlertDetail }) {
  return null;
}
