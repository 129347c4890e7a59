/** How one column stands, in one sentence over its page. */
import type { DriftColumn } from '../../contracts/driftApi.ts';
import type { Judgement } from '../format/judgements.ts';
import { formatValue } from '../format/numbers.ts';
import { formatDate } from '../format/times.ts';
import { detail as words } from '../words/drift.ts';
import { capitalTitle } from './columnTitle.ts';

export function columnSentence(column: DriftColumn): Judgement {
  const { standing, days } = column;
  const name = capitalTitle(column);
  const isPlural = column.role !== 'input';
  if (standing.level === null) return { tone: 'none', word: words.notJudged(name) };
  const newest = days.filter(({ level }) => level !== null).at(-1);
  const day = formatDate(newest?.day ?? null, 'UTC');
  const times = formatValue(Number((standing.excess ?? 0).toPrecision(2)));
  if (standing.since !== null) {
    const since = formatDate(standing.since, 'UTC');
    const tone = standing.level === 2 ? 'bad' : 'attention';
    return { tone, word: words.drifted(name, isPlural, since, day, times) };
  }
  if (standing.level > 0)
    return { tone: 'attention', word: words.lately(name, isPlural, day, times) };
  return { tone: 'good', word: words.calm(name, isPlural) };
}
