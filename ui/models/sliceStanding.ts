/** Whether a value of a slice differs from the whole by more than chance: its interval leaves the whole out. */
import type { SliceReading } from '../../contracts/performanceApi.ts';
import type { Judgement } from '../format/judgements.ts';
import { slices as words } from '../words/models.ts';

type Reading = Pick<SliceReading, 'lower' | 'upper' | 'gap'>;

function differs({ lower, upper }: Reading, whole: number | null): boolean {
  if (whole === null) return false;
  return (lower !== null && lower > whole) || (upper !== null && upper < whole);
}

/** @param whole the figure of all values together */
export function isWorse(reading: Reading, whole: number | null): boolean {
  return reading.gap > 0 && differs(reading, whole);
}

export function sliceStanding(reading: Reading, whole: number | null): Judgement {
  if (!differs(reading, whole)) return { tone: 'none', word: words.states.open };
  return reading.gap > 0
    ? { tone: 'attention', word: words.states.worse }
    : { tone: 'good', word: words.states.better };
}
