/**
 * Judges metrics by what is usual: an expectation for each key, and one tail for the scores of all. What is too rare follows from
 * the budget of false alarms: see `rarest`.
 */
import type { Watch } from '../../../contracts/watch.ts';
import {
  type Usual,
  type UsualCourseState,
  usualCourse,
} from '../../../models/anomaly/usualCourse.ts';
import { tailProbability } from '../../../stats/extremes/tailProbability.ts';
import type { Judge, Judged, Reading } from '../judged.ts';
import { levelOf, rarest } from './rarest.ts';

export interface UsualOptions {
  /** Local time less UTC at a time, ms. */
  offsetAt(timeMs: number): number;
  /** Local days, `2026-12-25`, that are unlike their day of the week. */
  readonly holidays: ReadonlySet<string>;
  /** How much stricter than the budget it has to be by now: see `realisedFactor`. By default 1. */
  levelFactor?(): number;
}

/** Readings that stay unusual for so long are what is usual now. */
const adaptMs = 24 * 3_600_000;
/** As probable as this an open alert is over. */
const clearProbability = 0.02;
const tailOptions = { memory: 20_000, share: 0.05, trimmed: 0.005, shape: 0.15 };

/** @throws RangeError when the watch is not about a metric's usual course */
export function usualJudge(
  watch: Watch,
  { offsetAt, holidays, levelFactor = () => 1 }: UsualOptions,
): Judge {
  const { source, judgement } = watch;
  if (source.kind !== 'metric' || judgement.kind !== 'usual') {
    throw new RangeError(`watch ${watch.key}: expected a metric that is judged by what is usual`);
  }
  const { figure, widthMs } = source;
  const { direction, budgetPerWeek, leastChange, leastCount } = judgement;
  const isCount = figure === 'count';
  const course = usualCourse({
    ...{ countOffset: isCount ? leastCount : null },
    ...{ widthMs, adaptMs, offsetAt, holidays },
  });
  const tail = tailProbability(tailOptions);
  // While a season is new other deviations are usual than later.
  const scores = { young: tail.initial(), settled: tail.initial() };
  const scoresOf = ({ isSettled }: Usual) => (isSettled ? scores.settled : scores.young);
  const probabilityOf = (usual: Usual) => {
    const isReady = tail.isFitted(scoresOf(usual));
    return tail.of(isReady ? scoresOf(usual) : scores.young, Math.abs(usual.score));
  };
  const states = new Map<string, UsualCourseState>();
  const level = levelOf(budgetPerWeek, widthMs);

  function stateOf(key: readonly string[]): UsualCourseState {
    const name = key.join('\0');
    const known = states.get(name);
    if (known !== undefined) return known;
    const state = course.initial();
    states.set(name, state);
    return state;
  }

  function isLarge({ expected }: Usual, value: number): boolean {
    return Math.abs(value - expected) >= leastChange * Math.abs(expected);
  }

  return {
    judge(_end, readings) {
      const taken = readings.map((reading) => {
        const state = stateOf(reading.key);
        const { value, count, start } = reading;
        if (value === null || !Number.isFinite(value)) return { reading, state, usual: undefined };
        const expected = course.expect(state, start, count);
        const usual = course.judge(state, expected, value);
        // Of a count the rows are the value: few are news where many are usual.
        const rows = isCount ? Math.max(value, usual.expected) : count;
        const isJudged = usual.isKnown && rows >= leastCount;
        const pValue = probabilityOf(usual);
        return { reading, state, expected, usual, isJudged, pValue };
      });
      const judged = taken.filter(({ isJudged }) => isJudged);
      const found = rarest(
        judged.map(({ pValue }) => pValue!),
        level * levelFactor(),
      );
      const rare = new Set(judged.filter((_, i) => found[i]));
      return taken.map((each): Judged => {
        const { reading, state, usual } = each;
        if (usual === undefined) return unknown(reading);
        const side = usual.score > 0 ? 'rise' : usual.score < 0 ? 'fall' : null;
        const isMeant = direction === 'either' || direction === side;
        const isRare = rare.has(each);
        const isBreach = isRare && isLarge(usual, reading.value!);
        const { value } = reading;
        const isNewNormal = course.learn(state, each.expected, value!, isBreach);
        if (each.isJudged && !isRare) tail.step(scoresOf(usual), Math.abs(usual.score));
        const verdict = !each.isJudged
          ? 'unknown'
          : isBreach && isMeant
            ? 'breach'
            : each.pValue! < clearProbability && isMeant && isLarge(usual, value!)
              ? 'unclear'
              : 'fine';
        return {
          key: reading.key,
          verdict,
          direction: side,
          reading: readingOf(reading, usual, each.isJudged ? each.pValue! : null),
          ...(isNewNormal ? { isNewNormal } : {}),
        };
      });
    },
  };
}

function readingOf({ start, end, value, count }: Reading, usual: Usual, pValue: number | null) {
  const { expected, lower, upper, score } = usual;
  const finite = (x: number) => (Number.isFinite(x) ? x : null);
  return {
    ...{ start, end, value, count, pValue },
    ...{ expected: finite(expected), lower: finite(lower), upper: finite(upper) },
    score: pValue === null ? null : score,
  };
}

function unknown({ key, start, end, value, count }: Reading): Judged {
  const nothing = { expected: null, lower: null, upper: null, score: null, pValue: null };
  return {
    ...{ key, verdict: 'unknown', direction: null },
    reading: { start, end, value: Number.isFinite(value) ? value : null, count, ...nothing },
  };
}
