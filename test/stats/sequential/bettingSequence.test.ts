import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import { bettingSequence } from '../../../stats/sequential/bettingSequence.ts';
import { boundedOutcomes } from '../../support/boundedOutcomes.ts';

const outcomes = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 });

describe('bettingSequence', () => {
  // Golden: confseq 0.0.11, betting.betting_cs and betting_mart with 1000 breaks, without running intersection.
  test.each([
    [5, 0, 0.803, -0.8084135850082439],
    [50, 0.272, 0.559, 1.665754023945067],
    [400, 0.356, 0.476, 10.64013250084931],
  ])('agrees with the reference implementation after %i outcomes', (count, lower, upper, ln) => {
    const sequence = bettingSequence({ alpha: 0.05, steps: 1_000 });
    const state = sequence.initial();
    for (const x of boundedOutcomes.slice(0, count)) sequence.step(state, x);
    const interval = sequence.read(state);
    expect(interval.lower).toBeCloseTo(lower, 12);
    expect(interval.upper).toBeCloseTo(upper, 12);
    const hedged = Math.max(state.lnLarger[300]!, state.lnSmaller[300]!) - Math.LN2;
    expect(hedged).toBeCloseTo(ln, 10);
  });

  test('its example holds', () => {
    const sequence = bettingSequence({ alpha: 0.05 });
    const state = sequence.initial();
    for (let i = 0; i < 100; i += 1) sequence.step(state, i % 2);
    expect(sequence.read(state)).toEqual({ lower: 0.335, upper: 0.655 });
  });

  test('says of the mirrored outcomes the mirrored interval', () => {
    const sequence = bettingSequence({ alpha: 0.1 });
    fc.assert(
      fc.property(outcomes, (values) => {
        const state = sequence.initial();
        const mirror = sequence.initial();
        for (const x of values) {
          sequence.step(state, x);
          sequence.step(mirror, 1 - x);
        }
        expect(sequence.read(mirror).lower).toBeCloseTo(1 - sequence.read(state).upper, 2);
        for (let i = 1; i < state.lnLarger.length; i += 1) {
          expect(state.lnLarger[i]).toBeLessThanOrEqual(state.lnLarger[i - 1]! + 1e-9);
        }
      }),
    );
  });

  // The promise: 400 sequences of skewed outcomes with mean 1/3, watched at all times.
  test('at most alpha of the sequences ever miss the mean', () => {
    const alpha = 0.2;
    const runs = 400;
    const sequence = bettingSequence({ alpha, steps: 60 });
    const random = randomState(13);
    let missed = 0;
    for (let run = 0; run < runs; run += 1) {
      const state = sequence.initial();
      for (let n = 1; n <= 400; n += 1) {
        sequence.step(state, uniform(random) ** 2);
        const { lower, upper } = sequence.read(state);
        if (lower <= 1 / 3 && 1 / 3 <= upper) continue;
        missed += 1;
        break;
      }
    }
    expect(missed / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
    expect(missed / runs).toBeGreaterThan(alpha / 20);
  });

  test('refuses what it cannot bet on', () => {
    expect(() => bettingSequence({ alpha: 0 })).toThrow('alpha: expected in (0, 1), got 0');
    expect(() => bettingSequence({ alpha: 0.1, stake: 1 })).toThrow('stake: expected in (0, 1)');
    expect(() => bettingSequence({ alpha: 0.1, steps: 1 })).toThrow('steps: expected an integer');
    const sequence = bettingSequence({ alpha: 0.1 });
    expect(() => sequence.step(sequence.initial(), 1.5)).toThrow(
      'outcome: expected in [0, 1], got 1.5',
    );
  });
});
