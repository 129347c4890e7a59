/**
 * Trying out costs more than is set aside for it.
 *
 * The cost is what the most probable action would have earned on the same decisions, by inverse probability, less what was earned;
 * users as units, one-sided Student test.
 *
 * Source: Li, Chu, Langford & Wang 2011; Deng, Knoblich & Lu 2018.
 */
import { usersMin } from '../../../stats/sequential/clusteredSequence.ts';
import { fixedHorizon } from '../../../stats/testing/fixedHorizon.ts';
import { worthAlpha, worthError } from '../../policies/report/worthError.ts';
import { percent } from '../../words.ts';
import type { PolicyFacts } from '../gather/policies.ts';
import type { Candidate, InsightKind } from '../insightKind.ts';
import {
  changeAction,
  policyPage,
  policySubject,
  reward,
  shareOfSpan,
  usersOf,
} from '../parts/policyCard.ts';
import { begun, dayMs, lookAction, reachOf } from '../parts/standing.ts';

/** Of what is earned. */
const budget = 0.05;
const decisionsLeast = 1_000;

export const explorationCostly: InsightKind = {
  kind: 'exploration-costly',
  area: 'personalization',
  summary: 'A policy tries out so much that it costs more than is set aside for it.',
  test:
    `Once a day, over the last four weeks: one-sided test that trying out costs more than ${budget * 100} % of what is earned, by ` +
    'inverse probability with users as units. At least 1,000 decisions and 30 users of equal activity.',
  find: (facts) =>
    (facts.policies ?? []).flatMap((each): Candidate[] => {
      const { policy, report } = each;
      const { mean, decisions } = report.worth.policy;
      const { cost, share, low = null, high = null } = report.exploration;
      if (mean === null || !(mean > 0) || cost === null || share === null) return [];
      const sampled = Math.round((decisions ?? 0) * report.sampled);
      const error = worthError({ decisions: 2 * sampled, low, high });
      if (error === null || !(error > 0) || sampled < decisionsLeast) return [];
      const allowed = budget * mean;
      const { pValue } = fixedHorizon(
        { estimate: cost, variance: error ** 2, freedom: usersMin - 1 },
        { alpha: worthAlpha, alternative: 'greater', null: allowed },
      );
      return [
        {
          subject: policySubject(each),
          judgedAt: report.to,
          pValue,
          tell: () => ({
            changed: `“${policy.name}” tries out so much that it costs ${percent(cost / mean)} of what it earns.`,
            why: [
              `In ${percent(share)} of the decisions it does not choose what it holds for best.`,
              `That costs ${reward(cost)} a decision (between ${reward(low ?? cost)} and ${reward(high ?? cost)}), where ${reward(mean)} is earned.`,
              `${percent(budget)} of what is earned is set aside for it.`,
            ],
            ignored: 'Users go on paying for what the policy has mostly learnt by now.',
            evidence: {
              kind: 'bars',
              caption: 'What trying out costs a decision',
              unit: 'number',
              bars: [{ name: 'trying out', value: cost, lower: low, upper: high, isMeant: true }],
              reference: { name: 'set aside', value: allowed },
            },
            action: lessFloor(each, share),
            promise: {
              measure: { kind: 'reward', policy: each.key },
              ...{ unit: 'number', better: 1, low: 0, high: cost, horizonMs: 14 * dayMs },
              sentence: `The mean reward rises by up to ${reward(cost)} within two weeks.`,
            },
            since: begun(facts, Math.max(report.from, policy.stages.at(-1)?.startAt ?? 0)),
            impact: {
              value: shareOfSpan(policy, cost),
              words: `Each decision earns ${reward(cost)} less than it could.`,
            },
            reach: reachOf(facts, usersOf(each)),
          }),
        },
      ];
    }),
};

/** The floor is halved where it is what makes most of the exploration; else the algorithm does. */
function lessFloor(each: PolicyFacts, share: number) {
  const { policy } = each;
  if (policy.floor < 0.5 * share) {
    return lookAction('Let its algorithm try out less', `${policyPage(each.key)}/edit`);
  }
  const floor = policy.floor / 2;
  return changeAction(
    each,
    { floor },
    {
      label: `Try out half as much: least probability ${percent(floor)} together`,
      consequence: `Actions that are not held for best get at least ${percent(floor)} of the decisions together, instead of ${percent(policy.floor)}; changes of taste are noticed later.`,
      undo: `Set the least probability back to ${percent(policy.floor)} on its page.`,
    },
  );
}
