import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weigh } from '../../../stats/offPolicy/loggedDecision.ts';
import { type ShrinkageSumsState, shrinkageSums } from '../../../stats/offPolicy/shrinkageSums.ts';
import {
  type Shrinkage,
  shrinkages,
  shrunkWeight,
  usualLambdas,
} from '../../../stats/offPolicy/shrunkWeight.ts';
import { biasOf, tuneShrinkage } from '../../../stats/offPolicy/tuneShrinkage.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { loggedBandit } from '../../support/loggedBandit.ts';

const fine = { perUnit: 2 ** 28 };
const sums = shrinkageSums({ clip: [1], switch: [1], optimistic: [4], subGaussian: [0.3] }, fine);
const usual = shrinkageSums(usualLambdas, fine);

function foldBandit(fold: typeof usual, rows: readonly number[]): ShrinkageSumsState {
  const state = fold.initial();
  for (const i of rows) fold.step(state, weigh(loggedBandit[i]!));
  return state;
}
const everyRow = loggedBandit.map((_, i) => i);

describe('tuneShrinkage', () => {
  // Golden: obp 0.4.1, SwitchDoublyRobust(tau=1) and DoublyRobustWithShrinkage(lambda_=4); the other two from numpy 2.4.
  test.each<[Shrinkage, number]>([
    ['clip', 0.349609375],
    ['switch', 0.3092447916666667],
    ['optimistic', 0.4034404312765094],
    ['subGaussian', 0.4738328249349511],
  ])('%s agrees with the reference implementation', (family, value) => {
    const found = sums.read(foldBandit(sums, everyRow)).find((each) => each.family === family);
    expect(found!.mean).toBeCloseTo(value, 9);
  });

  // Golden: numpy 2.4, the smallest of var(ddof=1) / n + bias² over the usual λ, with Σ w² / n and the largest w in the bound.
  test.each([
    ['direct', 16, 0.47021175451552194, 0.03825178715114476],
    ['bound', Infinity, 0.5084635416666666, 0.8483503129095666],
  ] as const)('chooses by the %s of the bias', (bias, lambda, value, size) => {
    const candidates = usual.read(foldBandit(usual, everyRow));
    const tuned = tuneShrinkage(candidates, 'optimistic', { bias });
    expect(tuned.lambda).toBe(lambda);
    expect(tuned.estimate).toBeCloseTo(value, 8);
    expect(tuned.bias).toBeCloseTo(size, 8);
    // Clipping at 2 and 1 changes the weights of 10 and 24 of the 48 decisions, but does not pay here.
    expect(tuneShrinkage(candidates, 'clip', { bias }).lambda).toBe(Infinity);
    const clipped = candidates.filter(({ family }) => family === 'clip');
    expect(clipped.slice(-3).map(({ changed }) => changed * 48)).toEqual([0, 10, 24]);
  });

  test('no weight grows but a sub-Gaussian one below 1, and the ends are what they should be', () => {
    const weights = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (w, lambda) => {
        for (const family of shrinkages) {
          const shrunk = shrunkWeight(family, w, lambda);
          expect(shrunk).toBeGreaterThanOrEqual(0);
          const most = family === 'subGaussian' ? Math.max(w, 1) : w;
          expect(shrunk).toBeLessThanOrEqual(most * (1 + 1e-12));
          expect(shrunkWeight(family, w, usualLambdas[family][0]!)).toBe(w);
        }
        expect(shrunkWeight('switch', w, 0)).toBe(0);
        expect(shrunkWeight('optimistic', w, 0)).toBe(0);
        expect(shrunkWeight('subGaussian', w, 1)).toBe(w === 0 ? 0 : 1);
      }),
    );
  });

  test('any partition in any order has the same bits', () => {
    const rows = fc.array(fc.tuple(fc.nat(47), fc.nat(2)), { maxLength: 60 });
    fc.assert(
      fc.property(rows, (chosen) => {
        const merged = usual.initial();
        for (const part of [1, 2, 0]) {
          const mine = chosen.filter(([, at]) => at === part).map(([i]) => i);
          usual.merge(merged, foldBandit(usual, mine.reverse()));
        }
        expect(merged).toEqual(
          foldBandit(
            usual,
            chosen.map(([i]) => i),
          ),
        );
      }),
      { numRuns: 40 },
    );
  });

  // The promise: rare chances in the log, 200 logs of 300 decisions: less error than IPS, and the bound of the bias holds.
  test('has a smaller error than the unshrunken estimator where weights are heavy', () => {
    const random = randomState(4);
    const fold = shrinkageSums();
    const runs = 200;
    let plain = 0;
    let tuned = 0;
    let exceeded = 0;
    // Rewards do not depend on the chance: the bias of clipping at 4 is half of E[w − min(w, 4)], by the midpoint rule.
    let truth = 0;
    for (let i = 0; i < 10_000; i += 1) {
      truth += Math.max(0, 1 - 4 * (0.005 + 0.995 * ((i + 0.5) / 1e4) ** 2)) / 2e4;
    }
    for (let run = 0; run < runs; run += 1) {
      const state = fold.initial();
      for (let n = 0; n < 300; n += 1) {
        const chance = 0.005 + 0.995 * uniform(random) ** 2;
        const action = uniform(random) < chance ? 1 : 0;
        const reward = uniform(random) < 0.5 ? 1 : 0;
        const logged = [1 - chance, chance];
        fold.step(state, weigh({ action, reward, logged, target: [0, 1] }));
      }
      const candidates = fold.read(state);
      const best = tuneShrinkage(candidates, 'clip');
      const ips = candidates.find(({ lambda }) => lambda === Infinity)!;
      plain += (ips.mean - 0.5) ** 2;
      tuned += (best.estimate - 0.5) ** 2;
      const at4 = candidates.find(({ family, lambda }) => family === 'clip' && lambda === 4)!;
      if (biasOf(at4, { bias: 'bound' }) < truth) exceeded += 1;
    }
    expect(tuned / plain).toBeLessThan(0.8);
    expect(exceeded / runs).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / runs));
  });

  test('refuses arguments outside their range', () => {
    const candidates = sums.read(sums.initial());
    expect(() => tuneShrinkage([], 'clip')).toThrow('family: expected among the candidates');
    expect(() => tuneShrinkage(candidates, 'clip', { bias: 'bound', delta: 1 })).toThrow(
      'delta: expected in',
    );
    expect(tuneShrinkage(candidates, 'clip').estimate).toBeNaN();
  });
});
