/**
 * Judges figures that count alarms: one that has risen says that a detector in the data plane has raised another.
 *
 * A key that was not there before has had no alarm; a figure that falls is of a detector that has begun anew.
 */
import type { Judge, Judged, Reading } from '../judged.ts';
import { plainReading } from './plainReading.ts';

export function alarmsJudge(): Judge {
  const counts = new Map<string, number>();
  function judge(reading: Reading): Judged {
    const { key, value } = reading;
    if (value === null) return judgedAs(reading, 'unknown', null);
    const name = JSON.stringify(key);
    const before = counts.get(name) ?? 0;
    counts.set(name, value);
    return judgedAs(reading, value > before ? 'breach' : 'fine', before);
  }
  return { judge: (_end, readings) => readings.map(judge) };
}

function judgedAs(reading: Reading, verdict: Judged['verdict'], before: number | null): Judged {
  return {
    ...{ key: reading.key, verdict, direction: verdict === 'breach' ? 'rise' : null },
    reading: { ...plainReading(reading), expected: before },
  };
}
