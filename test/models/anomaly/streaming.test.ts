/** Anomaly models as streaming statistics: what they find, and what bad input does to them. */
import { describe, expect, test } from 'vitest';
import type { StatisticRow } from '../../../contracts/statistic.ts';
import { modelStatistics } from '../../../models/statistics.ts';
import { normal, randomState } from '../../../stats/random.ts';

const hour = 3_600_000;
const names = ['silence', 'flat-line', 'holt-winters', 'seasonal-expectation'] as const;

function read(name: string, rows: readonly StatisticRow[]) {
  const fold = modelStatistics.get(name)!.begin();
  const state = fold.initial();
  for (const row of rows) fold.step(state, row);
  return fold.read(state);
}

/** A metric with a day in it, one value an hour. */
function daily(hours: number, from = 0): { value: number; time: number }[] {
  const random = randomState(12);
  return Array.from({ length: hours }, (_, i) => ({
    value: 100 + 30 * Math.sin((2 * Math.PI * (from + i)) / 24) + normal(random),
    time: 1e12 + (from + i) * hour,
  }));
}

describe('what is planted is found once', () => {
  const week = daily(21 * 24);
  const spiked = [...week, { value: 300, time: week.at(-1)!.time + hour }];

  test('a spike, by both expectations', () => {
    expect(read('holt-winters', week)['alarms']).toBe(0);
    expect(read('holt-winters', spiked)['alarms']).toBe(1);
    expect(read('seasonal-expectation', week)['alarms']).toBe(0);
    expect(read('seasonal-expectation', spiked)['alarms']).toBe(1);
    expect(read('seasonal-expectation', spiked)['off']).toBeGreaterThan(20);
  });

  test('a silence when it ends, and beforehand when it will be one', () => {
    const last = week.at(-1)!.time;
    expect(read('silence', week)).toMatchObject({ alarms: 0, strangeFrom: last + 3 * hour });
    const after = read('silence', [...week, { value: 0, time: last + 10 * hour }]);
    expect(after).toMatchObject({ alarms: 1, lastSilenceMs: 10 * hour });
  });

  test('a flat line, for as long as it lasts', () => {
    const flat = [...week, ...new Array(40).fill(0).map((_, i) => ({ value: 7, time: 2e12 + i }))];
    expect(read('flat-line', week)).toMatchObject({ alarms: 0, isFlat: 0 });
    expect(read('flat-line', flat)).toMatchObject({ alarms: 1, isFlat: 1, run: 40 });
    const ended = read('flat-line', [...flat, { value: 8, time: 3e12 }]);
    expect(ended).toMatchObject({ alarms: 1, isFlat: 0 });
  });
});

describe.each(names)('%s', (name) => {
  test('is calm about a constant series', () => {
    const constant = daily(500).map(({ time }) => ({ value: 5, time }));
    expect(read(name, constant)['alarms']).toBe(0);
  });

  test('begins in the middle of a series as at its beginning', () => {
    expect(read(name, daily(21 * 24, 1_001))['alarms']).toBe(0);
  });

  test('does not alarm for long because a clock jumped', () => {
    const back = daily(600).map((row, i) => ({
      ...row,
      time: row.time - (i > 400 ? 96 * hour : 0),
    }));
    const ahead = daily(600).map((row, i) => ({
      ...row,
      time: row.time + (i > 400 ? 1e4 * 24 * hour : 0),
    }));
    expect(read(name, back)['alarms']).toBeLessThan(3);
    expect(read(name, ahead)['alarms']).toBeLessThan(3);
  });

  test('takes no number that is none', () => {
    const fold = modelStatistics.get(name)!.begin();
    const state = fold.initial();
    for (const value of [NaN, Infinity, -Infinity]) {
      expect(() => fold.step(state, { value, time: value })).toThrow(RangeError);
    }
    expect(fold.read(state)).toEqual(fold.read(fold.initial()));
  });
});
