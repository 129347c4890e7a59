/** The benchmark's own rules, against the examples that its authors published with their scorer (NAB, tests/unit/scorer_test.py). */
import { describe, expect, test } from 'vitest';
import {
  normalizedScore,
  probationOf,
  rawScore,
  scaledSigmoid,
  scoreRows,
  type Window,
} from '../../benchmarks/nab/scoring.ts';

const profile = { hit: 1.1, falseAlarm: 0.11, miss: 1.2 };
const score = (rows: number, windows: readonly Window[], alarms: number[], probation = 0) =>
  rawScore(scoreRows(rows, windows, probation), alarms, profile);

describe('the rules of the Numenta benchmark', () => {
  test('the sigmoid has the published values', () => {
    expect(scaledSigmoid(-1)).toBeCloseTo(0.9866142981514305, 14);
    expect(scaledSigmoid(-0.5)).toBeCloseTo(0.8482836399575131, 14);
    expect(scaledSigmoid(0)).toBe(0);
    expect(scaledSigmoid(1)).toBeCloseTo(-0.9866142981514305, 14);
    expect(scaledSigmoid(3)).toBe(-1);
  });

  test('nothing said, nothing to find', () => {
    expect(score(5, [], [])).toBe(0);
  });

  test('false alarms without any window cost their whole weight', () => {
    expect(score(5, [], [1, 3])).toBeCloseTo(-2 * 0.11, 12);
  });

  test('each missed window costs its weight', () => {
    const windows: Window[] = [
      [1, 2],
      [4, 5],
    ];
    expect(score(7, windows, [])).toBeCloseTo(-2 * 1.2, 12);
  });

  test('false alarms in probation cost nothing', () => {
    expect(score(5, [], [1, 3], 4)).toBeCloseTo(0, 12);
    expect(score(5, [], [1, 3], 3)).toBeCloseTo(-0.11, 12);
  });

  test('a hit counts by its place in the window', () => {
    const half = (0.8482836399575131 * 1.1) / 0.9866142981514305;
    expect(score(7, [[1, 2]], [2])).toBeCloseTo(half, 12);
    const two: Window[] = [
      [1, 2],
      [4, 5],
    ];
    expect(score(7, two, [2])).toBeCloseTo(half - 1.2, 12);
    expect(score(7, [[4, 5]], [4])).toBeCloseTo(1.1, 12);
    // Only the best alarm of a window counts.
    expect(score(7, [[4, 5]], [5, 4])).toBeCloseTo(1.1, 12);
    expect(score(7, two, [2, 4])).toBeCloseTo(half + 1.1, 12);
  });

  // By hand: 2 / (1 + e^(5 × 1 / 3)) − 1 at the first of three steps from the edge of a window four wide.
  test('a false alarm soon after a window costs less', () => {
    const soon = -1.2 + 0.11 * (2 / (1 + Math.exp(5 / 3)) - 1);
    expect(score(30, [[2, 5]], [6])).toBeCloseTo(soon, 12);
    expect(score(30, [[2, 5]], [14])).toBeCloseTo(-1.2 - 0.11, 12);
  });

  test('0 is the detector that says nothing, 100 the perfect one', () => {
    const rows = scoreRows(100, [
      [20, 29],
      [60, 69],
    ]);
    expect(probationOf(100)).toBe(15);
    expect(probationOf(4_032)).toBe(604);
    expect(probationOf(15_902)).toBe(750);
    expect(normalizedScore(rawScore(rows, [], profile), 2, profile)).toBeCloseTo(0, 12);
    expect(normalizedScore(rawScore(rows, [20, 60], profile), 2, profile)).toBeCloseTo(100, 12);
    // A window that is over before probation ends is no window.
    expect(scoreRows(100, [[2, 14]]).windows).toBe(0);
  });
});
