/** What is decided, all comparisons of a role together. */
import { expect, test } from 'vitest';
import type { Compared } from '../../../control/experiments/compared.ts';
import {
  completed,
  decideFamily,
  decideGuardrail,
  decidePrimary,
  levelOf,
} from '../../../control/experiments/decide.ts';
import { unknownEffect } from '../../../control/experiments/sequenceEffect.ts';

/** e-values: either is the average of both sides. */
function compared(higher: number, lower: number): Compared {
  return {
    ...{ variant: 'with', method: 'design-based', pairs: 500, deviation: 2 },
    ...{ effect: unknownEffect, asymptotic: unknownEffect, relative: unknownEffect },
    lnE: {
      higher: Math.log(higher),
      lower: Math.log(lower),
      either: Math.log((higher + lower) / 2),
    },
  };
}

const lnE = (higher: number, lower: number) => compared(higher, lower).lnE;

test('primary comparisons share the level evenly', () => {
  const strong = lnE(50, 1e-9); // either is 25
  expect(decidePrimary(strong, 'increase', levelOf(0.05, 1))).toMatchObject({
    ...{ decided: true, direction: 'good' },
  });
  expect(decidePrimary(strong, 'decrease', levelOf(0.05, 1)).direction).toBe('bad');
  // Of two, each has to pass 1 / .025 = 40.
  expect(decidePrimary(strong, 'increase', levelOf(0.05, 2))).toMatchObject({
    ...{ decided: false, direction: 'open' },
  });
  expect(decidePrimary(lnE(81, 1e-9), 'increase', levelOf(0.05, 2)).decided).toBe(true);
});

test('a guardrail is decided by one side, each at the whole level', () => {
  expect(decideGuardrail(lnE(1e-9, 21), 'increase', 0.05).direction).toBe('bad');
  expect(decideGuardrail(lnE(1e-9, 19), 'increase', 0.05).direction).toBe('open');
  expect(decideGuardrail(lnE(21, 1e-9), 'decrease', 0.05).direction).toBe('bad');
  expect(decideGuardrail(lnE(21, 1e-9), 'increase', 0.05).direction).toBe('good');
});

test('a family is decided by e-BH, and what is suppressed counts', () => {
  const family = (...es: number[]) =>
    es.map((e) => ({ lnE: lnE(2 * e, 1e-9), good: 'increase' as const }));
  const decided = (...rest: Parameters<typeof decideFamily>) =>
    decideFamily(...rest).map((each) => each.decided);
  // Wang & Ramdas 2022: the k largest of m, the smallest of them at least m / (k alpha).
  expect(decided(family(50, 29, 2), 0.05)).toEqual([false, false, false]);
  expect(decided(family(50, 31, 2), 0.05)).toEqual([true, true, false]);
  expect(decided(family(50, 31, 2), 0.05, 1)).toEqual([false, false, false]);
  expect(decided([], 0.05)).toEqual([]);
});

test('what would be minus infinity is a number, as results are JSON', () => {
  const extreme = { ...compared(2, 2), lnE: { either: 0, higher: 0, lower: -Infinity } };
  const told = completed(extreme, decidePrimary(extreme.lnE, 'increase', 0.05), 0.05);
  expect(told.lnE.lower).toBe(-1e6);
  expect(told).toMatchObject({ decided: false, direction: 'open', p: 1 });
  const strong = compared(50, 1e-9);
  expect(completed(strong, decidePrimary(strong.lnE, 'increase', 0.05), 0.05).p).toBeCloseTo(0.04);
});
