/**
 * What the policy looks at makes its choice no better than one fixed action for everybody.
 *
 * The gain over each action is by inverse probability on the same decisions, users as units: (r − c)(1 − [a chosen] / p). The gain
 * over the best fixed action is at most that over any: if one of K is shown to be below what counts, so is it (times K, Bonferroni).
 *
 * Source: Li, Chu, Langford & Wang 2011 (worth of a policy from another’s log); Deng, Knoblich & Lu 2018 (users as units).
 */
import { clusteredMean } from '../../../stats/sequential/clusteredSequence.ts';
import { fixedHorizon } from '../../../stats/testing/fixedHorizon.ts';
import { worthAlpha } from '../../policies/report/worthError.ts';
import { counted } from '../../words.ts';
import type { GainOverAction, PolicyFacts } from '../gather/policies.ts';
import type { Candidate, InsightKind } from '../insightKind.ts';
import {
  actionName,
  leastThatCounts,
  policyPage,
  policySubject,
  reward,
  usersOf,
  worthWords,
} from '../parts/policyCard.ts';
import { begun, dayMs, lookAction, reachOf } from '../parts/standing.ts';

const daysLeast = 7;
const decisionsLeast = 1_000;
/** How far the mean weight of an action that can be chosen each time may lie from 1. */
const weightOff = 0.2;

export const contextAddsNothing: InsightKind = {
  kind: 'context-adds-nothing',
  area: 'personalization',
  summary: 'A personal choice earns no more than the same action for everybody.',
  test:
    'Once a day, over the last four weeks: the gain over each single action by inverse probability, users as units, one-sided test ' +
    'that it is below what counts (5 % of what is earned), times the number of actions. After seven days and 1,000 decisions; ' +
    'actions that could be chosen each time.',
  find: (facts) =>
    (facts.policies ?? []).flatMap((each): Candidate[] => {
      const { policy, report } = each;
      const { mean, decisions } = report.worth.policy;
      const startAt = policy.stages[0]?.startAt;
      if (
        mean === null ||
        decisions === null ||
        startAt === undefined ||
        report.to - startAt < daysLeast * dayMs
      )
        return [];
      if (decisions < decisionsLeast || policy.context.features.length === 0) return [];
      const least = leastThatCounts(policy, mean);
      const judged = each.gains
        .filter(
          ({ action, weight }) => isOffered(each, action) && Math.abs(weight - 1) <= weightOff,
        )
        .flatMap((gain) => judgedGain(gain, least) ?? []);
      const [first] = judged;
      if (first === undefined) return [];
      const best = judged.reduce((a, b) => (b.pValue < a.pValue ? b : a), first);
      return [
        {
          subject: policySubject(each),
          judgedAt: report.to,
          pValue: Math.min(1, best.pValue * judged.length),
          tell: () => {
            const name = actionName(each, best.action);
            return {
              changed: `“${policy.name}” earns no more than ${name} for everybody would.`,
              why: [
                `The policy earns ${worthWords(report.worth.policy)} a decision.`,
                `Its gain over ${name} for everybody is ${reward(best.estimate)} (between ${reward(best.lower)} and ${reward(best.upper)}); ${reward(least)} would count.`,
                `That is by ${counted(decisions, 'decision')} of ${counted(report.users.policy, 'user')}.`,
              ],
              ignored:
                'A model is run, fed and watched that changes nothing for users; and what it looks at of them is looked at for nothing.',
              evidence: {
                kind: 'bars',
                caption: 'Gain of the policy over one action for everybody, a decision',
                unit: 'number',
                bars: judged.slice(0, 40).map(({ action, estimate, lower, upper }) => ({
                  name: policy.actions.find(({ key }) => key === action)?.name ?? action,
                  ...{ value: estimate, lower, upper },
                  isMeant: action === best.action,
                })),
                reference: { name: 'a gain that counts', value: least },
              },
              action: lookAction(
                `Compare with a simpler policy, or give ${name} to everybody`,
                policyPage(each.key),
              ),
              promise: null,
              since: begun(facts, Math.max(report.from, startAt)),
              impact: {
                value: 0.2,
                words: `${counted(report.users.policy, 'user')} get a choice of their own that is no better for them.`,
              },
              reach: reachOf(facts, usersOf(each)),
            };
          },
        },
      ];
    }),
};

function isOffered({ policy }: PolicyFacts, key: string): boolean {
  return policy.actions.some((action) => action.key === key && action.offered);
}

function judgedGain({ action, sums }: GainOverAction, least: number) {
  const { estimate, standardError, lower, upper } = clusteredMean(sums, worthAlpha);
  if (!(standardError > 0)) return undefined;
  const { pValue } = fixedHorizon(
    { estimate, variance: standardError ** 2, freedom: sums.users - 1 },
    { alpha: worthAlpha, alternative: 'less', null: least },
  );
  return { action, estimate, lower, upper, pValue };
}
