/** The plan of the demo: something of everything in the first three days, then something every day. */
import { type CampusPlan, calm, type Interval } from './plan.ts';
import { suggestionRewards } from './response.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * The plan of the demo. The first three days hold one of everything, then an anomaly a day for four weeks.
 *
 * | after the start | local hour | planted |
 * | --- | --- | --- |
 * | day 0 | 10:20 | burst, 10 min, 3 × |
 * | day 0 | 14:00 | bot, 20 min, 3 answers/s; daily for the four weeks, another student each day |
 * | 0 … 48 h | | students join the three experiments |
 * | 12 h | | `worked-hints` (effect +0.12) goes from 20 % to 50 % |
 * | always | | `streak-badges` has no effect, but its treatment answers later; `focus-mode` has none, and loses the exposures of 30 % of those who are treated |
 * | day 1 | 9:30 | outage, 20 min, 4 % of events kept |
 * | day 1 | 15:10 | latency spike, 15 min, 6 × |
 * | day 1 | 12:00 | taste drift: `sports` −1.2, `climate` +0.8 |
 * | day 2 | 8:00 | revision: `algebra` +1.2 logits |
 * | day 9 | | a day off, 25 % of the sessions; day 16: `biology` +0.8 logits |
 *
 * @param start        ms since 1970
 * @param zoneOffsetMs local time less UTC
 * @param rate         sessions per student, relative to the natural rate: practice becomes as much more frequent
 */
export function defaultPlan(start: number, zoneOffsetMs: number, rate: number): CampusPlan {
  /** The first time at or after start + day days when the local clock shows the hour, ms after the start. */
  const at = (day: number, hour: number): number => {
    const local = start + zoneOffsetMs;
    const ofDay = local - Math.floor(local / dayMs) * dayMs;
    return day * dayMs + ((((hour * hourMs - ofDay) % dayMs) + dayMs) % dayMs);
  };
  const span = (day: number, hour: number, minutes: number): Interval => {
    const fromMs = at(day, hour);
    return { fromMs, toMs: fromMs + minutes * 60_000 };
  };
  const weeks = [0, 7, 14, 21];
  const days = Array.from({ length: 28 }, (_, day) => day);
  return {
    experiments: [
      {
        name: 'worked-hints',
        variants: ['plain-hints', 'worked-hints'],
        stages: [
          { name: 'ramp', fromMs: 0, probability: 0.2 },
          { name: 'full', fromMs: 12 * hourMs, probability: 0.5 },
        ],
        joinWithinMs: 48 * hourMs,
        baseRate: 0.35,
        baseSpread: 0.12,
        effect: 0.12,
        outcomeDelayMeanMs: [300_000, 300_000],
        exposureLostShare: [0, 0],
      },
      {
        name: 'streak-badges',
        variants: ['no-badges', 'badges'],
        stages: [{ name: 'full', fromMs: 0, probability: 0.5 }],
        joinWithinMs: 48 * hourMs,
        baseRate: 0.4,
        baseSpread: 0.12,
        effect: 0,
        outcomeDelayMeanMs: [180_000, 900_000],
        exposureLostShare: [0, 0],
      },
      {
        name: 'focus-mode',
        variants: ['usual-page', 'focus-page'],
        stages: [{ name: 'full', fromMs: 0, probability: 0.5 }],
        joinWithinMs: 48 * hourMs,
        baseRate: 0.45,
        baseSpread: 0.12,
        effect: 0,
        outcomeDelayMeanMs: [240_000, 240_000],
        exposureLostShare: [0, 0.3],
      },
    ],
    revisions: [
      { atMs: at(2, 8), skill: 0, difficultyShift: 1.2 },
      { atMs: at(16, 8), skill: 7, difficultyShift: 0.8 },
    ],
    gradings: [],
    tasteDrifts: [
      { atMs: at(1, 12), topic: 1, shift: -1.2 },
      { atMs: at(1, 12), topic: 9, shift: 0.8 },
    ],
    outages: weeks.map((day) => ({ ...span(day + 1, 9.5, 20), keptShare: 0.04 })),
    bursts: weeks
      .flatMap((day) => [day, day + 3])
      .map((day) => ({ ...span(day, 10 + 20 / 60, 10), factor: 3 })),
    latencySpikes: weeks
      .flatMap((day) => [day + 1, day + 5])
      .map((day) => ({ ...span(day, 15 + 10 / 60, 15), factor: 6 })),
    bots: days.map((day) => ({ ...span(day, 14, 20), student: 7 + 13 * day, everyMs: 333 })),
    holidays: [{ ...span(9, 0, 24 * 60), keptShare: 0.25 }],
    delivery: {
      ...calm.delivery,
      slowShare: 0.015,
      offlineShare: 0.012,
      duplicateShare: 0.01,
      malformedShare: 0.004,
    },
    deliveryChanges: [],
    gaps: [],
    suggestions: { rewards: suggestionRewards, learntShare: 0, heldOutShare: 0 },
    learning: { gain: 1.5, practice: 52 * Math.max(1, rate) },
  };
}
