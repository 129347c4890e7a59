import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import { bettingSequence } from '../../../stats/sequential/bettingSequence.ts';
import { empiricalBernstein } from '../../../stats/sequential/empiricalBernstein.ts';
import { boundedOutcomes } from '../../support/boundedOutcomes.ts';

describe('empiricalBernstein', () => {
  // Golden: the paper's definitions as sums over the whole past in Python; confseq 0.0.11, which begins with another mean,
  // has [.20443, .61329] and [.35330, .47968].
  test.each([
    [5, 0, 1],
    [50, 0.20477386718102802, 0.6052261328189721],
    [400, 0.353382395798027, 0.47790426564653543],
  ])('agrees with the definition after %i outcomes', (count, lower, upper) => {
    const sequence = empiricalBernstein({ alpha: 0.05 });
    const state = sequence.initial();
    for (const x of boundedOutcomes.slice(0, count)) sequence.step(state, x);
    expect(sequence.read(state).lower).toBeCloseTo(lower, 12);
    expect(sequence.read(state).upper).toBeCloseTo(upper, 12);
  });

  test('is wider than betting, and mirrors', () => {
    const outcomes = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 30,
      maxLength: 80,
    });
    const sequence = empiricalBernstein({ alpha: 0.1 });
    const betting = bettingSequence({ alpha: 0.1 });
    fc.assert(
      fc.property(outcomes, (values) => {
        const state = sequence.initial();
        const mirror = sequence.initial();
        const bets = betting.initial();
        for (const x of values) {
          sequence.step(state, x);
          sequence.step(mirror, 1 - x);
          betting.step(bets, x);
        }
        const { lower, upper } = sequence.read(state);
        expect(sequence.read(mirror).lower).toBeCloseTo(1 - upper, 9);
        const other = betting.read(bets);
        expect(upper - lower).toBeGreaterThan(other.upper - other.lower - 0.02);
      }),
    );
  });

  test('at most alpha of the sequences ever miss the mean', () => {
    const alpha = 0.2;
    const runs = 2_000;
    const sequence = empiricalBernstein({ alpha });
    const random = randomState(14);
    let missed = 0;
    for (let run = 0; run < runs; run += 1) {
      const state = sequence.initial();
      for (let n = 1; n <= 1_000; n += 1) {
        sequence.step(state, uniform(random) < 0.3 ? 1 : 0);
        const { lower, upper } = sequence.read(state);
        if (lower <= 0.3 && 0.3 <= upper) continue;
        missed += 1;
        break;
      }
    }
    expect(missed / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
    expect(missed / runs).toBeGreaterThan(alpha / 40);
  });

  test('refuses arguments outside their range', () => {
    expect(() => empiricalBernstein({ alpha: 1 })).toThrow('alpha: expected in (0, 1), got 1');
    expect(() => empiricalBernstein({ alpha: 0.1, weightMax: 1 })).toThrow('weightMax: expected');
    const sequence = empiricalBernstein({ alpha: 0.1 });
    expect(() => sequence.step(sequence.initial(), NaN)).toThrow('outcome: expected in [0, 1]');
    expect(sequence.read(sequence.initial())).toEqual({ lower: 0, upper: 1 });
  });
});
