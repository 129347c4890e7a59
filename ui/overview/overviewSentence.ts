/** The sentence above the overview: what is wrong with the engine, else what is to be done first, else that all is well. */
import type { Health } from '../../contracts/api.ts';
import type { Card } from '../../contracts/insight.ts';
import { cut } from '../format/cut.ts';
import type { Tone } from '../format/judgements.ts';
import { messages } from '../words/shell.ts';

const words = messages.overview;
/** One line on a wide screen, two on others. */
const lengthMax = 120;

export interface OverviewSentence {
  readonly tone: Tone;
  readonly text: string;
}

/**
 * @param health undefined: not known
 * @param cards  recommendations that are open, the first to be done first; undefined: not known
 * @param without what is said while nothing is known
 *
 * @example
 * overviewSentence(good, [card, other], '').text;
 * // "Predictions of answer are too high since version 1.2. There is 1 more thing to do."
 */
export function overviewSentence(
  health: Health | undefined,
  cards: readonly Pick<Card, 'state' | 'finding'>[] | undefined,
  without: string,
): OverviewSentence {
  if (health === undefined) return { tone: 'none', text: without };
  const [first, ...others] = (cards ?? []).filter(({ state }) => state === 'live');
  if (health.state !== 'good' || first === undefined) {
    return { tone: health.state, text: health.sentence };
  }
  const changed = cut(first.finding.changed, lengthMax);
  const text = others.length === 0 ? changed : `${changed} ${words.moreToDo(others.length)}`;
  return { tone: 'attention', text };
}
