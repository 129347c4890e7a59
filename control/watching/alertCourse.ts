/** The readings around an alert. */
import type { Alert, JudgedReading } from '../../contracts/alert.ts';
import type { Reader } from '../statement.ts';
import { readReadings } from './readingRows.ts';

/** At least, ms. */
const courseMs = 6 * 3_600_000;

/** A quarter of what is shown lies before the alert, and a quarter behind it. */
export function readCourse(
  reader: Reader,
  { watch, key, since, ...alert }: Alert,
): Promise<JudgedReading[]> {
  const end = alert.resolvedAt ?? alert.latest?.end ?? alert.noticedAt;
  const beside = Math.max((end - since) / 2, (courseMs - (end - since)) / 2);
  return readReadings(reader, watch, key, { from: since - beside, to: end + beside });
}
