import { describe, expect, test } from 'vitest';
import { capOf, ExperimentMetric } from '../../contracts/experimentMetric.ts';
import { dayMs, makeMetric } from '../support/experiments.ts';

const base = { ...makeMetric(), cap: undefined };

describe('metric of an experiment', () => {
  test('a binary one is between 0 and 1', () => {
    expect(capOf(makeMetric())).toEqual([0, 1]);
    expect(makeMetric()).toMatchObject({ direction: 'increase', absent: 0, windowMs: dayMs });
  });

  test('a quantile needs no bounds', () => {
    const value = { of: 'value', field: 'context.latencyMs', combine: 'mean' } as const;
    const slow = makeMetric({ kind: 'quantile', level: 0.9, measure: value });
    expect(capOf(slow)).toBeUndefined();
    expect(capOf({ ...slow, cap: [0, 10_000] })).toEqual([0, 10_000]);
  });

  test.each([
    [
      { kind: 'continuous', measure: { of: 'value' } },
      'cap',
      /the exact test of a continuous metric/,
    ],
    [{ kind: 'count', measure: { of: 'count' } }, 'cap', /needs bounds/],
    [{ kind: 'ratio' }, 'cap', /needs bounds/],
    [{ cap: [1, 1] }, 'cap', /least < largest/],
    [{ cap: [0, Infinity] }, 'cap', /./],
    [{ kind: 'count', cap: [0, 9] }, 'measure', /"count"/],
    [{ measure: { of: 'count' } }, 'measure', /binary/],
    [{ kind: 'ratio', cap: [0, 9] }, 'denominator', /divided by/],
    [
      { denominator: { filter: base.filter, measure: { of: 'count' } } },
      'denominator',
      /only for a ratio/,
    ],
    [{ kind: 'quantile' }, 'level', /which quantile/],
    [{ level: 0.5 }, 'level', /only for a quantile/],
    [{ kind: 'quantile', level: 1 }, 'level', /./],
    [{ absent: 2 }, 'absent', /\[0, 1\], the cap/],
    [{ windowMs: 999 }, 'windowMs', /./],
    [{ windowMs: 1_000.5 }, 'windowMs', /./],
    [{ filter: undefined }, 'filter', /expected \{ field/],
    [{ filter: { field: 'course', is: 'algebra' } }, 'filter', /context\.…, got "course"/],
    [{ filter: { not: { field: 'user', is: 'ada' } } }, 'filter', /got "user"/],
    [
      {
        kind: 'ratio',
        cap: [0, 1],
        denominator: { filter: { field: 'typ', is: 'x' }, measure: { of: 'count' } },
      },
      'denominator',
      /got "typ"/,
    ],
    [{ measure: { of: 'value', field: 'type' } }, 'measure', /value or context/],
    [{ key: 'a b' }, 'key', /letters, digits/],
  ])('%j is refused at %s', (wrong, path, message) => {
    const issues = ExperimentMetric.safeParse({ ...base, ...wrong }).error?.issues ?? [];
    const found = issues.find((issue) => issue.path[0] === path);
    expect(found?.message).toMatch(message);
  });
});
