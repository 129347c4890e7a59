/** Earlier alerts of the same watch and key, and how they ended: what helped then may help now. */
import { Link } from '@tanstack/react-router';
import type { Alert } from '../../contracts/alert.ts';
import { keepView } from '../data/search.ts';
import { formatMoment } from '../format/times.ts';
import { StateWord } from '../parts/StateWord.tsx';
import { words as common, detail as words } from '../words/anomalies.ts';
import { CardSection } from './CardSection.tsx';
import { lastingWords } from './lasting.ts';
import { endingStanding } from './standing.ts';

export function SimilarCard({ alert, newest }: { alert: Alert; newest: number }) {
  const similar = alert.explanation?.similar ?? [];
  return (
    <CardSection title={words.similar} text={words.similarText}>
      {similar.length === 0 ? (
        <p className="muted">{alert.explanation === null ? words.notExplained : words.noSimilar}</p>
      ) : (
        <ul className="facts-list">
          {similar.map(({ id, since, resolvedAt, ending, note }) => {
            const standing =
              ending === null
                ? ({ tone: 'attention', word: common.states.firing } as const)
                : endingStanding(ending);
            return (
              <li key={id}>
                <Link to="/anomalies/$id" params={{ id }} search={keepView}>
                  {formatMoment(since, newest)}
                </Link>
                <span>
                  <StateWord tone={standing.tone}>{standing.word}</StateWord>
                  <span className="muted">
                    {' '}
                    {words.lasted(lastingWords({ since, resolvedAt }, newest))}
                  </span>
                  {note !== '' && <span className="cell-detail">“{note}”</span>}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </CardSection>
  );
}
