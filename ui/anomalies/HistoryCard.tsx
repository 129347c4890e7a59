/** What became of the alert, by whom, the oldest first. */
import type { AlertDetail } from '../../contracts/watchApi.ts';
import { formatInstant } from '../format/times.ts';
import { detail as words } from '../words/anomalies.ts';
import { CardSection } from './CardSection.tsx';

export function HistoryCard({ detail: { history } }: { detail: AlertDetail }) {
  return (
    <CardSection title={words.history}>
      <ol className="facts-list">
        {history.map(({ at, actor, sentence, reason }) => (
          <li key={`${at} ${sentence}`}>
            <time dateTime={new Date(at).toISOString()}>{formatInstant(at)}</time>
            <span>
              {sentence}
              {(actor !== '' || reason !== '') && (
                <span className="cell-detail">
                  {[actor, reason === '' ? '' : `“${reason}”`]
                    .filter((part) => part !== '')
                    .join(': ')}
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </CardSection>
  );
}
