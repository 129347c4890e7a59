import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import { betPortfolio } from '../../../stats/sequential/betPortfolio.ts';
import {
  type DesignGroup,
  designCell,
  designCounts,
  type ScoredUnit,
} from '../../../stats/sequential/designCounts.ts';
import { designEstimate } from '../../../stats/sequential/designEstimate.ts';
import {
  designBound,
  designEvidence,
  designInterval,
  designWealth,
} from '../../../stats/sequential/designMixture.ts';
import { periodOf } from '../../../stats/sequential/periodOf.ts';
import { type PredictedGroup, predictGroups } from '../../../stats/sequential/predictGroups.ts';

const portfolio = betPortfolio();
const evidence = (groups: readonly PredictedGroup[], effect = 0) =>
  designEvidence(designWealth(groups, portfolio, effect), portfolio);

function fold(units: readonly ScoredUnit[], bins: number, adaptive: boolean) {
  const counts = designCounts({ bins, adaptive });
  const state = counts.initial();
  for (const unit of units) counts.step(state, unit);
  return state;
}

const probability = fc.double({ min: 0.003, max: 0.997, noNaN: true });
const part = fc.double({ min: 0, max: 1, noNaN: true });
const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const units = fc.array(
  fc.record({
    period: fc.nat(4),
    probability,
    treated: fc.boolean(),
    outcome: part,
    outcomeDraw: draw,
    weightDraw: draw,
  }),
  { maxLength: 40 },
);

describe('designMixture', () => {
  // Golden: mpmath 1.4.1, 40 digits, as a product over the 600 units with beliefs learnt from the units of earlier periods:
  // no counts, no logarithms of factors. The formula of the units is given here a second time.
  const golden: ScoredUnit[] = Array.from({ length: 600 }, (_, i) => {
    const period = i < 100 ? 0 : i < 300 ? 1 : 2;
    const chance = period === 1 ? 0.25 : 0.5;
    const treated = (i * 7919) % 100 < 100 * chance;
    const raw = ((i * i + 3 * i) % 11) % 5;
    const outcome = Math.min(4, raw + (treated && i % 3 === 0 ? 1 : 0)) / 4;
    return { period, probability: chance, treated, outcome, outcomeDraw: 0.5, weightDraw: 0.5 };
  });

  test('agrees with the product over units', () => {
    const groups = predictGroups(fold(golden, 5, false).groups);
    expect(groups.map(({ centre }) => centre)).toEqual([0.5, 0.50390625, 0.49609375]);
    const { higher, lower, either } = evidence(groups);
    expect(higher).toBeCloseTo(1.1809816733286937, 12);
    expect(lower).toBeCloseTo(-1.252693266782552, 12);
    expect(either).toBeCloseTo(0.5719126436109496, 12);
    const interval = designInterval(groups, portfolio, 0.05);
    expect(interval.lower).toBeCloseTo(-0.052604185929436, 9);
    expect(interval.upper).toBeCloseTo(0.19041654013079, 9);
    const estimate = designEstimate(groups);
    expect(estimate.effect).toBeCloseTo(0.54 - 0.4705555555555556, 14);
    expect(estimate.standardError ** 2).toBeCloseTo(0.00071561111111 + 0.00056499954275, 13);
  });

  // Validity itself: over assignment, rounding of the outcome and rounding of the weight, each with its own probability,
  // the expected wealth of every single bet after one unit is 1 + sλ (τ − τ₀); hence 1 where τ = τ₀.
  test('every bet is fair: expected wealth after one unit is exactly one', () => {
    const scenario = fc.record({
      chance: probability,
      adaptive: fc.boolean(),
      bins: fc.integer({ min: 2, max: 9 }),
      treatment: part,
      control: part,
      centre: part,
      deviation: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
    });
    fc.assert(
      fc.property(scenario, ({ chance, adaptive, bins, treatment, control, centre, deviation }) => {
        const effect = treatment - control;
        const mean = new Float64Array(2 * portfolio.effects.length);
        const meanAtZero = new Float64Array(mean.length);
        let total = 0;
        for (const treated of [true, false]) {
          const outcome = treated ? treatment : control;
          const up = outcome * (bins - 1) - Math.floor(outcome * (bins - 1));
          for (const [outcomeDraw, outcomeShare] of [
            [0, up],
            [1 - 2 ** -53, 1 - up],
          ] as const) {
            const unit = { period: 0, probability: chance, treated, outcome, outcomeDraw };
            const { low, high } = designCell({ ...unit, weightDraw: 0 }, { bins, adaptive });
            const [own, atLow, atHigh] = treated
              ? [chance, low, high]
              : [1 - chance, 1 - low, 1 - high];
            // w / low + (1 − w) / high = 1 / own
            const lowShare = adaptive ? (1 / own - 1 / atHigh) / (1 / atLow - 1 / atHigh) : 1;
            for (const [weightDraw, weightShare] of [
              [0, 1 - lowShare],
              [1 - 2 ** -53, lowShare],
            ] as const) {
              const share = own * outcomeShare * weightShare;
              if (!(share > 0)) continue;
              const { groups } = fold([{ ...unit, weightDraw }], bins, adaptive);
              const wealth = designWealth(
                [{ ...groups[0]!, centre, deviation }],
                portfolio,
                effect,
              );
              const atZero = designWealth([{ ...groups[0]!, centre, deviation }], portfolio);
              atZero.forEach((ln, j) => {
                meanAtZero[j]! += share * Math.exp(ln);
              });
              wealth.forEach((ln, j) => {
                expect(ln).toBeGreaterThan(Math.log(0.099));
                mean[j]! += share * Math.exp(ln);
              });
              total += share;
            }
          }
        }
        expect(total).toBeCloseTo(1, 12);
        for (const wealth of mean) expect(Math.abs(wealth - 1)).toBeLessThan(1e-12);
        // One-sided: where treatment is no better, no bet on "better" gains on average; and the other way round.
        const side = effect <= 0 ? meanAtZero.subarray(0, 16) : meanAtZero.subarray(16);
        for (const wealth of side) expect(wealth).toBeLessThan(1 + 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  test('counts are bit-equal under any partition, order and merge', () => {
    fc.assert(
      fc.property(units, fc.array(fc.nat(2)), fc.boolean(), (all, owner, adaptive) => {
        const whole = fold(all, 8, adaptive);
        const parts = [0, 1, 2].map((p) =>
          fold(all.filter((_, i) => (owner[i] ?? 0) === p).reverse(), 8, adaptive),
        );
        const { merge } = designCounts({ bins: 8, adaptive });
        merge(parts[2]!, parts[0]!);
        merge(parts[2]!, parts[1]!);
        expect(parts[2]).toEqual(whole);
      }),
    );
  });

  test('wealth of disjoint groups adds up', () => {
    fc.assert(
      fc.property(units, fc.nat(10), (all, cut) => {
        const groups = predictGroups(fold(all, 8, true).groups);
        const whole = designWealth(groups, portfolio);
        const early = designWealth(groups.slice(0, cut), portfolio);
        const late = designWealth(groups.slice(cut), portfolio);
        whole.forEach((ln, j) => {
          expect(early[j]! + late[j]!).toBeCloseTo(ln, 10);
        });
      }),
    );
  });

  test('an interval ends where its side rejects', () => {
    fc.assert(
      fc.property(units, fc.double({ min: 0.001, max: 0.9, noNaN: true }), (all, alpha) => {
        const groups = predictGroups(fold(all, 8, true).groups);
        for (const sign of [1, -1] as const) {
          const end = designBound(groups, portfolio, sign, alpha);
          const side = (effect: number) =>
            evidence(groups, effect)[sign === 1 ? 'higher' : 'lower'] + Math.log(alpha);
          if (end === -sign) expect(side(end)).toBeLessThanOrEqual(0);
          else if (end !== sign) expect(Math.abs(side(end))).toBeLessThan(1e-7);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('renaming the arms exchanges the two sides', () => {
    fc.assert(
      fc.property(units, (all) => {
        const groups = predictGroups(fold(all, 8, false).groups);
        const other = groups.map(
          ({ low, high, counts, ...rest }): PredictedGroup => ({
            ...rest,
            low: 1 - high,
            high: 1 - low,
            counts: Float64Array.of(...counts.subarray(16), ...counts.subarray(0, 16)),
          }),
        );
        expect(evidence(other).higher).toBeCloseTo(evidence(groups).lower, 9);
        expect(evidence(other).lower).toBeCloseTo(evidence(groups).higher, 9);
      }),
    );
  });

  test('says nothing before the first unit', () => {
    expect(evidence([]).either).toBeCloseTo(0, 14);
    expect(designInterval([], portfolio, 0.05)).toEqual({ lower: -1, upper: 1 });
  });

  test('refuses what would break it', () => {
    const unit = { period: 0, treated: true, outcome: 0.5, outcomeDraw: 0, weightDraw: 0 };
    const options = { bins: 8, adaptive: true };
    expect(() => designCell({ ...unit, probability: 1 }, options)).toThrow(
      'probability: expected in (0, 1), got 1',
    );
    expect(() => designCell({ ...unit, probability: 0.001 }, options)).toThrow(RangeError);
    expect(() => designBound([], portfolio, 1, 0)).toThrow('alpha: expected in (0, 1), got 0');
  });
});

/** Counts of one experiment with two outcomes, looked at after every `look` units. */
function watch(
  seed: number,
  horizon: number,
  look: number,
  rates: (i: number) => readonly [control: number, treatment: number],
  chance: (i: number, groups: readonly DesignGroup[]) => number,
  adaptive: boolean,
  seen: (groups: readonly PredictedGroup[], n: number) => boolean,
): void {
  const random = randomState(seed);
  const counts = designCounts({ bins: 2, adaptive });
  const state = counts.initial();
  for (let i = 0; i < horizon; i += 1) {
    const p = chance(i, state.groups);
    const treated = uniform(random) < p;
    const outcome = uniform(random) < rates(i)[treated ? 1 : 0] ? 1 : 0;
    const weightDraw = adaptive ? uniform(random) : 0;
    const period = periodOf(i, 200, 1.3);
    counts.step(state, { period, probability: p, treated, outcome, outcomeDraw: 0, weightDraw });
    if ((i + 1) % look === 0 && seen(predictGroups(state.groups), i + 1)) return;
  }
}

/** Runs to the first rejection at 5 %: how many units each took, ascending; Infinity where none came. */
function times(
  runs: number,
  horizon: number,
  look: number,
  rates: readonly [number, number],
  p: number,
): number[] {
  return Array.from({ length: runs }, (_, run) => {
    let time = Infinity;
    const seen = (groups: readonly PredictedGroup[], n: number): boolean => {
      if (evidence(groups).either < Math.log(20)) return false;
      time = n;
      return true;
    };
    watch(
      1_000 + run,
      horizon,
      look,
      () => rates,
      () => p,
      false,
      seen,
    );
    return time;
  }).sort((a, b) => a - b);
}

describe('the promise of designMixture', () => {
  // Base rates that swing and a ramp 5 % → 20 % → 50 %: no effect, watched 40 times.
  test('at most alpha of A/A experiments ever reject, through drift and ramp', () => {
    const runs = 800;
    const alpha = 0.2;
    const n = 2_000;
    let rejected = 0;
    for (let run = 0; run < runs; run += 1) {
      const rate = (i: number): readonly [number, number] => {
        const now = 0.3 + 0.2 * Math.sin(i / 150);
        return [now, now];
      };
      const ramp = (i: number): number => (i < 500 ? 0.05 : i < 1_000 ? 0.2 : 0.5);
      watch(run, n, 50, rate, ramp, false, (groups) => {
        const rejects = evidence(groups).either >= Math.log(1 / alpha);
        if (rejects) rejected += 1;
        return rejects;
      });
    }
    expect(rejected / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
    expect(rejected / runs).toBeGreaterThan(alpha / 8);
  });

  // A bandit that follows the leader with a floor of a tenth: the interval must cover the effect of .1 at every look.
  test('at most alpha of the sequences ever miss the effect under a bandit', () => {
    const runs = 150;
    const alpha = 0.2;
    let missed = 0;
    let informed = 0;
    for (let run = 0; run < runs; run += 1) {
      const greedy = (i: number, groups: readonly DesignGroup[]): number => {
        if (i % 50 > 0) return leader;
        const { effect } = designEstimate(groups);
        leader = !(Math.abs(effect) > 0) ? 0.5 : effect > 0 ? 0.9 : 0.1;
        return leader;
      };
      let leader = 0.5;
      watch(
        5_000 + run,
        1_500,
        150,
        () => [0.4, 0.5],
        greedy,
        true,
        (groups, n) => {
          const { lower, upper } = designInterval(groups, portfolio, alpha);
          const misses = lower > 0.1 || upper < 0.1;
          if (misses) missed += 1;
          else if (n === 1_500 && upper - lower < 0.5) informed += 1;
          return misses;
        },
      );
    }
    expect(missed / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
    expect(informed / runs).toBeGreaterThan(0.5);
  });

  // Cost against the asymptotic sequence tuned at 5,000, median units in 300 experiments: .10 → .12 7,250 against 7,000;
  // .05 → .065 7,600 against 7,000; .50 → .55 3,300 against 3,300; 10/90 .05 → .09 3,850 against 4,500; .50 → .65 480 against
  // 570; .005 → .0075 33,250 against 33,750. Here two of them, shorter.
  test('needs about as many units as the asymptotic sequence', () => {
    const half = times(101, 10_000, 100, [0.5, 0.55], 0.5);
    expect(half[50]).toBeLessThan(3_700);
    expect(half[50]).toBeGreaterThan(2_500);
    const tenth = times(61, 12_000, 150, [0.05, 0.09], 0.1);
    expect(tenth[30]).toBeLessThan(4_500);
  });
});
