/** A policy that learns holds nobody out: what it is worth cannot be told. */
import { algorithms } from '../../../models/policies/registry.ts';
import type { InsightKind } from '../insightKind.ts';
import { actionName, changeAction, policySubject, usersOf } from '../parts/policyCard.ts';
import { begun, reachOf, standingPromise } from '../parts/standing.ts';

/** Share of the users that is proposed. */
const proposed = 0.1;
/** Decisions: before, there is nothing to be known. */
const decisionsLeast = 100;

export const holdoutMissing: InsightKind = {
  kind: 'holdout-missing',
  area: 'personalization',
  summary: 'No user is held out, so that nobody knows what personalization is worth.',
  test: `A fact: a running policy that learns has no share of users held out, and has made ${decisionsLeast} decisions or more.`,
  find: (facts) =>
    (facts.policies ?? []).flatMap((each) => {
      const { policy, report } = each;
      const learns = (algorithms.get(policy.algorithm.name)?.learners.length ?? 0) > 0;
      if (!learns || policy.holdout > 0) return [];
      if ((report.worth.policy.decisions ?? 0) + report.open < decisionsLeast) return [];
      const control =
        policy.control === null
          ? 'each action with the same chance'
          : actionName(each, policy.control);
      return [
        {
          subject: policySubject(each),
          judgedAt: report.to,
          pValue: null,
          tell: () => ({
            changed: `“${policy.name}” holds nobody out: what it is worth cannot be told.`,
            why: [
              'Without users who get the control whatever was learnt there is nothing to compare with.',
              'Estimates from its own log stand in for that only as long as every action keeps a chance.',
            ],
            ignored:
              'Whether it helps or harms stays a belief; and when it turns worse, nothing will show it.',
            evidence: null,
            action: changeAction(
              each,
              { holdout: proposed },
              {
                label: 'Hold out one user in ten',
                consequence: `One user in ten gets ${control} from now on, whatever was learnt.`,
                undo: 'Set the held-out share back to 0 on its page.',
              },
            ),
            promise: standingPromise('What the policy is worth can be told.', 1),
            since: begun(facts, policy.stages.at(-1)?.startAt ?? report.from),
            impact: { value: 0.3, words: 'Nobody can say whether users gain by it.' },
            reach: reachOf(facts, usersOf(each)),
          }),
        },
      ];
    }),
};
