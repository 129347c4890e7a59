/** What cards of policies have in common: their subject, worth in words and pictures, tests by users, and a changed definition. */

import { groupMinDefault } from '../../../contracts/groupMin.ts';
import type { InsightAction, InsightSubject } from '../../../contracts/insight.ts';
import type { Policy } from '../../../contracts/policy.ts';
import type { Worth } from '../../../contracts/policyApi.ts';
import type { PolicyFacts } from '../gather/policies.ts';

export function policySubject({ key, policy }: PolicyFacts): InsightSubject {
  return { kind: 'policy', key, name: policy.name };
}

export function policyPage(key: string): string {
  return `/personalization/${encodeURIComponent(key)}`;
}

/** “Worked example”. */
export function actionName({ policy }: PolicyFacts, key: string): string {
  return `“${policy.actions.find((each) => each.key === key)?.name ?? key}”`;
}

/** Three digits that count: 0.0421; of a reward, whose unit is the policy's own. */
export function reward(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−');
}

/** "0.42 (between 0.4 and 0.44)". */
export function worthWords({ mean, low, high }: Worth): string {
  if (mean === null) return 'unknown';
  if (low === null || high === null) return reward(mean);
  return `${reward(mean)} (between ${reward(low)} and ${reward(high)})`;
}

/** Smallest difference of rewards that counts: of what is earned, and at least of what could be. */
export function leastThatCounts({ reward: { bounds } }: Policy, mean: number): number {
  return Math.max(0.05 * Math.abs(mean), 0.01 * (bounds[1] - bounds[0]));
}

/** Users whom it decides for; null where they are too few to be told. */
export function usersOf({ report: { users } }: PolicyFacts): number | null {
  const all = users.policy + users.control;
  return all >= groupMinDefault ? all : null;
}

/** How much of the span of rewards it is, in [0, 1]. */
export function shareOfSpan({ reward: { bounds } }: Policy, change: number): number {
  return Math.min(1, Math.abs(change) / (bounds[1] - bounds[0]));
}

/** The definition with something else: what was decided before stays as it was. */
export function changeAction(
  { key, policy, revision }: PolicyFacts,
  changed: Partial<Policy>,
  words: Pick<InsightAction, 'label' | 'consequence' | 'undo'>,
): InsightAction {
  return {
    ...words,
    page: `${policyPage(key)}/edit`,
    needs: 'operate',
    request: {
      method: 'PUT',
      path: `/v1/policies/${encodeURIComponent(key)}`,
      body: { policy: { ...policy, ...changed }, revision },
      reasonField: 'reason',
    },
  };
}
