/** Which of two readings is farther from what it should be. */
import type { JudgedReading } from '../../contracts/alert.ts';
import type { Judgement } from '../../contracts/watch.ts';

/** Of equals the earlier one stays the worst. */
export function isWorse(
  reading: JudgedReading,
  worst: JudgedReading,
  judgement: Judgement,
): boolean {
  const [distance, farthest] = [reading, worst].map((each) => distanceOf(each, judgement));
  return distance! > farthest!;
}

function distanceOf(reading: JudgedReading, judgement: Judgement): number {
  const { value, expected, score, pValue } = reading;
  switch (judgement.kind) {
    case 'usual':
      if (score !== null) return Math.abs(score);
      return value === null || expected === null ? 0 : Math.abs(value - expected);
    case 'limit':
      if (value === null) return -Infinity;
      return judgement.direction === 'above' ? value - judgement.limit : judgement.limit - value;
    case 'alarms':
      return value ?? -Infinity;
    case 'probability':
      return -(pValue ?? value ?? Infinity);
  }
}
