/** How an experiment ended: its last verdict is advice that nobody can follow any more. */
import type { ExperimentDetail, ExperimentSummary } from '../../contracts/experimentApi.ts';
import type { Judgement, Tone } from '../format/judgements.ts';
import { ending as words } from '../words/experiments.ts';
import { nameOfVariant } from './chosen.ts';

type Decided = NonNullable<ExperimentSummary['decision']>['verdict'];

const tones: Record<Decided, Tone> = { ship: 'good', stop: 'none', invalid: 'bad' };

/** A sentence. @returns undefined when it has not ended, or never began */
export function endingOf(detail: Pick<ExperimentDetail, 'experiment'>): Judgement | undefined {
  const { state, stages, decision } = detail.experiment;
  if ((state !== 'stopped' && state !== 'archived') || stages.length === 0) return undefined;
  if (decision === null) return { tone: 'none', word: words.undecided };
  const { verdict, variant } = decision;
  const word = words.sentences[verdict](nameOfVariant(detail, variant ?? ''));
  return { tone: tones[verdict], word };
}

/** A word of what was decided. @returns undefined when nothing was */
export function decidedOf({
  decision,
}: Pick<ExperimentSummary, 'decision'>): Judgement | undefined {
  return decision === null
    ? undefined
    : { tone: tones[decision.verdict], word: words.words[decision.verdict] };
}
