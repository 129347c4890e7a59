/**
 * An action earns clearly less than the best one: it can be retired.
 *
 * Worth is by inverse probability with users as units. That an action is as good as another would need one of both estimates to
 * be off: with z where their intervals touch, the probability is at most two tails beyond z, however both depend on each other.
 * The best of K is chosen among the others, and the worst shown: K (K − 1) pairs (Bonferroni).
 *
 * Source: Horvitz & Thompson 1952; Hájek 1971 (weights); Bonferroni 1936.
 */
import type { InsightPromise } from '../../../contracts/insight.ts';
import type { Worth } from '../../../contracts/policyApi.ts';
import { algorithms } from '../../../models/policies/registry.ts';
import { usersMin } from '../../../stats/sequential/clusteredSequence.ts';
import { studentTTail } from '../../../stats/special/studentT.ts';
import { worthError } from '../../policies/report/worthError.ts';
import { percent } from '../../words.ts';
import type { PolicyFacts } from '../gather/policies.ts';
import type { Candidate, InsightKind } from '../insightKind.ts';
import {
  actionName,
  changeAction,
  leastThatCounts,
  policyPage,
  policySubject,
  reward,
  shareOfSpan,
  usersOf,
  worthWords,
} from '../parts/policyCard.ts';
import { begun, dayMs, lookAction, reachOf } from '../parts/standing.ts';

interface Judged {
  readonly key: string;
  readonly share: number;
  readonly worth: Worth;
  readonly mean: number;
  readonly error: number;
}

export const actionDominated: InsightKind = {
  kind: 'action-dominated',
  area: 'personalization',
  summary: 'An action earns clearly less than the best one and can be retired.',
  test:
    'Once a day, over the last four weeks: worth by inverse probability with users as units, p where the intervals of the action and ' +
    'of the best one touch, times the number of pairs. At least 5 % of what the best earns; 30 users of equal activity for each. ' +
    'Where a learnt choice still takes it often, it may be the best for some: then the button leads to the groups.',
  find: (facts) =>
    (facts.policies ?? []).flatMap((each): Candidate[] => {
      const { policy, report } = each;
      const judged = judgedOf(each);
      const [first] = judged;
      if (first === undefined || judged.length < 2) return [];
      const best = judged.reduce((a, b) => (b.mean > a.mean ? b : a), first);
      const worst = judged.reduce((a, b) => (b.mean < a.mean ? b : a), first);
      const gap = best.mean - worst.mean;
      const counts = gap >= leastThatCounts(policy, best.mean);
      const pairs = judged.length * (judged.length - 1);
      const z = gap / (best.error + worst.error);
      const pValue = Math.min(1, 2 * pairs * studentTTail(z, usersMin - 1));
      const name = actionName(each, worst.key);
      return [
        {
          subject: policySubject(each),
          judgedAt: report.to,
          pValue: counts ? pValue : 1,
          tell: () => ({
            changed: `${name} of “${policy.name}” earns clearly less than the best action.`,
            why: [
              `${name} would earn ${worthWords(worst.worth)} a decision if everybody got it.`,
              `${actionName(each, best.key)} would earn ${worthWords(best.worth)}.`,
              `${name} gets ${percent(worst.share)} of the decisions${isTaken(each, worst) ? ': for some users it may be the best all the same' : ''}.`,
            ],
            ignored: `Each time that ${name} is chosen about ${reward(gap)} is lost on average.`,
            evidence: {
              kind: 'bars',
              caption: 'What each action would earn a decision, with intervals',
              unit: 'number',
              bars: judged.slice(0, 40).map(({ key, worth }) => ({
                name: policy.actions.find((action) => action.key === key)?.name ?? key,
                ...{ value: worth.mean, lower: worth.low, upper: worth.high },
                isMeant: key === worst.key,
              })),
              reference: null,
            },
            action: retire(each, worst),
            promise: promiseOf(each, worst, best),
            since: begun(facts, Math.max(report.from, policy.stages[0]?.startAt ?? 0)),
            impact: {
              value: shareOfSpan(policy, gap),
              words: `${percent(worst.share)} of the decisions earn about ${reward(gap)} less than they could.`,
            },
            reach: reachOf(facts, (usersOf(each) ?? 0) * worst.share),
          }),
        },
      ];
    }),
};

/** Those that are offered to all, with an interval. */
function judgedOf({ policy, report }: PolicyFacts): Judged[] {
  return report.actions.flatMap(({ action, share, worth }) => {
    const known = policy.actions.find(({ key }) => key === action);
    const error = worthError(worth);
    const isForAll =
      known?.offered === true && 'all' in known.eligible && known.eligible.all.length === 0;
    if (!isForAll || error === null || worth.mean === null || !(error > 0)) return [];
    return [{ key: action, share: share ?? 0, worth, mean: worth.mean, error }];
  });
}

/** A learnt choice takes it more often than half its equal share: for some it is held for the best. */
function isTaken({ policy }: PolicyFacts, { share }: Judged): boolean {
  const learns = (algorithms.get(policy.algorithm.name)?.learners.length ?? 0) > 0;
  const offered = policy.actions.filter((action) => action.offered).length;
  return learns && share > 0.5 / offered;
}

function retire(each: PolicyFacts, judged: Judged) {
  const { policy } = each;
  const { key } = judged;
  const isPinned = policy.pins.some(({ action }) => action === key);
  const left = policy.actions.filter((action) => action.offered && action.key !== key);
  if (policy.control === key || isPinned || left.length < 2 || isTaken(each, judged)) {
    return lookAction('Look for whom it is good, and decide', policyPage(each.key));
  }
  const name = actionName(each, key);
  return changeAction(
    each,
    {
      actions: policy.actions.map((action) =>
        action.key === key ? { ...action, offered: false } : action,
      ),
    },
    {
      label: `Retire ${name}`,
      consequence: `Nobody gets ${name} any more; the other ${left.length} share its decisions, and what it has earned stays known.`,
      undo: 'Switch it on again on the page of the policy.',
    },
  );
}

/** What its decisions earn less, between the nearest and the farthest ends of both intervals. */
function promiseOf({ key }: PolicyFacts, worst: Judged, best: Judged): InsightPromise {
  const { low: bestLow, high: bestHigh } = best.worth;
  const { low: worstLow, high: worstHigh } = worst.worth;
  const least = Math.max(0, worst.share * ((bestLow ?? best.mean) - (worstHigh ?? worst.mean)));
  const most = worst.share * ((bestHigh ?? best.mean) - (worstLow ?? worst.mean));
  return {
    measure: { kind: 'reward', policy: key },
    ...{ unit: 'number', better: 1, low: least, high: most, horizonMs: 14 * dayMs },
    sentence: `The mean reward rises by ${reward(least)} to ${reward(most)} within two weeks.`,
  };
}
