/** Weeks of answers of a few students who come again and again: from a day on other skills are practised, from another the latency is lost. */
import { normal, randomState, uniform } from '../../stats/random.ts';

/** 2026-03-02 00:00 UTC, a Monday. */
export const begin = Date.UTC(2026, 2, 2);
export const day = 86_400_000;

export interface DriftingAnswers {
  readonly days: number;
  readonly perDay: number;
  /** Days from the first on which it is so; Infinity: never. */
  readonly skillsFrom: number;
  readonly latencyLostFrom: number;
}

const skills = ['algebra', 'geometry', 'fractions', 'statistics', 'functions', 'vectors'];

/** Lines of JSON; the last day has an hour. */
export function driftingAnswers(given: DriftingAnswers): string[] {
  const random = randomState(11);
  const lines: string[] = [];
  for (let at = 0; at <= given.days; at += 1) {
    const count = at === given.days ? given.perDay / 24 : given.perDay;
    // Each student has a skill of the day: rows hang together.
    const own = Array.from({ length: 40 }, () => {
      const power = at >= given.skillsFrom ? 4 : 1;
      return Math.floor(skills.length * uniform(random) ** power);
    });
    for (let n = 0; n < count; n += 1) {
      const user = Math.floor(own.length * uniform(random));
      const skill =
        uniform(random) < 0.3 ? Math.floor(skills.length * uniform(random)) : own[user]!;
      const isLost = at >= given.latencyLostFrom && uniform(random) < 0.6;
      lines.push(
        JSON.stringify({
          id: `e-${at}-${n}`,
          type: 'answered',
          time: new Date(begin + at * day + (n / given.perDay) * day).toISOString(),
          user: `student-${user}`,
          item: `item-${skill}-${Math.floor(5 * uniform(random))}`,
          value: uniform(random) < 0.65 ? 1 : 0,
          context: {
            ...{ skill: skills[skill], topic: skills[skill], course: 'mathematics' },
            ...(isLost ? {} : { latency_ms: Math.round(8_000 * Math.exp(0.6 * normal(random))) }),
          },
        }),
      );
    }
  }
  return lines;
}
