import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aucInterval } from '../../ui/format/aucInterval.ts';
import { judgeAuc, judgeCalibration, judgeRefused } from '../../ui/format/judgements.ts';
import {
  formatChange,
  formatCount,
  formatDuration,
  formatRate,
  formatRatio,
  formatShare,
  formatValue,
  formatWhole,
  missing,
} from '../../ui/format/numbers.ts';
import {
  fieldOfTime,
  formatAgo,
  formatInstant,
  formatTick,
  timeOfField,
  zoneLabel,
} from '../../ui/format/times.ts';
import { lagWords } from '../../ui/live/lagWords.ts';

/** Narrow and wide no-break spaces read as spaces here. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test.each([
  [0, '0'],
  [0.04, '0'],
  [3.25, '3.3'],
  [950, '950'],
  [9_876, '9 876'],
  [9_999.6, '10 k'],
  [12_345, '12.3 k'],
  [999_949, '999.9 k'],
  [999_951, '1 M'],
  [1_234_567, '1.2 M'],
  [3_400_000_000, '3.4 bn'],
  [-1_500, '\u22121 500'],
  [null, missing],
  [NaN, missing],
])('the count %s reads %s', (value, text) => {
  expect(plain(formatCount(value))).toBe(text);
});

test.each([
  [0.42, '0.42 ms'],
  [2.25, '2.3 ms'],
  [250, '250 ms'],
  [999.7, '1 s'],
  [3_400, '3.4 s'],
  [12_000, '12 s'],
  [90_000, '1.5 min'],
  [5 * 3_600_000, '5 h'],
  [3 * 86_400_000, '3 days'],
])('%s ms read %s', (value, text) => {
  expect(plain(formatDuration(value))).toBe(text);
});

test('ratios, shares, rates and values read as people write them', () => {
  expect(formatRatio(0.7412)).toBe('0.741');
  expect(plain(formatShare(0.0192))).toBe('1.9 %');
  expect(plain(formatShare(0.64))).toBe('64 %');
  expect(plain(formatShare(0.0001))).toBe('< 0.1 %');
  expect(formatShare(0)).toBe('0\u00a0%');
  expect(formatRate(212)).toBe('212/s');
  expect(formatValue(0.5)).toBe('0.5');
  expect(formatValue(90.657)).toBe('90.66');
  expect(formatWhole(1_234_567)).toBe('1\u202f234\u202f567');
});

test('a change carries its sign, and none when it rounds to nothing', () => {
  expect(formatChange(0.012, formatRatio)).toBe('+0.012');
  expect(formatChange(-0.012, formatRatio)).toBe('\u22120.012');
  expect(formatChange(0.0001, formatRatio)).toBe('±0.000');
});

test('every number has a short text', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), (value) => {
      for (const format of [formatCount, formatDuration, formatValue]) {
        const text = format(value);
        expect(text.length).toBeLessThanOrEqual(16);
        expect(text).not.toMatch(/NaN|undefined|^-/);
      }
    }),
  );
});

test('instants are shown in the given zone, which is named', () => {
  const time = Date.UTC(2026, 0, 15, 13, 5, 9);
  expect(formatInstant(time, 'Europe/Berlin')).toBe('15 Jan 2026, 14:05:09');
  expect(formatTick(time, 60_000, 'UTC')).toBe('13:05:09');
  expect(formatTick(time, 86_400_000, 'UTC')).toBe('13:05');
  expect(formatTick(time, 30 * 86_400_000, 'UTC')).toBe('15 Jan');
  expect(zoneLabel(time, 'Europe/Berlin')).toMatch(/^Europe\/Berlin \(.+\)$/);
  expect(zoneLabel(time, 'UTC')).toBe('UTC');
});

test('how long ago is said in the largest unit that fits', () => {
  expect(formatAgo(0, 900)).toBe('just now');
  expect(plain(formatAgo(0, 12_400))).toBe('12 s ago');
  expect(plain(formatAgo(0, 120_000))).toBe('2 min ago');
  expect(formatAgo(5_000, 0)).toBe('just now');
  expect(formatAgo(null, 0)).toBe(missing);
});

test('lag is told in time when events move, in events when they do not', () => {
  expect(lagWords(40, 0)).toBe('keeping up');
  expect(lagWords(200, 212)).toBe('keeping up');
  expect(plain(lagWords(2_120, 212))).toBe('10 s behind');
  expect(plain(lagWords(12_345, 0))).toBe('12.3 k events behind');
});

// The approximation is exact for exponential scores: positives with mean 3 lie above negatives with mean 1 in 3 of 4 pairs.
test('the AUC interval has the spread of simulated AUCs, and covers the true one', () => {
  let seed = 7;
  const exponential = (mean: number) => {
    seed = (seed * 48_271) % 2_147_483_647; // Park & Miller 1988
    return -mean * Math.log(seed / 2_147_483_647);
  };
  const [runs, each] = [400, 60];
  let [sum, squares, halves, covered] = [0, 0, 0, 0];
  for (let run = 0; run < runs; run += 1) {
    const positives = Array.from({ length: each }, () => exponential(3));
    const negatives = Array.from({ length: each }, () => exponential(1));
    const wins = positives.map((p) => negatives.filter((n) => n < p).length);
    const auc = wins.reduce((a, b) => a + b, 0) / each ** 2;
    const { lower, upper } = aucInterval({ auc, count: 2 * each, baseRate: 0.5 }) ?? fail();
    sum += auc;
    squares += auc * auc;
    halves += (upper - lower) / 2;
    if (lower <= 0.75 && 0.75 <= upper) covered += 1;
  }
  const mean = sum / runs;
  const deviation = Math.sqrt(squares / runs - mean * mean);
  // Standard error of a deviation from 400 runs: 3.5 %.
  expect(Math.abs(halves / runs / 1.96 / deviation - 1)).toBeLessThan(0.12);
  expect(covered / runs).toBeGreaterThan(0.92);
  expect(covered / runs).toBeLessThan(0.98);
});

function fail(): never {
  throw new TypeError('aucInterval: expected an interval, got none');
}

test('an AUC of too few outcomes has no interval', () => {
  expect(aucInterval({ auc: null, count: 100, baseRate: 0.5 })).toBeUndefined();
  expect(aucInterval({ auc: 0.7, count: 100, baseRate: 0.01 })).toBeUndefined();
  expect(aucInterval({ auc: 0.7, count: 100, baseRate: null })).toBeUndefined();
});

test('judgements have a word for every figure', () => {
  expect(judgeAuc(null).tone).toBe('none');
  expect(judgeAuc(0.75).tone).toBe('good');
  expect(judgeAuc(0.5).tone).toBe('bad');
  expect(judgeCalibration(0.021).tone).toBe('good');
  expect(judgeCalibration(0.2).tone).toBe('bad');
  expect(judgeRefused(0.1)).toBe('attention');
});

test('a field of date and time has the minute in the reader’s zone, and may be empty', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (time) => {
      const minute = Math.floor(time / 60_000) * 60_000;
      const read = timeOfField(fieldOfTime(time));
      // An hour that comes twice, when the clocks go back, is read as one of the two.
      expect([0, 1_800_000, 3_600_000]).toContain(Math.abs(read! - minute));
    }),
  );
  expect(timeOfField('')).toBeUndefined();
  expect(fieldOfTime(new Date(2026, 0, 15, 9, 5).getTime())).toBe('2026-01-15T09:05');
});
