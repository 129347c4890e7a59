/** What the overview counts, how it compares, and what the palette finds. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Health } from '../../contracts/api.ts';
import type { Card } from '../../contracts/insight.ts';
import { changeWords } from '../../ui/format/changeWords.ts';
import { formatRatio } from '../../ui/format/numbers.ts';
import { feedbackOf } from '../../ui/overview/feedback.ts';
import { overviewSentence } from '../../ui/overview/overviewSentence.ts';
import { halvesDifference, pooled } from '../../ui/overview/pooled.ts';
import { rangeAuc } from '../../ui/overview/rangeAuc.ts';
import { type Entry, groupsOf } from '../../ui/shell/palette/entries.ts';
import { fuzzyScore } from '../../ui/shell/palette/fuzzy.ts';

describe('steps taken together', () => {
  test('have the mean of all observations, and the error of that', () => {
    const points = [
      { count: 100, mean: 1, deviation: 1 },
      { count: 0, mean: null, deviation: null },
      { count: 300, mean: 3, deviation: 1 },
    ];
    // 1.96 · √400 / 400
    expect(pooled(points)).toEqual({ mean: 2.5, half: expect.closeTo(0.098, 10) });
    expect(pooled([])).toBeUndefined();
    const change = halvesDifference(points);
    expect(change?.mean).toBe(2);
    // √(0.196² + 0.1132²)
    expect(change?.half).toBeCloseTo(0.22632, 4);
    expect(halvesDifference(points.slice(0, 1))).toBeUndefined();
  });

  test('hold their interval: of a mean that is known 19 of 20 do', () => {
    let [seed, held] = [7, 0];
    const uniform = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const trials = 400;
    for (let trial = 0; trial < trials; trial += 1) {
      const points = Array.from({ length: 6 }, () => {
        const values = Array.from({ length: 40 }, () => (uniform() < 0.6 ? 1 : 0) as number);
        const mean = values.reduce((sum, value) => sum + value, 0) / 40;
        const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        return { count: 40, mean, deviation: Math.sqrt(squares / 39) };
      });
      const { mean, half } = pooled(points)!;
      if (Math.abs(mean - 0.6) <= half) held += 1;
    }
    // Binomial(400, 0.95) lies within 366 … 394 but for one time in a thousand.
    expect(held).toBeGreaterThanOrEqual(366);
    expect(held).toBeLessThanOrEqual(394);
  });
});

test('the AUC of a range counts each step as often as it has predictions', () => {
  const points = [
    { auc: 0.7, count: 100 },
    { auc: null, count: 900 },
    { auc: 0.8, count: 300 },
  ];
  expect(rangeAuc(points)).toBeCloseTo(0.775, 12);
  expect(rangeAuc([])).toBeNull();
});

test('feedback is a rate with the interval of a count, and halves are told apart by time', () => {
  const hour = 3_600_000;
  // The second hour has no step: nothing came.
  const points = [0, 2, 3].map((i) => ({ time: i * hour, count: 100 }));
  const feedback = feedbackOf(points, hour)!;
  expect(feedback).toMatchObject({ count: 300, perHour: 75, change: 50 });
  // (300 ± 1.96 √300) / 4
  expect(feedback.low).toBeCloseTo(66.513, 3);
  expect(feedback.high).toBeCloseTo(83.487, 3);
  expect(feedbackOf([], hour)).toBeUndefined();
});

test('a figure is compared with the one before in words', () => {
  expect(changeWords(0.81, 0.78, formatRatio)).toBe('0.030 more than before (0.780)');
  expect(changeWords(0.78, 0.81, formatRatio)).toBe('0.030 less than before (0.810)');
  expect(changeWords(0.78, 0.7801, formatRatio)).toBe('as before (0.780)');
  expect(changeWords(null, 0.78, formatRatio)).toBe('');
});

describe('the palette', () => {
  test('puts what begins with what was typed first, and leaves out what does not fit', () => {
    const score = (query: string, text: string) => fuzzyScore(query, text) ?? -Infinity;
    expect(score('exp', 'Experiments')).toBeGreaterThan(score('exp', 'Short explanation videos'));
    expect(score('exp', 'Short explanation')).toBeGreaterThan(score('exp', 'Next pipeline'));
    expect(score('maria', 'María')).toBeGreaterThan(0);
    expect(score('hints worked', 'Worked hints')).toBeGreaterThan(0);
    expect(fuzzyScore('xq', 'Experiments')).toBeUndefined();
  });

  test('finds a text by any part of it', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
        fc.nat(),
        fc.nat(),
        (text, a, b) => {
          const [from, to] = [a % text.length, (a % text.length) + 1 + (b % text.length)];
          expect(fuzzyScore(text.slice(from, to), text)).toBeDefined();
        },
      ),
    );
  });

  test('offers what was opened last before anything is typed, and groups what fits', () => {
    const entry = (group: Entry['group'], label: string): Entry => ({
      ...{ id: label, group, label, go: () => {} },
    });
    const entries = [
      entry('pages', 'Models'),
      entry('actions', 'New experiment'),
      entry('experiments', 'Modern hints'),
      entry('models', 'dropout'),
    ];
    const names = (query: string, recent: string[] = []) =>
      groupsOf(entries, query, recent).map(({ name, entries: of }) => [
        name,
        ...of.map(({ label }) => label),
      ]);
    expect(names('', ['dropout', 'gone', 'Models'])).toEqual([
      ['recent', 'dropout', 'Models'],
      ['actions', 'New experiment'],
    ]);
    expect(names('mode')).toEqual([
      ['pages', 'Models'],
      ['experiments', 'Modern hints'],
    ]);
    expect(names('zzz')).toEqual([]);
  });
});

describe('the sentence above the overview', () => {
  const good: Health = { state: 'good', sentence: 'All is well.', checks: [] };
  const cardOf = (changed: string, state: Card['state'] = 'live') =>
    ({ state, finding: { changed } }) as Pick<Card, 'state' | 'finding'>;

  test('names what is to be done first, and how much else', () => {
    expect(overviewSentence(good, [cardOf('It drifts.')], '')).toEqual({
      tone: 'attention',
      text: 'It drifts.',
    });
    const cards = [cardOf('It drifts.'), cardOf('It lags.'), cardOf('Later.', 'snoozed')];
    expect(overviewSentence(good, cards, '').text).toBe('It drifts. There is 1 more thing to do.');
  });

  test('what is wrong with the engine comes first', () => {
    const bad: Health = { state: 'bad', sentence: 'A partition has failed.', checks: [] };
    expect(overviewSentence(bad, [cardOf('It drifts.')], '')).toEqual({
      tone: 'bad',
      text: 'A partition has failed.',
    });
  });

  test('with nothing to do it is that all is well, and without an answer that it is not known', () => {
    expect(overviewSentence(good, [], '').text).toBe('All is well.');
    expect(overviewSentence(good, undefined, '').text).toBe('All is well.');
    expect(overviewSentence(undefined, [cardOf('It drifts.')], 'Asking …')).toEqual({
      tone: 'none',
      text: 'Asking …',
    });
  });
});
