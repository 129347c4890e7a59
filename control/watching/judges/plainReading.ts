/** A reading of which nothing is expected. */
import type { JudgedReading } from '../../../contracts/alert.ts';
import type { Reading } from '../judged.ts';

export function plainReading({ start, end, value, count }: Reading): JudgedReading {
  const nothing = { expected: null, lower: null, upper: null, score: null, pValue: null };
  return { start, end, value, count, ...nothing };
}
