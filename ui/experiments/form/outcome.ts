/** What saving a draft would mean, said before it is saved. */
import { checkChange } from '../../../contracts/checkChange.ts';
import { isLive } from '../../../contracts/definitionState.ts';
import { Experiment } from '../../../contracts/experiment.ts';
import type { Tone } from '../../format/judgements.ts';
import { form as words } from '../../words/experimentForm.ts';

export interface Outcome {
  readonly tone: Tone;
  readonly title: string;
  readonly sentences: readonly string[];
  readonly refused: boolean;
}

/**
 * @param base the experiment as it is; undefined for a new one
 * @returns undefined for a definition that cannot be read yet
 */
export function outcomeOf(
  definition: unknown,
  base: Experiment | undefined,
  now: number,
): Outcome | undefined {
  if (base === undefined) {
    return { tone: 'none', title: words.outcome.draft, sentences: [], refused: false };
  }
  const parsed = Experiment.safeParse(definition);
  if (!parsed.success) return undefined;
  const change = checkChange(base, { ...parsed.data, stages: [] }, now);
  if (change.outcome === 'refused') {
    return {
      tone: 'bad',
      title: words.outcome.refused,
      sentences: change.sentences,
      refused: true,
    };
  }
  if (change.outcome === 'new stage') {
    const number = change.experiment.stages.at(-1)?.number ?? 1;
    return {
      tone: 'attention',
      title: words.outcome.stage(number),
      sentences: [words.outcome.stageText],
      refused: false,
    };
  }
  return {
    tone: 'good',
    title: words.outcome.inPlace,
    sentences: isLive(base) ? [words.outcome.inPlaceText] : [],
    refused: false,
  };
}
