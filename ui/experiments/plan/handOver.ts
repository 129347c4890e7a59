/** Takes what was planned into a draft. */

import { storeDraft, storedDraft } from '../../definitions/draftStore.ts';
import { percentText } from '../../definitions/typed.ts';
import { baselineFrom } from '../form/baselineFrom.ts';
import { blankDraft, type Draft } from '../form/draft.ts';
import type { PlanInput } from './planInput.ts';

/** @param id under which the draft is kept; one that has not been touched begins as a new one */
export function handOver(id: string, input: PlanInput, groups: number | null): void {
  storeDraft(id, withPlan(storedDraft(id, blankDraft) ?? blankDraft, input, groups));
}

/**
 * The split goes to a draft of two variants only: of more, it is not known which are meant.
 *
 * @param groups planned, where groups are assigned; null otherwise
 */
export function withPlan(draft: Draft, input: PlanInput, groups: number | null = null): Draft {
  const { kind, effect, alpha, split } = input;
  const control = draft.variants.find(({ id }) => id === draft.control);
  const isPair = draft.variants.length === 2 && control !== undefined;
  return {
    ...draft,
    minimumEffect: kind === 'binary' ? percentText(effect) : String(effect),
    alpha: percentText(alpha),
    ...(groups === null
      ? { baseline: baselineFrom(kind, input) }
      : { plannedClusters: String(groups) }),
    variants: isPair
      ? draft.variants.map((variant) => ({
          ...variant,
          weight: percentText(variant === control ? 1 - split : split),
        }))
      : draft.variants,
  };
}
