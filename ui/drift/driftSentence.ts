/** What has drifted, in one sentence over the page. */
import type { DriftAnswer, DriftColumn, DriftWord } from '../../contracts/driftApi.ts';
import type { Judgement } from '../format/judgements.ts';
import { formatDate } from '../format/times.ts';
import { kinds, list as words } from '../words/drift.ts';

/**
 * @example
 * // 'Two of nine columns have drifted; what matters most is the concept drift of algebra since 4 Mar 2026.'
 */
export function driftSentence(answer: DriftAnswer): Judgement {
  const { columns, reference, stored, daysNeeded } = answer;
  const isJudged = columns.some(({ standing }) => standing.level !== null);
  if (!isJudged && answer.words.length === 0) {
    const isEarly = !reference.isGiven && stored.days < daysNeeded;
    const word = isEarly ? words.needed(daysNeeded, stored.days) : words.noReference;
    return { tone: 'none', word };
  }
  const inputs = columns.filter(({ role }) => role === 'input');
  const moved = inputs.filter(
    ({ column, standing }) =>
      standing.since !== null ||
      answer.words.some((each) => each.column === column && each.word === 'data-quality break'),
  );
  const most = mostTelling(answer);
  if (most === undefined) return { tone: 'good', word: words.calm(inputs.length) };
  const since = most.since === null ? '' : words.since(formatDate(most.since, 'UTC'));
  const name = kinds[most.word].name.toLowerCase();
  const tone = most.word === 'data drift' ? 'attention' : 'bad';
  if (moved.length === 0) {
    return { tone, word: `${words.noColumn}, ${words.but(name, most.subject, since)}` };
  }
  const count = words.drifted(moved.length, inputs.length);
  return { tone, word: `${count}; ${words.most(name, most.subject, since)}` };
}

/** What a model suffers from most: broken inputs that it reads, then what it no longer knows, then what else has changed. */
export function mostTelling({ words: told, columns }: DriftAnswer): DriftWord | undefined {
  const columnOf = ({ column }: DriftWord): DriftColumn | undefined =>
    columns.find((each) => each.column === column);
  const rank = (word: DriftWord): number => {
    const column = columnOf(word);
    const matters = column === undefined || column.role !== 'input' || column.isRead !== false;
    switch (word.word) {
      case 'data-quality break':
        return matters ? 0 : 4;
      case 'concept drift':
        return 1;
      case 'label shift':
        return 2;
      case 'data drift':
        return matters ? 3 : 5;
    }
  };
  return told.toSorted((a, b) => rank(a) - rank(b))[0];
}
