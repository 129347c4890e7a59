/** A reading beside what was expected of it, in words. */
import type { JudgedReading } from '../../contracts/alert.ts';
import type { Judgement } from '../format/judgements.ts';
import { formatValue } from '../format/numbers.ts';
import { detail as words } from '../words/anomalies.ts';

/** @example expectedWords(reading); // 'usual: 166 … 302' */
export function expectedWords({ expected, lower, upper }: JudgedReading): string {
  if (expected === null) {
    const limit = lower ?? upper;
    return limit === null ? words.nothingExpected : words.limit(formatValue(limit));
  }
  if (lower === null || upper === null) return words.expected(formatValue(expected));
  return words.between(formatValue(lower), formatValue(upper));
}

/** On which side of what is usual, or of its limit, it lies. */
export function readingStanding(reading: JudgedReading | null): Judgement {
  const { value = null, lower = null, upper = null } = reading ?? {};
  if (value === null || (lower === null && upper === null)) return { tone: 'none', word: '' };
  const sides = reading?.expected == null ? words.limits : words.usuals;
  if (upper !== null && value > upper) return { tone: 'bad', word: sides.above };
  if (lower !== null && value < lower) return { tone: 'bad', word: sides.below };
  return { tone: 'good', word: words.within };
}
