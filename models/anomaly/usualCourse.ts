/**
 * What the next reading of a metric usually is, and how unusual one is: by its season and by what it just was.
 *
 * Two expectations are made. The *season*: the mean of this hour of this day of the week, shrunk towards that hour on days of the
 * same kind (weekday, weekend, holiday) while it has been seen seldom. The *course*: the season moved by the deviations of the
 * last readings, or, while the season is hardly known, the last readings themselves. A reading is as unusual as the nearer of the
 * two says, and not at all when it lies on different sides of them: a Saturday that nobody has seen yet is explained by the
 * night before, a return to the ordinary after a long incident by the season.
 *
 * A reading that was found to be unusual is not learnt: what was expected is, in its place. When readings stay unusual for
 * `adaptMs` they are what is usual now, and are learnt.
 *
 * Source: exponential smoothing of a deseasonalised series as in Winters 1960; shrinkage as in Efron & Morris 1975; clipped steps as
 * in Huber 1964. Their combination is our own; benchmark: `watch`.
 */
import { medianOfSorted } from '../../stats/median.ts';
import { isHoliday } from './holidays.ts';

const hourMs = 3_600_000;

export interface UsualCourseOptions {
  /**
   * Counts are compared by ratio, when so much has been added to both that small ones do not differ by chance: ≥ 1. Anything else
   * is compared by difference: null.
   */
  readonly countOffset: number | null;
  /** Length of a bucket, ms. */
  readonly widthMs: number;
  /** After so long readings that stayed unusual are what is usual now, ms. */
  readonly adaptMs: number;
  /** Local time less UTC at a time, ms. */
  offsetAt(timeMs: number): number;
  /** Local days, `2026-12-25`, that are like one another rather than like their day of the week. */
  readonly holidays: ReadonlySet<string>;
}

/** Means of one hour over the days that had it: hours of the week from Thursday 00:00, 1970 began on one; then of holidays. */
interface Profile {
  readonly mean: Float64Array;
  /** Days behind it, at most `memoryDays`. */
  readonly weight: Float64Array;
}

export interface UsualCourseState {
  /** By hour of the week and of holidays (192 cells); by hour of a weekday, a weekend and a holiday (72); by hour of day (24). */
  readonly hours: Profile;
  readonly kinds: Profile;
  readonly day: Profile;
  /** The hour that runs, in hours since 1970, local (NaN before the first), and its readings. */
  hour: number;
  readings: number[];
  /** Decayed mean of the deviations from the season, and of the readings themselves. */
  level: number;
  recent: number;
  /** Readings learnt. */
  count: number;
  /** Median absolute deviation from season and course, by hour of day and of all hours (the 25th). */
  readonly fromSeason: Profile;
  readonly fromCourse: Profile;
  /** Rows of a reading, by hour of day. */
  readonly rows: Profile;
  /** Start of the unusual readings that run, ms since 1970; NaN when there are none. */
  unusualSince: number;
}

/** What a reading is judged by and learnt against: valid until another is learnt. */
export interface Expected {
  /** Start of the bucket, ms since 1970, its hour since 1970, local, and the cells of that. */
  readonly timeMs: number;
  readonly hour: number;
  readonly cells: { readonly hours: number; readonly kinds: number; readonly day: number };
  /** Rows behind the reading. */
  readonly count: number;
  /** The two expectations, and usual deviations from them; in logarithms, where the reading is a count. */
  readonly season: number;
  readonly course: number;
  readonly seasonSize: number;
  readonly courseSize: number;
  /** Least and largest season around the bucket. */
  readonly least: number;
  readonly most: number;
  /** Something was learnt before; enough to judge; so much that the course follows the season. */
  readonly isAny: boolean;
  readonly isKnown: boolean;
  readonly isSettled: boolean;
}

export interface Usual {
  /** What is expected, in the unit of the metric; NaN while nothing is known. */
  readonly expected: number;
  /** Ends of four usual deviations around it; NaN while nothing is known. */
  readonly lower: number;
  readonly upper: number;
  /** Usual deviations from what was expected, with sign; 0 where one of the two expectations explains the reading. */
  readonly score: number;
  /** Enough of the season is known to judge. */
  readonly isKnown: boolean;
  /** The hour of the week has been seen often enough for the course to follow its season. */
  readonly isSettled: boolean;
}

/** Days that a profile averages. */
const memoryDays = 6;
/** Days behind an hour with which it counts as much as the coarser profile. */
const shrinkage = 0.5;
/** Of the newest deviation in the level; of its size in a profile of sizes. */
const levelRate = 0.25;
/** Readings that the size of deviations averages. */
const scaleMemory = 400;
/** Deviations farther than so many usual ones count as so far. */
const clip = 4;
/** Half-width of the band that is shown, in usual deviations. */
const bandWidth = 4;
/** Standard deviation of a normal law by its median absolute deviation. */
const normalByMedian = 1.4826022185056018;
/** Smallest usual deviation, as a share of what is expected (of counts, of their ratio): that of rounding. */
const scaleFloor = 0.005;
/** Readings behind the size of deviations before anything is judged. */
const readingsMin = 30;
/** Days behind an hour of the week from which the season's own course is followed. */
const knownDays = 2;
/** An hour may begin so much sooner or later than it used to, ms. */
const slackMs = 600_000;
const allHours = 24;

const profile = (cells: number): Profile => ({
  mean: new Float64Array(cells),
  weight: new Float64Array(cells),
});

export function usualCourse(options: UsualCourseOptions) {
  const { countOffset, widthMs, adaptMs, offsetAt, holidays } = options;
  const isCount = countOffset !== null;
  const inward = isCount ? (x: number) => Math.log(Math.max(0, x) + countOffset) : (x: number) => x;
  const outward = isCount
    ? (y: number) => Math.max(0, Math.exp(y) - countOffset)
    : (y: number) => y;

  function cellsOf(hour: number) {
    const ofDay = hour - 24 * Math.floor(hour / 24);
    const day = Math.floor(hour / 24);
    if (holidays.size > 0 && isHoliday(holidays, day)) {
      return { hours: 168 + ofDay, kinds: 48 + ofDay, day: ofDay };
    }
    const ofWeek = hour - 168 * Math.floor(hour / 168);
    const weekday = Math.floor(ofWeek / 24);
    // Thursday is 0: Saturday and Sunday are 2 and 3.
    const isWeekend = weekday === 2 || weekday === 3;
    return { hours: ofWeek, kinds: (isWeekend ? 24 : 0) + ofDay, day: ofDay };
  }
  const hourOf = (timeMs: number) => Math.floor((timeMs + offsetAt(timeMs)) / hourMs);

  function seasonOf(state: UsualCourseState, hour: number): number {
    const cells = cellsOf(hour);
    let expected = state.day.mean[cells.day]!;
    for (const [{ mean, weight }, cell] of [
      [state.kinds, cells.kinds],
      [state.hours, cells.hours],
    ] as const) {
      const days = weight[cell]!;
      if (days > 0) expected = (days * mean[cell]! + shrinkage * expected) / (days + shrinkage);
    }
    return expected;
  }

  function learnCell({ mean, weight }: Profile, cell: number, x: number, memory: number): void {
    const next = Math.min(memory, weight[cell]! + 1);
    weight[cell] = next;
    mean[cell]! += (x - mean[cell]!) / next;
  }

  function endHour(state: UsualCourseState): void {
    if (state.readings.length === 0) return;
    const median = medianOfSorted(state.readings.sort((a, b) => a - b));
    const cells = cellsOf(state.hour);
    learnCell(state.hours, cells.hours, median, memoryDays);
    learnCell(state.kinds, cells.kinds, median, memoryDays);
    learnCell(state.day, cells.day, median, memoryDays);
    state.readings = [];
  }

  /** Usual size of a deviation in an hour: its own, shrunk towards that of all hours. */
  function sizeOf({ mean, weight }: Profile, ofDay: number): number {
    const all = mean[allHours]!;
    const days = weight[ofDay]!;
    return normalByMedian * ((days * mean[ofDay]! + 6 * all) / (days + 6));
  }

  /** Least and largest season around a bucket: an hour may begin some minutes sooner or later than it used to. */
  function seasonsOf(state: UsualCourseState, timeMs: number) {
    const hour = hourOf(timeMs);
    const season = seasonOf(state, hour);
    const around = [hourOf(timeMs - slackMs), hourOf(timeMs + widthMs - 1 + slackMs)]
      .filter((other) => other !== hour && state.day.weight[cellsOf(other).day]! >= 1)
      .map((other) => seasonOf(state, other));
    return { season, least: Math.min(season, ...around), most: Math.max(season, ...around) };
  }

  function expect(state: UsualCourseState, timeMs: number, count: number): Expected {
    const hour = hourOf(timeMs);
    const cells = cellsOf(hour);
    const { season, least, most } = seasonsOf(state, timeMs);
    const isSettled = state.hours.weight[cells.hours]! >= knownDays;
    const course = isSettled ? season + state.level : state.recent;
    const floor = isCount ? scaleFloor : scaleFloor * Math.abs(season);
    // Means of fewer rows than usual vary more, and so do smaller counts.
    const rows = isCount ? outward(Math.min(season, course)) : count;
    const thin = Math.sqrt(Math.max(1, state.rows.mean[cells.day]! / Math.max(1, rows)));
    const seasonSize = thin * Math.max(floor, sizeOf(state.fromSeason, cells.day));
    const courseSize = thin * Math.max(floor, sizeOf(state.fromCourse, cells.day));
    const isKnown =
      state.day.weight[cells.day]! >= 1 &&
      state.fromCourse.weight[allHours]! >= readingsMin &&
      // What has always been nothing has no scale to judge by.
      Math.min(seasonSize, courseSize) > 0;
    return {
      ...{ timeMs, hour, cells, count, season, course, seasonSize, courseSize, least, most },
      ...{ isAny: state.count > 0, isKnown, isSettled },
    };
  }

  /** How far a reading is from the nearest season around it. */
  const fromSeasons = ({ least, most }: Expected, y: number) =>
    y - Math.max(least, Math.min(most, y));

  /** Moves a median: up or down by a part of itself, less the longer it has been learnt. */
  function learnMedian({ mean, weight }: Profile, cell: number, x: number): void {
    const held = weight[cell]!;
    weight[cell] = Math.min(scaleMemory, held + 1);
    // From nothing a part of itself leads nowhere.
    if (held < 12 || mean[cell] === 0) mean[cell]! += (x - mean[cell]!) / (held + 1);
    else mean[cell]! *= Math.exp(Math.sign(x - mean[cell]!) * (2 / weight[cell]!));
  }

  function learnSize(sizes: Profile, ofDay: number, deviation: number): void {
    const size = Math.abs(deviation);
    learnMedian(sizes, ofDay, size);
    learnMedian(sizes, allHours, size);
  }

  return {
    initial: (): UsualCourseState => ({
      hours: profile(192),
      kinds: profile(72),
      day: profile(24),
      hour: Number.NaN,
      readings: [],
      level: 0,
      recent: 0,
      count: 0,
      fromSeason: profile(25),
      fromCourse: profile(25),
      rows: profile(24),
      unusualSince: Number.NaN,
    }),

    /**
     * @param timeMs start of the bucket, since 1970
     * @param count  rows behind the reading
     */
    expect,

    /** How unusual a reading is, before it is learnt. @param x finite */
    judge(state: UsualCourseState, expected: Expected, x: number): Usual {
      const { course, seasonSize, courseSize, isKnown, isSettled, least, most } = expected;
      if (!expected.isAny) {
        return {
          ...{ expected: NaN, lower: NaN, upper: NaN, score: 0 },
          ...{ isKnown: false, isSettled: false },
        };
      }
      const y = inward(x);
      const bySeason = fromSeasons(expected, y) / seasonSize;
      const fromCourse = isSettled ? fromSeasons(expected, y - state.level) : y - course;
      const byCourse = fromCourse / courseSize;
      const agree = Math.sign(bySeason) === Math.sign(byCourse);
      const score = agree
        ? Math.sign(byCourse) * Math.min(Math.abs(bySeason), Math.abs(byCourse))
        : 0;
      const [low, high] = [
        Math.min(least - bandWidth * seasonSize, course - bandWidth * courseSize),
        Math.max(most + bandWidth * seasonSize, course + bandWidth * courseSize),
      ];
      return {
        expected: outward(course),
        lower: outward(low),
        upper: outward(high),
        score: isKnown ? score : 0,
        isKnown,
        isSettled,
      };
    },

    /**
     * Learns a reading. Times may jump: they only name another hour.
     *
     * @param isUnusual it was found to be: what was expected is learnt in its place
     * @returns whether it has been unusual for so long that it is what is usual now
     */
    learn(state: UsualCourseState, expected: Expected, x: number, isUnusual: boolean): boolean {
      const { timeMs, hour, cells, count, season, course, seasonSize } = expected;
      if (hour !== state.hour) endHour(state);
      state.hour = hour;
      const y = inward(x);
      if (!isUnusual) state.unusualSince = Number.NaN;
      else if (!(timeMs >= state.unusualSince)) state.unusualSince = timeMs;
      const isNewNormal = isUnusual && timeMs + widthMs - state.unusualSince >= adaptMs;
      if (isUnusual && !isNewNormal) {
        state.readings.push(season);
        return false;
      }
      state.readings.push(y);
      if (state.count > 0) {
        const fromSeason = fromSeasons(expected, y);
        if (state.kinds.weight[cells.kinds]! >= 1) {
          learnSize(state.fromSeason, cells.day, y - season);
        }
        if (state.day.weight[cells.day]! >= 1) {
          const most = clip * seasonSize;
          const moved = isNewNormal ? fromSeason : Math.max(-most, Math.min(most, fromSeason));
          state.level += levelRate * (moved - state.level);
        }
        if (!isNewNormal) learnSize(state.fromCourse, cells.day, y - course);
      }
      state.recent = state.count === 0 ? y : state.recent + 2 * levelRate * (y - state.recent);
      learnCell(state.rows, cells.day, count, 12 * memoryDays);
      state.count += 1;
      return isNewNormal;
    },
  };
}
