/** The judges of what is usual and of probabilities: their budgets kept in simulation, and whatever comes in. */
import { describe, expect, test } from 'vitest';
import { Watch, type WatchInput } from '../../../contracts/watch.ts';
import type { Judged, Reading } from '../../../control/watching/judged.ts';
import { probabilityJudge } from '../../../control/watching/judges/probability.ts';
import { levelOf, rarest } from '../../../control/watching/judges/rarest.ts';
import { realisedFactor } from '../../../control/watching/judges/realisedRate.ts';
import { usualJudge } from '../../../control/watching/judges/usual.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';

const width = 300_000;
const day = 86_400_000;
const start = Date.UTC(2026, 2, 2);
const utc = { offsetAt: () => 0, holidays: new Set<string>() };

const watchOf = (given: Partial<WatchInput>): Watch =>
  Watch.parse({
    key: 'events',
    name: 'Events',
    lane: 'ingest',
    source: { kind: 'metric', metric: 'events', figure: 'count', by: 'segment' },
    judgement: { kind: 'usual' },
    ...given,
  });

describe('what is too rare', () => {
  test('the level is the budget over the buckets of a week', () => {
    expect(levelOf(1, 300_000)).toBeCloseTo(1 / 2016, 12);
    expect(levelOf(1_000, 86_400_000)).toBe(0.5);
  });

  test('of uniform probabilities of twenty keys something is found in about one week of budget 1', () => {
    const random = randomState(7);
    const level = levelOf(1, 3_600_000);
    let found = 0;
    const weeks = 400;
    for (let hour = 0; hour < weeks * 168; hour += 1) {
      if (
        rarest(
          Array.from({ length: 20 }, () => uniform(random)),
          level,
        ).some(Boolean)
      )
        found += 1;
    }
    // Binomial with mean 400: four standard deviations.
    expect(Math.abs(found - weeks)).toBeLessThan(80);
  });

  test('many small ones help each other', () => {
    expect(rarest([0.004, 0.5, 0.6, 0.7], 0.01)).toEqual([false, false, false, false]);
    expect(rarest([0.004, 0.004, 0.004, 0.7], 0.01)).toEqual([true, true, true, false]);
    expect(rarest([], 0.01)).toEqual([]);
  });
});

describe('the realised rate of false alarms', () => {
  test('makes the level stricter in proportion, not for one more than allowed, and never looser', () => {
    expect(realisedFactor(0.5, 4, 8)).toBeCloseTo(1 / 3, 12);
    expect(realisedFactor(0.5, 4, 2)).toBe(1);
    expect(realisedFactor(0.5, 4, 3)).toBe(0.75);
    expect(realisedFactor(0.5, 0, 0)).toBe(1);
    expect(realisedFactor(0.2, 1, 1_000)).toBe(0.02);
  });
});

/** Counts of several keys by bucket, with a day's rhythm. */
function round(i: number, random: ReturnType<typeof randomState>, change = 1): Reading[] {
  const time = start + i * width;
  const rhythm = 300 + 200 * Math.sin((2 * Math.PI * (time % day)) / day);
  return ['answered', 'viewed', 'rated'].map((name, at) => {
    const mean = (rhythm * (name === 'viewed' ? change : 1)) / (at + 1);
    const value = Math.max(0, Math.round(mean + 1.3 * Math.sqrt(mean) * normal(random)));
    return { key: [name], start: time, end: time + width, value, count: value };
  });
}

function play(watch: Watch, days: number, change: (i: number) => number = () => 1): Judged[][] {
  const judge = usualJudge(watch, utc);
  const random = randomState(11);
  return Array.from({ length: (days * day) / width }, (_, i) => {
    const readings = round(i, random, change(i));
    return [...judge.judge(readings[0]!.end, readings)];
  });
}

const breaches = (rounds: Judged[][]) =>
  rounds.flatMap((round, i) =>
    round.flatMap(({ verdict, key }) => (verdict === 'breach' ? [`${key}@${i}`] : [])),
  );

describe('what is usual', () => {
  test('eight quiet weeks are quiet; a key that falls is found at once, alone, and told to be over', () => {
    expect(breaches(play(watchOf({}), 56))).toEqual([]);
    const from = 20 * 288 + 100;
    const seen = play(watchOf({}), 22, (i) => (i >= from && i < from + 4 ? 0.1 : 1));
    expect(breaches(seen)).toEqual([0, 1, 2, 3].map((i) => `viewed@${from + i}`));
    const [, first] = seen[from]!;
    expect(first).toMatchObject({ key: ['viewed'], direction: 'fall' });
    const { expected, lower, upper, pValue, score } = first!.reading;
    expect(lower!).toBeLessThan(expected!);
    expect(upper!).toBeGreaterThan(expected!);
    expect(pValue!).toBeLessThan(1e-4);
    expect(score!).toBeLessThan(-8);
    expect(seen[from + 4]![1]!.verdict).toBe('fine');
  });

  test('a watch for rises is silent about falls, small changes are none, few rows are not judged', () => {
    const from = 20 * 288 + 100;
    const fall = (i: number) => (i >= from && i < from + 4 ? 0.1 : 1);
    const rises = watchOf({ judgement: { kind: 'usual', direction: 'rise' } });
    expect(breaches(play(rises, 22, fall))).toEqual([]);
    const large = watchOf({ judgement: { kind: 'usual', leastChange: 0.95 } });
    expect(breaches(play(large, 22, fall))).toEqual([]);
    const many = watchOf({ judgement: { kind: 'usual', leastCount: 1_000 } });
    const verdicts = new Set(play(many, 3).flatMap((round) => round.map(({ verdict }) => verdict)));
    expect([...verdicts]).toEqual(['unknown']);
  });

  test('the same readings are judged alike, whatever else was judged in between by another judge', () => {
    expect(play(watchOf({}), 3)).toEqual(play(watchOf({}), 3));
  });

  test('no value, infinities and keys that come and go are defined', () => {
    const judge = usualJudge(watchOf({}), utc);
    const at = (i: number, key: string, value: number | null): Reading => ({
      key: [key],
      start: start + i * width,
      end: start + (i + 1) * width,
      value,
      count: 30,
    });
    for (let i = 0; i < 600; i += 1) judge.judge(start + (i + 1) * width, [at(i, 'a', 100)]);
    const judged = judge.judge(start + 601 * width, [
      at(600, 'a', null),
      at(600, 'b', Number.POSITIVE_INFINITY),
      at(600, 'c', Number.NaN),
      at(600, 'd', 5),
    ]);
    expect(judged.map(({ verdict }) => verdict)).toEqual(Array(4).fill('unknown'));
    expect(judged.map(({ reading }) => reading.value)).toEqual([null, null, null, 5]);
    expect(judge.judge(start + 602 * width, [])).toEqual([]);
    expect(judge.judge(start + 603 * width, [at(602, 'a', 100)])[0]!.verdict).toBe('fine');
  });

  test('a watch of another kind is refused', () => {
    const watch = watchOf({ judgement: { kind: 'alarms' } });
    expect(() => usualJudge(watch, utc)).toThrow('watch events: expected a metric');
    expect(() => probabilityJudge(watch, day)).toThrow('expected a judgement of probabilities');
  });
});

test('probabilities: too small ones are breaches, what is none is unknown', () => {
  const watch = watchOf({
    source: { kind: 'statistic', name: 'drift', figure: 'pValue' },
    judgement: { kind: 'probability', budgetPerWeek: 0.07 },
  });
  const judge = probabilityJudge(watch, day);
  const values = [1e-4, 0.03, 0.7, null, Number.NaN, 2];
  const readings = values.map((value, i) => ({
    ...{ key: [String(i)], start, end: start + day },
    ...{ value, count: 100 },
  }));
  const verdicts = judge.judge(start + day, readings).map(({ verdict }) => verdict);
  expect(verdicts).toEqual(['breach', 'unclear', 'fine', 'unknown', 'unknown', 'unknown']);
});
