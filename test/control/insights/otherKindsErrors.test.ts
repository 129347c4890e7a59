/**
 * The promise of p-values of the rules on experiments, personalization and operations: where there is nothing, at most `alpha`
 * with probability `alpha`. Seeded; 4 standard errors of the simulation are allowed.
 */
import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../control/insights/facts.ts';
import type { PeriodFacts } from '../../../control/insights/gather/experiments.ts';
import type { InsightKind } from '../../../control/insights/insightKind.ts';
import { actionDominated } from '../../../control/insights/kinds/action-dominated.ts';
import { alertNoise } from '../../../control/insights/kinds/alert-noise.ts';
import { contextAddsNothing } from '../../../control/insights/kinds/context-adds-nothing.ts';
import { deadLettersRising } from '../../../control/insights/kinds/dead-letters-rising.ts';
import { explorationCostly } from '../../../control/insights/kinds/exploration-costly.ts';
import { guardrailHarmed } from '../../../control/insights/kinds/guardrail-harmed.ts';
import { noveltyDecay } from '../../../control/insights/kinds/novelty-decay.ts';
import { policyBehindControl } from '../../../control/insights/kinds/policy-behind-control.ts';
import { sampleRatioMismatch } from '../../../control/insights/kinds/sample-ratio-mismatch.ts';
import { segmentHarmed } from '../../../control/insights/kinds/segment-harmed.ts';
import { winnerForSegmentOnly } from '../../../control/insights/kinds/winner-for-segment-only.ts';
import { normal, type RandomState, randomState, uniform } from '../../../stats/random.ts';
import {
  clusteredDifference,
  clusteredMean,
  clusterSumsOf,
} from '../../../stats/sequential/clusteredSequence.ts';
import { lnSampleRatio } from '../../../stats/sequential/sampleRatio.ts';
import {
  binaryArms,
  dayMs,
  experimentFacts,
  factsOf,
  pipelineFacts,
  policyFacts,
  quietOperations,
  today,
  watchFacts,
} from '../../support/insightFacts.ts';

const alphas = [0.05, 0.2] as const;
const anExperiment = experimentFacts();
const aPolicy = policyFacts();

/** @returns share of the runs with a p-value of at most alpha, by alpha */
function sharesOf(kind: InsightKind, runs: number, factsOfRun: (random: RandomState) => Facts) {
  const random = randomState(20);
  const values = Array.from({ length: runs }, () => {
    const [candidate] = kind.find(factsOfRun(random));
    return candidate?.pValue ?? 1;
  });
  const shares = alphas.map((alpha) => values.filter((p) => p <= alpha).length / runs);
  if (process.env['SHOW'] !== undefined) console.log(kind.kind, shares);
  return shares;
}

/** @param least of alpha that is reached: the test is not vacuous */
function expectPromise(shares: readonly number[], runs: number, least = 0): void {
  for (const [i, alpha] of alphas.entries()) {
    const error = Math.sqrt((alpha * (1 - alpha)) / runs);
    expect(shares[i]).toBeLessThanOrEqual(alpha + 4 * error);
    expect(shares[i]).toBeGreaterThanOrEqual(least * alpha - 4 * error);
  }
}

describe('experiments: at any time', () => {
  test('a sample ratio that is as planned, by the smallest of 40 looks', () => {
    const runs = 300;
    const shares = sharesOf(sampleRatioMismatch, runs, (random) => {
      const counts = [0, 0];
      let worst = -Infinity;
      for (let look = 0; look < 40; look += 1) {
        for (let unit = 0; unit < 100; unit += 1) counts[uniform(random) < 0.5 ? 0 : 1]! += 1;
        worst = Math.max(worst, lnSampleRatio([{ counts, design: [0.5, 0.5] }]));
      }
      const sampleRatio = {
        arms: ['without', 'with'].map((variant, i) => ({
          ...{ variant, units: counts[i]!, expected: 0.5 },
        })),
        ...{ lnE: worst, alarm: false },
      };
      return factsOf({
        experiments: [{ ...anExperiment, result: { ...anExperiment.result!, sampleRatio } }],
      });
    });
    expectPromise(shares, runs);
  });

  /** ln of a likelihood ratio of a coin, the largest of its looks: an e-process. */
  const largestE = (random: RandomState) => {
    let [lnE, worst] = [0, 0];
    for (let i = 0; i < 200; i += 1) {
      lnE += uniform(random) < 0.5 ? Math.log(1.2) : Math.log(0.8);
      worst = Math.max(worst, lnE);
    }
    return worst;
  };

  test('guardrails of two variants that move together', () => {
    const runs = 1_000;
    const arms = binaryArms([2_000, 2_000, 2_000], [0.03, 0.03, 0.03]);
    const facts = experimentFacts({ guardrail: arms });
    const shares = sharesOf(guardrailHarmed, runs, (random) => {
      const lnE = { either: 0, lower: 0, higher: largestE(random) };
      const metrics = facts.result!.metrics.map((each) => ({
        ...each,
        comparisons: each.comparisons.map((comparison) => ({ ...comparison, lnE })),
      }));
      return factsOf({ experiments: [{ ...facts, result: { ...facts.result!, metrics } }] });
    });
    expectPromise(shares, runs, 0.3);
  });

  test('eight segments without a winner', () => {
    const runs = 600;
    const segments = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [`grade=${i}`, binaryArms([300, 300], [0.4, 0.42])]),
    );
    const facts = experimentFacts({ segments });
    const shares = sharesOf(winnerForSegmentOnly, runs, (random) => {
      const found = facts.result!.segments.map((segment) => ({
        ...segment,
        comparisons: segment.comparisons.map((comparison) => ({
          ...{ ...comparison, decided: true, direction: 'good' as const },
          lnE: { either: 0, lower: 0, higher: largestE(random) },
        })),
      }));
      return factsOf({
        experiments: [{ ...facts, result: { ...facts.result!, segments: found } }],
      });
    });
    expectPromise(shares, runs, 0.2);
  });

  test('eight segments of which none is harmed', () => {
    const runs = 600;
    const segments = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [`grade=${i}`, binaryArms([300, 300], [0.42, 0.4])]),
    );
    const facts = experimentFacts({ segments });
    const shares = sharesOf(segmentHarmed, runs, (random) => {
      const found = facts.result!.segments.map((segment) => ({
        ...segment,
        comparisons: segment.comparisons.map((comparison) => ({
          ...{ ...comparison, decided: true, direction: 'bad' as const },
          lnE: { either: 0, higher: 0, lower: largestE(random) },
        })),
      }));
      return factsOf({
        experiments: [{ ...facts, result: { ...facts.result!, segments: found } }],
      });
    });
    expectPromise(shares, runs, 0.2);
  });

  // Solving becomes more frequent over time, and the split changes in the middle: pooled arms would show an effect that fades.
  test('an effect that stays, while the baseline drifts and a ramp changes the split', () => {
    const runs = 800;
    const shares = sharesOf(noveltyDecay, runs, (random) => {
      const periods = Array.from({ length: 17 }, (_, period): PeriodFacts[] => {
        const base = 0.3 + 0.02 * period;
        return [1, 2].flatMap((stage) => {
          if (stage === 1 && period > 15) return [];
          return ['without', 'with'].map((variant) => {
            const treated = variant === 'with';
            const users = (stage === 1) === treated ? 120 : 480;
            const rate = base + (treated ? 0.001 : 0);
            let solved = 0;
            // Close to a binomial, and quick.
            solved = Math.round(
              Math.min(
                users,
                Math.max(0, users * rate + normal(random) * Math.sqrt(users * rate * (1 - rate))),
              ),
            );
            const mean = solved / users;
            const variance = (mean * (1 - mean) * users) / (users - 1);
            return { variant, stage, period, units: users, mean, variance };
          });
        });
      }).flat();
      return factsOf({ experiments: [{ ...anExperiment, periods }] });
    });
    // Only what fades to half counts: about each p below ½ does where there is hardly any effect.
    expectPromise(shares, runs, 0.5);
  });
});

describe('personalization: users as units', () => {
  /** 150 users, some of whom do better whatever they get, with 1 to 20 decisions each among three equal actions. */
  const log = (random: RandomState) =>
    Array.from({ length: 150 }, () => {
      const own = 0.4 + 0.25 * (uniform(random) - 0.5);
      const decisions = 1 + Math.floor(20 * uniform(random));
      return Array.from({ length: decisions }, () => {
        const draw = uniform(random);
        const action = draw < 0.6 ? 0 : draw < 0.9 ? 1 : 2;
        return {
          action,
          probability: [0.6, 0.3, 0.1][action]!,
          reward: uniform(random) < own ? 1 : 0,
        };
      });
    });

  test('three actions that earn the same', () => {
    const runs = 400;
    const shares = sharesOf(actionDominated, runs, (random) => {
      const users = log(random);
      const actions = aPolicy.report.actions.map((known, action) => {
        const sums = clusterSumsOf(
          users.flatMap((made) => {
            const own = made.filter((each) => each.action === action);
            if (own.length === 0) return [];
            return [
              {
                size: own.reduce((sum, { probability }) => sum + 1 / probability, 0),
                earned: own.reduce((sum, each) => sum + each.reward / each.probability, 0),
                decisions: own.length,
              },
            ];
          }),
        );
        const { estimate, lower, upper } = clusteredMean(sums, 0.05);
        const worth = {
          ...{ decisions: sums.decisions, mean: estimate },
          ...(Number.isFinite(lower) ? { low: lower, high: upper } : { low: null, high: null }),
        };
        return { ...known, worth };
      });
      return factsOf({ policies: [{ ...aPolicy, report: { ...aPolicy.report, actions } }] });
    });
    expectPromise(shares, runs);
  });

  test('a context that gains just what counts', () => {
    const runs = 600;
    const shares = sharesOf(contextAddsNothing, runs, (random) => {
      // 5 % of 0.45.
      const sums = clusterSumsOf(
        Array.from({ length: 120 }, () => {
          const size = 1 + Math.floor(20 * uniform(random));
          const own = 0.3 * normal(random);
          return { size, decisions: size, earned: size * (0.0225 + own) + normal(random) };
        }),
      );
      const gains = [{ action: 'video', weight: 1, sums }];
      return factsOf({ policies: [{ ...aPolicy, gains }] });
    });
    expectPromise(shares, runs, 0.5);
  });

  test('a control that earns the same, and exploration that costs its budget', () => {
    const runs = 300;
    const arms = (random: RandomState) => {
      const users = log(random).map((made) => ({
        ...{ size: made.length, decisions: made.length },
        earned: made.reduce((sum, { reward }) => sum + reward, 0),
      }));
      const [policy, control] = [clusterSumsOf(users.slice(75)), clusterSumsOf(users.slice(0, 75))];
      const { estimate, lower, upper } = clusteredDifference(policy, control, 0.05);
      const decisions = policy.decisions + control.decisions;
      return { decisions, mean: estimate, low: lower, high: upper };
    };
    const behind = sharesOf(policyBehindControl, runs, (random) => {
      const worth = { ...aPolicy.report.worth, difference: arms(random) };
      const users = { policy: 75, control: 75 };
      return factsOf({ policies: [{ ...aPolicy, report: { ...aPolicy.report, worth, users } }] });
    });
    expectPromise(behind, runs);
    const costly = sharesOf(explorationCostly, runs, (random) => {
      const { decisions, mean, low, high } = arms(random);
      const exploration = {
        share: 0.2,
        cost: 0.0225 + mean,
        low: low + 0.0225,
        high: high + 0.0225,
      };
      const sampled = decisions / 2 / 10_000;
      const report = { ...aPolicy.report, exploration, sampled: Math.max(0.1, sampled) };
      return factsOf({ policies: [{ ...aPolicy, report }] });
    });
    expectPromise(costly, runs);
  });
});

describe('operations: days as units', () => {
  test('a refused share that goes up and down from day to day', () => {
    const runs = 2_000;
    const shares = sharesOf(deadLettersRising, runs, (random) => {
      const days = Array.from({ length: 15 }, (_, i) => ({
        ...{ at: today - (15 - i) * dayMs, events: 10_000 },
        refused: Math.round(10_000 * Math.min(0.9, 0.01 * Math.exp(0.8 * normal(random)))),
      }));
      return factsOf({
        operations: quietOperations({ pipelines: [pipelineFacts({ days })] }),
      });
    });
    expectPromise(shares, runs, 0.3);
  });

  test('a watch of whose alerts a third are false', () => {
    const runs = 2_000;
    const shares = sharesOf(alertNoise, runs, (random) => {
      let wrong = 0;
      for (let i = 0; i < 20; i += 1) if (uniform(random) < 1 / 3) wrong += 1;
      const called = { false: wrong, true: 20 - wrong };
      return factsOf({ operations: quietOperations({ watches: [watchFacts({ called })] }) });
    });
    expectPromise(shares, runs, 0.3);
  });
});
