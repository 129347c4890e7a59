import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import { runningMeanSequence } from '../../../stats/sequential/runningMeanSequence.ts';
import { boundedOutcomes } from '../../support/boundedOutcomes.ts';

describe('runningMeanSequence', () => {
  // Golden: confseq 0.0.11, conjmix_empbern_twosided_cs with v_opt = 20 and alpha = .1, which it halves once more a side.
  test.each([
    [50, 0.17813102110293316, 0.6318689788970668],
    [400, 0.35102861709424354, 0.47897138290575647],
  ])('agrees with the reference implementation after %i numbers', (count, lower, upper) => {
    const options = { alpha: 0.05, smallest: 0, largest: 1, bestTime: 20 };
    const sequence = runningMeanSequence(options);
    const state = sequence.initial();
    for (const x of boundedOutcomes.slice(0, count)) sequence.step(state, x);
    expect(sequence.read(state).lower).toBeCloseTo(lower, 10);
    expect(sequence.read(state).upper).toBeCloseTo(upper, 10);
  });

  test('moves and stretches with its numbers', () => {
    const shift = fc.double({ min: -5, max: 5, noNaN: true });
    const scale = fc.double({ min: 0.1, max: 10, noNaN: true });
    fc.assert(
      fc.property(shift, scale, fc.integer({ min: 1, max: 100 }), (a, b, count) => {
        const plain = runningMeanSequence({ alpha: 0.1, smallest: 0, largest: 1, bestTime: 9 });
        const moved = runningMeanSequence({
          alpha: 0.1,
          smallest: a,
          largest: a + b,
          bestTime: 9 * b * b,
        });
        const one = plain.initial();
        const two = moved.initial();
        for (const x of boundedOutcomes.slice(0, count)) {
          plain.step(one, x);
          moved.step(two, Math.min(a + b, Math.max(a, a + b * x)));
        }
        expect(moved.read(two).lower).toBeCloseTo(a + b * plain.read(one).lower, 7);
        expect(moved.read(two).upper).toBeCloseTo(a + b * plain.read(one).upper, 7);
      }),
      { numRuns: 30 },
    );
  });

  // The promise: the effect of an assigned treatment swings around zero, and its mean so far is covered at all times.
  test('at most alpha of the sequences ever miss the running mean of a drifting effect', () => {
    const alpha = 0.2;
    const runs = 150;
    const options = { alpha, smallest: -2, largest: 2, bestTime: 300 };
    const sequence = runningMeanSequence(options);
    const random = randomState(15);
    let missed = 0;
    let narrow = 0;
    for (let run = 0; run < runs; run += 1) {
      const state = sequence.initial();
      let truth = 0;
      let misses = false;
      for (let n = 1; n <= 1_000; n += 1) {
        const effect = 0.3 * Math.sin(n / 100);
        truth += effect;
        const treated = uniform(random) < 0.5;
        const y = uniform(random) < 0.5 + (treated ? effect / 2 : -effect / 2) ? 1 : 0;
        sequence.step(state, (treated ? 2 : -2) * y);
        if (n % 20 > 0) continue;
        const { lower, upper } = sequence.read(state);
        if (lower > truth / n || upper < truth / n) misses = true;
      }
      const { lower, upper } = sequence.read(state);
      if (misses) missed += 1;
      if (upper - lower < 0.4) narrow += 1;
    }
    expect(missed / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
    expect(narrow / runs).toBeGreaterThan(0.9);
  });

  test('refuses arguments outside their range', () => {
    const options = { alpha: 0.1, smallest: 0, largest: 1, bestTime: 10 };
    expect(() => runningMeanSequence({ ...options, alpha: 0 })).toThrow(
      'alpha: expected in (0, 1)',
    );
    expect(() => runningMeanSequence({ ...options, smallest: 1 })).toThrow('smallest: expected');
    expect(() => runningMeanSequence({ ...options, bestTime: 0 })).toThrow('bestTime: expected');
    const sequence = runningMeanSequence(options);
    expect(() => sequence.step(sequence.initial(), 2)).toThrow('x: expected in [0, 1], got 2');
  });
});
