import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weigh } from '../../../stats/offPolicy/loggedDecision.ts';
import { slateSums } from '../../../stats/offPolicy/slateSums.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import type { Estimate } from '../../../stats/testing/estimate.ts';
import { loggedBandit } from '../../support/loggedBandit.ts';

const fold = slateSums(3);

/** Decisions of the golden log, three to a slate. */
const slates = Array.from({ length: 16 }, (_, s) => {
  const rows = loggedBandit.slice(3 * s, 3 * s + 3).map(weigh);
  return { weights: rows.map(({ weight }) => weight), rewards: rows.map(({ reward }) => reward) };
});

function foldSlates(chosen: readonly number[]) {
  const state = fold.initial();
  for (const s of chosen) fold.step(state, slates[s]!);
  return state;
}

const every = slates.map((_, s) => s);

function expectEstimate({ estimate, variance }: Estimate, value: number, standardError: number) {
  expect(estimate).toBeCloseTo(value, 12);
  expect(Math.sqrt(variance)).toBeCloseTo(standardError, 12);
}

describe('slateSums', () => {
  // Golden: obp 0.4.1, SlateIndependentIPS, SlateRewardInteractionIPS and SlateStandardIPS; the pseudo-inverse from numpy
  // 2.4, its closed form checked there against the pseudo-inverse of the matrix of second moments. Standard errors: numpy.
  test('agrees with the reference implementation', () => {
    const found = fold.read(foldSlates(every));
    expect(found.slates).toBe(16);
    expectEstimate(found.independent, 1.779296875, 0.27074520927081785);
    expectEstimate(found.cascade, 2.90887451171875, 0.9666468801285495);
    expectEstimate(found.standard, 3.71710205078125, 1.645530573973305);
    expectEstimate(found.pseudoInverse, 2.7578125, 0.7462934669431881);
    expectEstimate(found.normalizedPseudoInverse, 1.2977941176470589, 0.12698822015438452);
    expectEstimate(found.positions[0]!, 0.625, 0.17185132412689366);
    expect(found.normalizedPositions[0]!.estimate).toBeCloseTo(0.425531914893617, 12);
  });

  test('with weights of 1 everything is the mean of the slates', () => {
    const rewards = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(rewards, { minLength: 2, maxLength: 20 }), (all) => {
        const state = fold.initial();
        let sum = 0;
        for (const each of all) {
          fold.step(state, { weights: [1, 1, 1], rewards: each });
          sum += each[0]! + each[1]! + each[2]!;
        }
        const found = fold.read(state);
        const { independent, cascade, standard, pseudoInverse, normalizedPseudoInverse } = found;
        for (const each of [
          independent,
          cascade,
          standard,
          pseudoInverse,
          normalizedPseudoInverse,
        ]) {
          expect(each.estimate).toBeCloseTo(sum / all.length, 4);
        }
      }),
    );
  });

  test('any partition in any order has the same bits', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(15), fc.nat(1)), { maxLength: 40 }), (rows) => {
        const part = (p: number) => rows.filter(([, at]) => at === p).map(([s]) => s);
        const merged = foldSlates(part(1).reverse());
        fold.merge(merged, foldSlates(part(0)));
        expect(merged).toEqual(foldSlates(rows.map(([s]) => s)));
      }),
    );
  });

  // The promise: a reward that is a sum of parts by position but seen only as a whole, at the last position.
  test('the pseudo-inverse finds what independent weights cannot', () => {
    const random = randomState(2);
    const state = fold.initial();
    for (let n = 0; n < 40_000; n += 1) {
      const actions = [0, 1, 2].map(() => (uniform(random) < 0.5 ? 1 : 0));
      const weights = actions.map((action) => (action === 1 ? 1.6 : 0.4));
      const chance = 0.1 + 0.3 * actions[0]! + 0.2 * actions[1]! + 0.1 * actions[2]!;
      fold.step(state, { weights, rewards: [0, 0, uniform(random) < chance ? 1 : 0] });
    }
    const truth = 0.1 + 0.8 * 0.6;
    const { pseudoInverse, independent, standard } = fold.read(state);
    for (const { estimate, variance } of [pseudoInverse, standard]) {
      expect(Math.abs(estimate - truth)).toBeLessThan(4 * Math.sqrt(variance));
    }
    expect(pseudoInverse.variance).toBeLessThan(standard.variance);
    expect(independent.estimate).toBeLessThan(truth - 10 * Math.sqrt(independent.variance));
  });

  test('refuses slates without positions', () => {
    expect(() => slateSums(0)).toThrow('positions: expected an integer above 0, got 0');
  });
});
