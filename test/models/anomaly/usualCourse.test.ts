import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Usual, usualCourse } from '../../../models/anomaly/usualCourse.ts';
import { normal, randomState } from '../../../stats/random.ts';

const hour = 3_600_000;
const day = 24 * hour;
const width = 300_000;
/** A Monday. */
const start = Date.UTC(2026, 2, 2);
const plain = { widthMs: width, adaptMs: day, offsetAt: () => 0, holidays: new Set<string>() };

/** A school: busy from 8 to 16 on weekdays, else nearly nothing; a fall or rise is a factor. */
function school(time: number): number {
  const weekday = new Date(time).getUTCDay();
  const at = new Date(time).getUTCHours();
  return weekday >= 1 && weekday <= 5 && at >= 8 && at < 16 ? 800 : 60;
}

interface Seen extends Usual {
  readonly time: number;
}

/** Plays days of counts; `factor` says what happens; what scores beyond `limit` counts as found. */
function play(
  days: number,
  factor: (time: number) => number = () => 1,
  {
    limit = 8,
    seed = 1,
    ...options
  }: Partial<typeof plain> & { limit?: number; seed?: number } = {},
): Seen[] {
  const model = usualCourse({ ...plain, ...options, countOffset: 20 });
  const state = model.initial();
  const random = randomState(seed);
  return Array.from({ length: (days * day) / width }, (_, i) => {
    const time = start + i * width;
    const mean = school(time) * factor(time);
    const count = Math.max(0, Math.round(mean + 1.5 * Math.sqrt(mean) * normal(random)));
    const expected = model.expect(state, time, count);
    const usual = model.judge(state, expected, count);
    model.learn(state, expected, count, Math.abs(usual.score) > limit);
    return { ...usual, time };
  });
}

const within = (seen: Seen[], from: number, to: number) =>
  seen.filter(({ time }) => time >= start + from && time < start + to);
const largest = (seen: Seen[]) => Math.max(...seen.map(({ score }) => Math.abs(score)));

describe('the usual course of a count', () => {
  test('nothing is judged on the first day, and then only in hours that were seen', () => {
    expect(within(play(2), 0, day).every(({ isKnown, score }) => !isKnown && score === 0)).toBe(
      true,
    );
    expect(within(play(2), day + hour, 2 * day).every(({ isKnown }) => isKnown)).toBe(true);
  });

  test('steps of the timetable, the first weekend and the Monday after it are nothing unusual', () => {
    for (const seed of [1, 2, 3]) expect(largest(play(28, undefined, { seed }))).toBeLessThan(8);
  });

  test('an outage and a burst are far out in their first bucket, from the second day on', () => {
    for (const [from, change] of [
      [day + 9.5 * hour, 0.04],
      [3 * day + 10 * hour, 3],
      [15 * day + 9.5 * hour, 0.04],
      [17 * day + 10 * hour, 3],
    ] as const) {
      const happens = (time: number) =>
        time - start >= from && time - start < from + 4 * width ? change : 1;
      const seen = play(20, happens);
      const [first] = within(seen, from, from + width);
      expect(Math.abs(first!.score)).toBeGreaterThan(10);
      expect(Math.sign(first!.score)).toBe(Math.sign(change - 1));
      // What follows is judged as if nothing had been: not learnt.
      expect(largest(within(seen, from + 4 * width, from + 7 * day))).toBeLessThan(8);
    }
  });

  test('a holiday of the calendar is explained by the night before; so is the day after', () => {
    const from = 9 * day;
    const happens = (time: number) => (time - start >= from && time - start < from + day ? 0.2 : 1);
    const date = new Date(start + from).toISOString().slice(0, 10);
    const known = play(12, happens, { holidays: new Set([date]) });
    expect(largest(within(known, from, from + 3 * day))).toBeLessThan(8);
  });

  test('a change that stays is unusual for a day, then what is usual', () => {
    const from = 15 * day + 10 * hour;
    const seen = play(24, (time) => (time - start >= from ? 0.3 : 1), { seed: 2 });
    expect(largest(within(seen, from, from + 3 * hour))).toBeGreaterThan(8);
    expect(largest(within(seen, from + 30 * hour, from + 34 * hour))).toBeLessThan(6);
  });

  test('local time names the hour', () => {
    // Five and a half hours ahead: a timetable by local hours begins at 2:30 UTC, the same all along.
    const shifted = play(16, undefined, { offsetAt: () => 5.5 * hour });
    expect(largest(within(shifted, 7 * day, 16 * day))).toBeLessThan(12);
  });
});

describe('bad input', () => {
  const means = usualCourse({ ...plain, countOffset: null });

  test('what has always been nothing is not judged; what has always been the same is judged by its size', () => {
    const nothing = means.initial();
    const same = means.initial();
    for (let i = 0; i < 1_000; i += 1) {
      const time = start + i * width;
      means.learn(nothing, means.expect(nothing, time, 50), 0, false);
      means.learn(same, means.expect(same, time, 50), 5, false);
    }
    const next = start + 1_000 * width;
    expect(means.judge(nothing, means.expect(nothing, next, 50), 3)).toMatchObject({
      isKnown: false,
      score: 0,
      expected: 0,
    });
    expect(means.judge(same, means.expect(same, next, 50), 5).score).toBe(0);
    expect(means.judge(same, means.expect(same, next, 50), 10).score).toBeGreaterThan(100);
  });

  test('clock jumps, gaps and any finite values leave it finite', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            time: fc.integer({ min: 0, max: 4e12 }),
            x: fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
            count: fc.integer({ min: 0, max: 1e6 }),
            isUnusual: fc.boolean(),
          }),
          { maxLength: 60 },
        ),
        fc.constantFrom(null, 20),
        (readings, countOffset) => {
          const model = usualCourse({ ...plain, countOffset });
          const state = model.initial();
          for (const { time, x, count, isUnusual } of readings) {
            const expected = model.expect(state, time, count);
            const { score } = model.judge(state, expected, x);
            expect(Number.isFinite(score)).toBe(true);
            model.learn(state, expected, x, isUnusual);
          }
        },
      ),
    );
  });
});
