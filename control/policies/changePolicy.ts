/** Which changes of a live policy are refused, and which begin a new stage. */
import { canonicalJson } from '../../contracts/canonicalJson.ts';
import { isLive } from '../../contracts/definitionState.ts';
import type { Policy } from '../../contracts/policy.ts';
import { preparePolicy } from '../../models/decisions/preparedPolicy.ts';
import { describePolicyChange } from './known.ts';

export type PolicyChange =
  | { readonly outcome: 'refused'; readonly sentences: readonly string[] }
  | { readonly outcome: 'in place' | 'new stage'; readonly policy: Policy };

/** What the learnt sums mean: with another of these they would mean something else. */
const meaning = {
  context: 'The features of the context are what the learnt numbers stand for.',
  traits: 'The features of actions are what the learnt numbers stand for.',
  reward: 'The reward is what was learnt.',
} as const;

const meaningful = Object.keys(meaning) as (keyof typeof meaning)[];

/** What a decision depends on, beside what was learnt. */
const deciding = ['algorithm', 'actions', 'open', 'floor', 'holdout', 'control', 'pins'] as const;

/**
 * @param after what is wanted; its stages are those of `before`
 * @param at    ms since 1970
 */
export function changePolicy(before: Policy, after: Policy, at: number): PolicyChange {
  const wanted: Policy = { ...after, stages: before.stages };
  const changed = (part: keyof Policy) =>
    canonicalJson(before[part]) !== canonicalJson(wanted[part]);
  if (before.key !== after.key) {
    return { outcome: 'refused', sentences: [`The key stays ${before.key}: decisions name it.`] };
  }
  const starts = wanted.state === 'running' && before.state !== 'running';
  if (before.state === 'draft' && !starts) return { outcome: 'in place', policy: wanted };
  const wasLive = isLive(before);
  if (!wasLive && !starts) {
    const isMoved = before.state !== wanted.state;
    const isSame = ![...deciding, ...meaningful].some(changed);
    if (isMoved || isSame) return { outcome: 'in place', policy: wanted };
    return {
      outcome: 'refused',
      sentences: [`A policy that is ${before.state} is not changed. Make a copy.`],
    };
  }
  const sentences = meaningful.flatMap((part) =>
    wasLive && changed(part)
      ? [`${meaning[part]} To change it, make a new policy and stop this one.`]
      : [],
  );
  const design = designOf(wanted);
  if (wasLive && sentences.length === 0 && design !== undefined && design !== designOf(before)) {
    sentences.push(
      'Another learner, or other parameters of it, cannot read what this one has learnt. Make a new policy and stop this one.',
    );
  }
  if (sentences.length > 0) return { outcome: 'refused', sentences };
  if (!starts && !deciding.some(changed)) return { outcome: 'in place', policy: wanted };
  const stage = {
    number: before.stages.length + 1,
    startAt: at,
    change: describePolicyChange(before, wanted).slice(0, 1_000),
  };
  return { outcome: 'new stage', policy: { ...wanted, stages: [...before.stages, stage] } };
}

/** Of a definition that cannot be prepared: undefined; what is wrong with it is told apart. */
function designOf(policy: Policy): string | undefined {
  try {
    return preparePolicy(policy, 1).design;
  } catch {
    return undefined;
  }
}
