import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import { trainers } from '../../../models/training/registry.ts';
import { searchParameters } from '../../../models/training/searchParameters.ts';
import type { Trainer } from '../../../models/training/trainer.ts';
import { drawSet } from '../../support/trainingRows.ts';

const set = drawSet({ rows: 1_500 });
const trees = trainers.get('trees')!;
const linear = trainers.get('linear')!;

/** A clock that moves by so much whenever it is asked. */
function clock(stepMs: number): () => number {
  let time = 0;
  return () => {
    time += stepMs;
    return time;
  };
}

const options = {
  budgetMs: 1e9,
  triesMax: 5,
  seed: 1,
  validationShare: 0.2,
  given: { rounds: 20 },
  now: clock(1),
};

describe('searchParameters', () => {
  test('tries the defaults first, and is never worse than they', () => {
    const { tries, best, endedBy } = searchParameters(trees, set, options);
    expect(tries).toHaveLength(5);
    expect(tries[0]!.parameters).toEqual({ rounds: 20 });
    expect(best.loss).toBe(Math.min(...tries.map(({ loss }) => loss)));
    expect(endedBy).toBe('tries');
    for (const { parameters } of tries.slice(1)) {
      expect(parameters['rounds']).toBe(20);
      expect(Number.isInteger(parameters['leaves'])).toBe(true);
      for (const [name, { range }] of Object.entries(trees.searched)) {
        expect(parameters[name]).toBeGreaterThanOrEqual(range[0]);
        expect(parameters[name]).toBeLessThanOrEqual(range[1]);
      }
    }
  });

  test('the same seed makes the same tries', () => {
    const told = (seed: number) =>
      searchParameters(trees, set, { ...options, triesMax: 3, seed }).tries.map(
        ({ parameters, loss }) => ({ parameters, loss }),
      );
    expect(told(1)).toEqual(told(1));
    expect(told(2)).not.toEqual(told(1));
  });

  test('ends when its time is up, but not without one answer', () => {
    const late = searchParameters(trees, set, { ...options, budgetMs: 0, now: clock(1_000) });
    expect(late.tries).toHaveLength(1);
    expect(late.endedBy).toBe('time');
    // Within the second try: it is given up.
    const soon = searchParameters(trees, set, { ...options, budgetMs: 10, now: clock(1) });
    expect(soon.tries.length).toBeLessThan(5);
    expect(soon.endedBy).toBe('time');
  });

  test('is judged on the latest rows, which no try has seen', () => {
    const seen: number[] = [];
    const spy: Trainer = {
      ...linear,
      train(rows, parameters, control) {
        seen.push(rows.labels.length);
        expect(rows.values.byteOffset).toBe(0);
        return linear.train(rows, parameters, control);
      },
    };
    const { best } = searchParameters(spy, set, { ...options, given: {}, triesMax: 3 });
    expect(seen).toEqual([1_200, 1_200, 1_200]);
    expect(best.loss).toBeGreaterThan(0.3);
  });

  test('a try that fails is told and passed over; when all fail, so does the search', () => {
    let calls = 0;
    const frail: Trainer = {
      ...linear,
      train(rows, parameters, control) {
        calls += 1;
        if (calls !== 2) throw new EngineError('TRAINING_IMPOSSIBLE', `try ${calls}`);
        return linear.train(rows, parameters, control);
      },
    };
    const { tries, best } = searchParameters(frail, set, { ...options, given: {}, triesMax: 3 });
    expect(tries.map(({ failure }) => failure)).toEqual(['try 1', undefined, 'try 3']);
    expect(best).toBe(tries[1]);
    const oneClass = { ...set, labels: new Float64Array(1_500) };
    expect(() => searchParameters(linear, oneClass, { ...options, given: {} })).toThrow(
      'the training set has one class: 0',
    );
  });

  test('ends when it is cancelled', () => {
    expect(() => searchParameters(trees, set, options, { isCancelled: () => true })).toThrow(
      expect.objectContaining({ code: 'TRAINING_CANCELLED' }),
    );
  });

  test('senseless options are refused', () => {
    expect(() => searchParameters(trees, set, { ...options, validationShare: 0 })).toThrow(
      RangeError,
    );
    expect(() => searchParameters(trees, set, { ...options, triesMax: 0 })).toThrow(RangeError);
    expect(() => searchParameters(trees, set, { ...options, given: { magic: 1 } })).toThrow(
      RangeError,
    );
  });
});
