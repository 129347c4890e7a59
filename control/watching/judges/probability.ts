/** Judges figures that are probabilities, such as those of distances from a reference: too small ones, within a budget per week. */
import type { Watch } from '../../../contracts/watch.ts';
import type { Judge, Judged, Reading } from '../judged.ts';
import { levelOf, rarest } from './rarest.ts';

/** As probable as this an open alert is over. */
const clearProbability = 0.05;

/**
 * @param everyMs     distance of two readings of a key: the length of the statistic's windows
 * @param levelFactor see `realisedFactor`
 * @throws RangeError when the watch is not about probabilities
 */
export function probabilityJudge(
  { key, judgement }: Watch,
  everyMs: number,
  levelFactor = () => 1,
): Judge {
  if (judgement.kind !== 'probability') {
    throw new RangeError(`watch ${key}: expected a judgement of probabilities`);
  }
  const level = levelOf(judgement.budgetPerWeek, everyMs);
  return {
    judge(_end, readings) {
      const known = readings.filter(isProbability);
      const found = rarest(
        known.map(({ value }) => value),
        level * levelFactor(),
      );
      const rare = new Set<Reading>(known.filter((_, i) => found[i]));
      return readings.map((reading): Judged => {
        const pValue = isProbability(reading) ? reading.value : null;
        const { start, end, value, count } = reading;
        const nothing = { expected: null, lower: null, upper: null, score: null };
        return {
          key: reading.key,
          verdict:
            pValue === null
              ? 'unknown'
              : rare.has(reading)
                ? 'breach'
                : pValue < clearProbability
                  ? 'unclear'
                  : 'fine',
          direction: null,
          reading: { start, end, value, count, ...nothing, pValue },
        };
      });
    },
  };
}

function isProbability(reading: Reading): reading is Reading & { readonly value: number } {
  return reading.value !== null && reading.value >= 0 && reading.value <= 1;
}
