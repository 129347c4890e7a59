/** What the monitors do not take, and why: a pipeline counts such rows as refused. */
import { expect, test } from 'vitest';
import type { StatisticRow } from '../../../contracts/statistic.ts';
import { statistics } from '../../../stats/registry.ts';

const groups = { baseline: 'a', compared: 'b' };
const scored = { prediction: 0.4, label: 1 };

/** Statistic, its parameters, a row that it takes, and what is changed in it with the reason why it does not. */
const cases: readonly [string, object, StatisticRow, readonly [StatisticRow, string][]][] = [
  [
    'estimated-performance',
    {},
    { ...scored, part: 'window' },
    [
      [{ prediction: 1.2 }, 'prediction: expected in [0, 1], got 1.2'],
      [{ prediction: -1e-9 }, 'prediction: expected in [0, 1], got -1e-9'],
      [{ prediction: Number.NaN }, 'prediction: expected a finite number, got NaN'],
      [{ label: 0.5 }, 'label: expected 0, 1 or -1, got 0.5'],
      [{ label: -1, part: 'reference' }, 'label: expected 0 or 1, got -1'],
      [{ part: 'other' }, 'part: expected reference or window, got "other"'],
    ],
  ],
  [
    'classification-quality',
    {},
    { ...scored, previous: -1 },
    [
      [{ prediction: 2 }, 'prediction: expected in [0, 1], got 2'],
      [{ label: -1 }, 'label: expected 0 or 1, got -1'],
      [{ label: Number.POSITIVE_INFINITY }, 'label: expected a finite number, got Infinity'],
      [{ previous: 0.5 }, 'previous: expected 0, 1 or -1, got 0.5'],
    ],
  ],
  [
    'regression-quality',
    {},
    scored,
    [
      [{ prediction: 1e9 }, 'prediction: expected at most 2147483.648 in size, got 1000000000'],
      [{ label: -1e9 }, 'label: expected at most 2147483.648 in size, got -1000000000'],
      [{ label: Number.NaN }, 'label: expected a finite number, got NaN'],
    ],
  ],
  [
    'ranking-quality',
    {},
    { rank: 2, ordinal: 1, relevant: 3 },
    [
      [{ rank: -1 }, 'rank: expected 0 or an integer from 1, got -1'],
      [{ ordinal: 4 }, 'ordinal: expected an integer in [1, 3], got 4'],
      [{ relevant: 0 }, 'relevant: expected an integer from 1, got 0'],
    ],
  ],
  [
    'group-fairness',
    groups,
    { ...scored, group: 'a' },
    [
      [{ prediction: -0.1 }, 'prediction: expected in [0, 1], got -0.1'],
      [{ label: 2 }, 'label: expected 0 or 1, got 2'],
      [{ group: 'c' }, 'group: expected a or b, got "c"'],
    ],
  ],
  [
    'label-delay',
    {},
    { age: 5, labelled: 0 },
    [
      [{ age: -1 }, 'age: expected at least 0, got -1'],
      [{ labelled: 0.5 }, 'labelled: expected 0 or 1, got 0.5'],
    ],
  ],
];

test.each(cases)('%s says what it does not take', (name, parameters, row, broken) => {
  const fold = statistics.get(name)!.begin(parameters as Record<string, unknown>);
  expect(fold.problem(row)).toBe(undefined);
  for (const [change, reason] of broken) expect(fold.problem({ ...row, ...change })).toBe(reason);
});

test('parameters that contradict each other are refused', () => {
  const begin = (name: string, parameters: Record<string, unknown>) => () =>
    statistics.get(name)!.begin(parameters);
  expect(begin('group-fairness', { baseline: 'a', compared: 'a' })).toThrow(
    'compared: expected another than baseline, got "a"',
  );
  expect(begin('estimated-performance', { reference: [[512, 1, 1]] })).toThrow(
    /^reference.*: expected lists of a score bin below 512, ones, and zeros, got/,
  );
  expect(begin('estimated-performance', { reference: [[1, 1]] })).toThrow(RangeError);
});
