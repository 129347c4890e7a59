/**
 * Judges figures by a limit. What is beyond it breaches; between the limit and where it is clear an alert that is open stays
 * open, and none is opened: so a figure at the limit does not come and go.
 */
import type { Watch } from '../../../contracts/watch.ts';
import type { Judge, Judged, Reading } from '../judged.ts';
import { plainReading } from './plainReading.ts';

type LimitOf = Extract<Watch['judgement'], { kind: 'limit' }>;

export function limitJudge({ direction, limit, clear = limit, leastCount }: LimitOf): Judge {
  const sign = direction === 'above' ? 1 : -1;
  function judge(reading: Reading): Judged {
    const { key, value, count } = reading;
    // By how much it is beyond.
    const excess = value === null ? null : sign * (value - limit);
    const band = direction === 'above' ? { upper: limit } : { lower: limit };
    const judged = {
      key,
      direction: null,
      reading: { ...plainReading(reading), ...band, score: 0 },
    };
    if (excess === null || count < leastCount) return { ...judged, verdict: 'unknown' };
    if (excess > 0) {
      return { ...judged, verdict: 'breach', direction: sign > 0 ? 'rise' : 'fall' };
    }
    return { ...judged, verdict: sign * (value! - clear) <= 0 ? 'fine' : 'unclear' };
  }
  return { judge: (_end, readings) => readings.map(judge) };
}
