/** Events of outside models: predictions over days, and their labels hours later, in the order of time. */
import { normal, randomState, uniform } from '../../stats/random.ts';

export const hour = 3_600_000;
export const day = 24 * hour;
/** First instant of the first day. */
export const begin = Date.parse('2026-03-02T00:00:00Z');

export interface MonitoredEvent {
  readonly time: number;
  readonly user: string;
  readonly line: string;
}

export interface MonitoredOptions {
  readonly days: number;
  readonly perDay: number;
  readonly model: string;
  readonly version?: string;
  readonly seed: number;
  /** Day from which on labels have nothing to do with predictions; none by default. */
  readonly brokenFrom?: number;
}

const courses = ['geometry', 'algebra', 'algebra', 'music', 'geometry', 'algebra', 'algebra'];

/**
 * Calibrated predictions of users of two groups in four courses; in `geometry` labels are those of a coin, `music` is the smallest
 * but for `latin`, which has four predictions in all. One in ten has no label; the others have it after 1 to 30 hours.
 */
export function monitoredEvents(options: MonitoredOptions): MonitoredEvent[] {
  const { days, perDay, model, version = '1', seed, brokenFrom = Infinity } = options;
  const random = randomState(seed);
  const events: MonitoredEvent[] = [];
  const add = (time: number, user: string, event: object) =>
    events.push({ time, user, line: JSON.stringify({ time, user, ...event }) });
  for (let i = 0; i < days * perDay; i += 1) {
    const time = begin + Math.floor((i / perDay) * day);
    const user = `student-${i % 97}`;
    const id = `${model}-${version}-${i}`;
    const value = 1 / (1 + Math.exp(1.5 * normal(random)));
    const course = i < 4 ? 'latin' : courses[i % courses.length]!;
    const group = i % 3 === 0 ? 'north' : 'south';
    const context = { model, model_version: version, course, group };
    add(time, user, { id, type: 'prediction', value, context });
    const isBroken = course === 'geometry' || time >= begin + brokenFrom * day;
    const label = uniform(random) < (isBroken ? 0.5 : value);
    const delay = Math.floor((1 + 29 * uniform(random)) * hour);
    if (uniform(random) < 0.1) continue;
    add(time + delay, user, { id: `${id}-label`, type: 'label', decision: id, value: label });
  }
  return events.sort((a, b) => a.time - b.time);
}
