/** The judge of a watch. */
import type { CalendarDays, Judgement, Watch } from '../../../contracts/watch.ts';
import { type ZoneOffset, zoneOffset } from '../../alerts/localTime.ts';
import type { Judge } from '../judged.ts';
import { absentFine } from './absentFine.ts';
import { alarmsJudge } from './alarms.ts';
import { foundJudge } from './found.ts';
import { limitJudge } from './limit.ts';
import { probabilityJudge } from './probability.ts';
import { usualJudge } from './usual.ts';

export interface JudgeOptions {
  /** IANA name of the zone in which days and hours are local. */
  readonly timeZone: string;
  /** How much stricter than the budget it has to be by now: see `realisedFactor`. By default 1. */
  levelFactor?(): number;
}

/** @param calendar days that are unlike others */
export type MakeJudge = (
  watch: Watch,
  calendar: readonly CalendarDays[],
  options: JudgeOptions,
) => Judge;

export type JudgeMakers = Readonly<Record<Judgement['kind'], MakeJudge>>;

const hourMs = 3_600_000;
/** Clocks are changed at a quarter of an hour. */
const quarterMs = 900_000;
/** Least distance of two readings, ms. */
const leastEveryMs = 60_000;

/** How each kind of judgement is made. */
export const judgeMakers: JudgeMakers = {
  usual(watch, calendar, { timeZone, levelFactor = one }) {
    const offsetAt = remembered(zoneOffset(timeZone));
    return usualJudge(watch, { offsetAt, levelFactor, holidays: holidaysOf(calendar) });
  },
  probability: (watch, _calendar, { levelFactor = one }) => eachDistance(watch, levelFactor),
  limit({ key, judgement }) {
    if (judgement.kind === 'limit') return limitJudge(judgement);
    throw new RangeError(`watch ${key}: expected a limit`);
  },
  alarms: ({ source }) => (source.kind === 'finding' ? foundJudge() : alarmsJudge()),
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

function one(): number {
  return 1;
}

/** Local days on which nobody works as on others. */
function holidaysOf(calendar: readonly CalendarDays[]): Set<string> {
  const days = new Set<string>();
  for (const { kind, from, to } of calendar) {
    if (kind !== 'holiday' && kind !== 'break') continue;
    const last = Date.parse(to);
    for (let day = Date.parse(from); day <= last; day += 24 * hourMs) {
      days.add(new Date(day).toISOString().slice(0, 10));
    }
  }
  return days;
}

/** To ask a zone takes some microseconds: more than to judge a reading. */
function remembered(offset: ZoneOffset): ZoneOffset {
  const known = new Map<number, number>();
  return (time) => {
    const quarter = Math.floor(time / quarterMs);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    if (known.size > 10_000) known.clear();
    const asked = offset(quarter * quarterMs);
    known.set(quarter, asked);
    return asked;
  };
}

/** How far apart two readings are is known of the first. */
function eachDistance(watch: Watch, levelFactor: () => number): Judge {
  let judge: Judge | undefined;
  return {
    judge(end, readings) {
      const [first] = readings;
      if (first === undefined) return [];
      judge ??= probabilityJudge(
        watch,
        Math.max(leastEveryMs, first.end - first.start),
        levelFactor,
      );
      return judge.judge(end, readings);
    },
  };
}
