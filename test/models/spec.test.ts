import { describe, expect, test } from 'vitest';
import { ftrl } from '../../models/ftrl.ts';
import { learners } from '../../models/registry.ts';
import { type Parameter, parametersOf } from '../../models/spec.ts';

describe('parametersOf', () => {
  test('fills in the defaults', () => {
    expect(parametersOf(ftrl.parameters, { alpha: 0.2 })).toEqual({
      alpha: 0.2,
      beta: 1,
      sparsity: 0,
      shrinkage: 0,
    });
  });

  test('refuses a value out of range, a fraction where a whole number is due, an unknown name', () => {
    expect(() => parametersOf(ftrl.parameters, { alpha: -1 })).toThrow(
      'alpha: expected in [0.000001, 10], got -1',
    );
    expect(() => parametersOf(ftrl.parameters, { alpha: NaN })).toThrow(RangeError);
    const { bits } = learners['answer']!.parameters as { bits: Parameter };
    expect(() => parametersOf({ bits }, { bits: 8.5 })).toThrow('expected an integer in [8, 24]');
    const unknown: Record<string, number> = { gamma: 1 };
    expect(() => parametersOf(ftrl.parameters, unknown)).toThrow('gamma: expected one of alpha');
  });
});

describe('registry', () => {
  test.each(Object.entries(learners))('the defaults of %s are in their ranges', (_, learner) => {
    expect(() => parametersOf(learner.parameters)).not.toThrow();
    expect(new Set(learner.features).size).toBe(learner.features.length);
  });
});
