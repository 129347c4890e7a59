/** Where a card stands that is not in the inbox any more, as a word with its tone, and when it is judged. */
import type { Card, Outcome } from '../../contracts/insight.ts';
import type { Judgement, Tone } from '../format/judgements.ts';
import { history as words } from '../words/recommendations.ts';

const verdictTones: Record<Outcome['verdict'], Tone> = {
  kept: 'good',
  partly: 'attention',
  'no change seen': 'none',
  worse: 'bad',
  'cannot be told': 'none',
};

export function cardStanding({ state, outcome }: Pick<Card, 'state' | 'outcome'>): Judgement {
  if (outcome !== null) {
    return { tone: verdictTones[outcome.verdict], word: words.verdicts[outcome.verdict] };
  }
  if (state === 'accepted') return { tone: 'none', word: words.measuring };
  return { tone: 'none', word: state === 'done' ? words.done : words.over };
}

/** @returns event time, ms since 1970; undefined where nothing is judged, or it is already */
export function judgedOn({ accepted, outcome }: Pick<Card, 'accepted' | 'outcome'>) {
  if (accepted === null || accepted.promise === null || outcome !== null) return undefined;
  return accepted.eventTime + accepted.promise.horizonMs;
}
