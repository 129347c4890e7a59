/**
 * Those who get the learnt choice are worse off than those who get the control.
 *
 * Users are divided at random and are the units, however many decisions each has: one-sided Student test of one look.
 *
 * Source: Deng, Knoblich & Lu 2018 (a mean over decisions with the user as unit).
 */
import type { InsightAction } from '../../../contracts/insight.ts';
import { fixedHorizon } from '../../../stats/testing/fixedHorizon.ts';
import { worthAlpha, worthError } from '../../policies/report/worthError.ts';
import { counted } from '../../words.ts';
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
  worthWords,
} from '../parts/policyCard.ts';
import { begun, dayMs, reachOf } from '../parts/standing.ts';

export const policyBehindControl: InsightKind = {
  kind: 'policy-behind-control',
  area: 'personalization',
  summary: 'A learnt choice earns less than the control of the held-out.',
  test:
    'Once a day, over the last four weeks: one-sided test of the learnt choice against the held-out, users as units. At least 5 % of ' +
    'what the control earns; 30 users of equal activity on each side.',
  find: (facts) =>
    (facts.policies ?? []).flatMap((each): Candidate[] => {
      const { policy, report } = each;
      const { difference, control } = report.worth;
      const error = worthError(difference);
      if (difference.mean === null || control.mean === null) return [];
      if (error === null || !(error > 0)) return [];
      const freedom = Math.max(1, Math.min(report.users.policy, report.users.control) - 1);
      const { pValue } = fixedHorizon(
        { estimate: difference.mean, variance: error ** 2, freedom },
        { alpha: worthAlpha, alternative: 'less' },
      );
      const counts = -difference.mean >= leastThatCounts(policy, control.mean);
      const lost = -difference.mean;
      return [
        {
          subject: policySubject(each),
          judgedAt: report.to,
          pValue: counts ? pValue : 1,
          tell: () => ({
            changed: `“${policy.name}” earns less than its control.`,
            why: [
              `The learnt choice earns ${worthWords(report.worth.policy)} a decision, the control ${worthWords(control)}.`,
              `The difference is ${worthWords(difference)}.`,
              `${counted(report.users.policy, 'user')} have the learnt choice, ${counted(report.users.control, 'user')} the control.`,
            ],
            ignored: `Everybody but the held-out goes on losing about ${reward(lost)} a decision.`,
            evidence: {
              kind: 'course',
              caption: 'Mean reward a decision, each point with its own interval',
              unit: 'number',
              series: (['policy', 'control'] as const).map((side) => ({
                name: side === 'policy' ? 'learnt choice' : 'control',
                points: report.course.slice(-400).map((point) => {
                  const { mean, low, high } = point[side];
                  return { at: point.at, value: mean, lower: low, upper: high };
                }),
              })),
              reference: null,
              marks: policy.stages
                .filter(({ startAt }) => startAt >= report.from)
                .slice(-20)
                .map(({ startAt, change }) => ({ at: startAt, name: change })),
            },
            action: backToControl(each),
            promise: {
              measure: { kind: 'reward', policy: each.key },
              ...{ unit: 'number', better: 1 },
              low: Math.max(0, -(difference.high ?? difference.mean ?? 0)),
              high: -(difference.low ?? difference.mean ?? 0),
              horizonMs: 7 * dayMs,
              sentence: `The mean reward rises by about ${reward(lost)} within a week.`,
            },
            since: begun(facts, Math.max(report.from, policy.stages.at(-1)?.startAt ?? 0)),
            impact: {
              value: Math.min(1, 0.3 + shareOfSpan(policy, lost)),
              words: `${counted(report.users.policy, 'user')} lose about ${reward(lost)} a decision.`,
            },
            reach: reachOf(facts, report.users.policy),
          }),
        },
      ];
    }),
};

/** A pin goes before all that was learnt; without one action as control there is nothing to pin. */
function backToControl(each: PolicyFacts): InsightAction {
  const { key, policy } = each;
  if (policy.control === null || policy.pins.length >= 20) {
    return {
      label: 'Pause the policy',
      page: policyPage(key),
      request: {
        method: 'POST',
        path: `/v1/policies/${encodeURIComponent(key)}/pause`,
        body: {},
        reasonField: 'reason',
      },
      needs: 'operate',
      consequence:
        'It decides nothing until it is resumed; applications do what they do without an answer.',
      undo: 'Resume it on its page; nothing that was learnt is lost.',
    };
  }
  const name = actionName(each, policy.control);
  return changeAction(
    each,
    { pins: [...policy.pins, { if: { all: [] }, action: policy.control }] },
    {
      label: `Give everybody ${name}`,
      consequence: `Everybody gets ${name}, the control, until the pin is taken away; what was learnt is kept.`,
      undo: 'Take the pin away on its page.',
    },
  );
}
