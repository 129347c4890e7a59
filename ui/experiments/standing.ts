/** Where an experiment stands, as a word with its tone. */
import type { DefinitionState } from '../../contracts/definitionState.ts';
import type { ExperimentSummary } from '../../contracts/experimentApi.ts';
import type { Comparison, Verdict } from '../../contracts/experimentResult.ts';
import type { Judgement, Tone } from '../format/judgements.ts';
import { verdictWords, words } from '../words/experiments.ts';
import { decidedOf } from './ending.ts';

const verdictTones: Record<Verdict['word'], Tone> = {
  ship: 'good',
  stop: 'attention',
  'keep running': 'none',
  invalid: 'bad',
};

export function verdictOf(verdict: Pick<Verdict, 'word'> | null): Judgement {
  if (verdict === null) return { tone: 'none', word: words.verdictUnknown };
  return { tone: verdictTones[verdict.word], word: verdictWords[verdict.word] };
}

const stateTones: Record<DefinitionState, Tone> = {
  draft: 'none',
  running: 'good',
  paused: 'attention',
  stopped: 'none',
  archived: 'none',
};

export function stateOf(state: DefinitionState): Judgement {
  return { tone: stateTones[state], word: words.states[state] };
}

/** Of what is live its verdict, of what ended what was decided, else the state. */
export function standingOf({
  state,
  verdict,
  decision,
}: Pick<ExperimentSummary, 'state' | 'verdict' | 'decision'>): Judgement {
  if (state === 'running' || state === 'paused') return verdictOf(verdict);
  return decidedOf({ decision }) ?? stateOf(state);
}

/** What a comparison says: better, worse, or open. A guardrail that is not harmed is not an achievement. */
export function comparisonOf(
  { direction, decided }: Pick<Comparison, 'direction' | 'decided'>,
  isGuardrail = false,
): Judgement {
  if (isGuardrail) {
    if (decided && direction === 'bad') return { tone: 'bad', word: words.guardrail.harmed };
    if (decided && direction === 'good') return { tone: 'good', word: words.guardrail.better };
    return { tone: 'none', word: words.guardrail.open };
  }
  if (!decided || direction === 'open') return { tone: 'none', word: words.comparison.open };
  return direction === 'good'
    ? { tone: 'good', word: words.comparison.better }
    : { tone: 'bad', word: words.comparison.worse };
}
