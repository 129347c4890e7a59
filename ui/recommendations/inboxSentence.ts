/** What there is to do, in one sentence over the page. */
import type { Card } from '../../contracts/insight.ts';
import type { InsightsAnswer } from '../../contracts/insightApi.ts';
import { cut } from '../format/cut.ts';
import type { Judgement } from '../format/judgements.ts';
import { formatCount } from '../format/numbers.ts';
import { list as words } from '../words/recommendations.ts';

/** Letters of what is said about the first. */
const firstMax = 180;
/** From this impact on the first of them is urgent, in [0, 1]. */
const urgentFrom = 0.5;

type Known = Pick<InsightsAnswer, 'cards' | 'more'> & {
  readonly looked: Pick<InsightsAnswer['looked'], 'at'>;
};

/**
 * @example
 * inboxSentence({ cards: [], more: false, looked: { at: 7 } }); // { tone: 'good', word: 'There is nothing to do.' }
 */
export function inboxSentence({ cards, more, looked }: Known): Judgement {
  const live = cards.filter(({ state }) => state === 'live');
  const [first] = live;
  if (first !== undefined) {
    const tone = first.finding.impact.value >= urgentFrom ? 'bad' : 'attention';
    const told = firstWords(first);
    if (live.length === 1 && !more) return { tone, word: words.one(told) };
    return { tone, word: words.many(`${live.length}${more ? '+' : ''}`, told) };
  }
  if (looked.at === null) return { tone: 'none', word: words.unlooked };
  const snoozed = cards.length;
  if (snoozed > 0) return { tone: 'good', word: words.nothingBut(words.snoozed(snoozed)) };
  return { tone: 'good', word: words.nothing };
}

/** What it means for people; without that how many it concerns, else what changed. */
function firstWords({ finding }: Card): string {
  const { impact, reach, changed } = finding;
  const told =
    impact.words.trim() !== ''
      ? impact.words
      : reach.users !== null
        ? words.concerns(formatCount(reach.users))
        : changed;
  const said = cut(told, firstMax).replace(/[.\s]+$/, '');
  return said.endsWith('…') ? said : `${said}.`;
}
