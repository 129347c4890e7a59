/** The judge of a watch. */
import type { CalendarDays, Judgement, Watch } from '../../../contracts/watch.ts';
import type { Judge } from '../judged.ts';
import { absentFine } from './absentFine.ts';
import { alarmsJudge } from './alarms.ts';
import { limitJudge } from './limit.ts';

const hourMs = 3_600_000;

export interface JudgeOptions {
  /** IANA name of the zone in which days and hours are local. */
  readonly timeZone: string;
}

/** @param calendar days that are unlike others */
export type MakeJudge = (
  watch: Watch,
  calendar: readonly CalendarDays[],
  options: JudgeOptions,
) => Judge;

export type JudgeMakers = Readonly<Record<Judgement['kind'], MakeJudge>>;

/** Says nothing of any reading. */
const unknowing: MakeJudge = () => ({
  judge: (_end, readings) =>
    readings.map(({ key, start, end, value, count }) => ({
      ...{ key, verdict: 'unknown', direction: null },
      reading: {
        ...{ start, end, value, count, expected: null, lower: null, upper: null },
        ...{ score: null, pValue: null },
      },
    })),
});

/** How each kind of judgement is made. */
export const judgeMakers: JudgeMakers = {
  usual: unknowing,
  probability: unknowing,
  limit: ({ judgement }) => {
    if (judgement.kind !== 'limit') throw new TypeError(`judgement: expected limit`);
    return limitJudge(judgement);
  },
  alarms: alarmsJudge,
};

export function judgeOf(
  watch: Watch,
  calendar: readonly CalendarDays[],
  options: JudgeOptions,
  makers: JudgeMakers = judgeMakers,
): Judge {
  const judge = makers[watch.judgement.kind](watch, calendar, options);
  return watch.source.kind === 'finding' ? absentFine(judge, watch.clearMs + hourMs) : judge;
}
