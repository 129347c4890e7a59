/** Judges findings that are few by themselves: the data plane has a budget for them, and each is one too many. */
import type { Judge } from '../judged.ts';
import { plainReading } from './plainReading.ts';

export function foundJudge(): Judge {
  return {
    judge: (_end, readings) =>
      readings.map((reading) => ({
        ...{ key: reading.key, verdict: 'breach', direction: null },
        reading: plainReading(reading),
      })),
  };
}
