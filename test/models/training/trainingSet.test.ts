import { describe, expect, test } from 'vitest';
import { trainers } from '../../../models/training/registry.ts';
import type { TrainingSet } from '../../../models/training/trainingSet.ts';
import { drawSet } from '../../support/trainingRows.ts';

const sound = drawSet({ rows: 100, categorical: [3] });

function changed(change: (set: TrainingSet) => Partial<TrainingSet>): TrainingSet {
  const copy = { ...sound, values: sound.values.slice(), labels: sound.labels.slice() };
  return { ...copy, ...change(copy) };
}

const bad: Readonly<Record<string, readonly [TrainingSet, string]>> = {
  'no rows': [
    changed(() => ({ values: new Float32Array(0), labels: new Float64Array(0) })),
    'the training set has no rows',
  ],
  'no features': [
    changed(() => ({ features: [], values: new Float32Array(0) })),
    'the training set has no features',
  ],
  'one class': [
    changed(({ labels }) => ({ labels: labels.fill(1) })),
    'the training set has one class: 1',
  ],
  'one class among rows that count': [
    changed(({ labels }) => ({ weights: labels.map((label) => label) })),
    'the training set has one class: 1',
  ],
  'a label that is no number': [
    changed(({ labels }) => ({ labels: labels.fill(NaN, 7, 8) })),
    'label of row 7: expected a number of at most 1e30, got NaN',
  ],
  'a label beyond float32': [
    changed(({ labels }) => ({ task: 'regression', labels: labels.fill(-1e300, 7, 8) })),
    'label of row 7: expected a number of at most 1e30, got -1e+300',
  ],
  'a label that is no class': [
    changed(({ labels }) => ({ labels: labels.fill(2, 7, 8) })),
    'label of row 7: expected 0 or 1, got 2',
  ],
  'numbers that are all alike': [
    changed(({ labels }) => ({ task: 'regression', labels: labels.fill(3.5) })),
    'all labels are alike: 3.5',
  ],
  'constant features': [
    changed(({ values }) => ({ values: values.fill(4) })),
    'every feature is constant',
  ],
  'features that are all missing': [
    changed(({ values }) => ({ values: values.fill(NaN) })),
    'every feature is constant',
  ],
  'an infinite value': [
    changed(({ values }) => ({ values: values.fill(Infinity, 13, 14) })),
    'f1, row 2: expected finite or missing, got Infinity',
  ],
  'a code that is no code': [
    changed(({ values }) => ({ values: values.fill(0.5, 11, 12) })),
    'f5, row 1: expected a whole number in [0, 2^24), got 0.5',
  ],
  'too few values': [
    changed(({ values }) => ({ values: values.subarray(1) })),
    'values: expected 100 × 6 numbers, got 599',
  ],
  'a negative weight': [
    changed(() => ({ weights: new Float64Array(100).fill(-1, 5, 6) })),
    'weight of row 5: got -1',
  ],
  'no weight at all': [
    changed(() => ({ weights: new Float64Array(100) })),
    'all rows have the weight 0',
  ],
};

describe.each([...trainers.values()])('$name', (trainer) => {
  test.each(Object.entries(bad))('refuses %s', (_, [set, message]) => {
    expect(() => trainer.train(set)).toThrow(
      expect.objectContaining({ code: 'TRAINING_IMPOSSIBLE', message }),
    );
  });

  test('the same rows, parameters and seed give the same model', () => {
    expect(trainer.train(sound)).toEqual(trainer.train(sound));
  });

  test('ends when it is cancelled', () => {
    expect(() => trainer.train(sound, {}, { isCancelled: () => true })).toThrow(
      expect.objectContaining({ code: 'TRAINING_CANCELLED' }),
    );
  });

  test('what is searched is within what is allowed', () => {
    for (const [name, { range }] of Object.entries(trainer.searched)) {
      const [low, high] = trainer.parameters[name]!.range;
      expect(range[0]).toBeGreaterThanOrEqual(low);
      expect(range[1]).toBeLessThanOrEqual(high);
    }
  });

  test('an unknown parameter is refused', () => {
    expect(() => trainer.train(sound, { magic: 1 })).toThrow(/^magic: expected one of/);
  });
});
