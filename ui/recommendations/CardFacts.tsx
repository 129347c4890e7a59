/** What a card is about, since when, and how many people it concerns, in one line. */
import type { Card } from '../../contracts/insight.ts';
import { cut } from '../format/cut.ts';
import { formatCount, formatShare } from '../format/numbers.ts';
import { formatInstant, formatMoment } from '../format/times.ts';
import { PageLink } from '../parts/PageLink.tsx';
import { words as common, card as words } from '../words/recommendations.ts';
import { subjectPage } from './subjectPage.ts';

const nameMax = 60;

export function CardFacts({ card }: { card: Card }) {
  const { subject, finding, snoozedUntil, state } = card;
  const { area, since, judgedAt, reach } = finding;
  const page = subjectPage(card);
  const name = common.subject(common.subjects[subject.kind], cut(subject.name, nameMax));
  return (
    <p className="recommendation-facts">
      <span className="recommendation-area">{common.areas[area]}</span>
      {page === undefined ? <span>{name}</span> : <PageLink to={page}>{name}</PageLink>}
      <span title={formatInstant(since)}>{words.since(formatMoment(since, judgedAt))}</span>
      {(reach.users ?? reach.share) > 0 && (
        <span>
          {reach.users === null
            ? words.share(formatShare(reach.share))
            : words.users(formatCount(reach.users), formatShare(reach.share))}
        </span>
      )}
      {state === 'snoozed' && snoozedUntil !== null && (
        <span>{words.snoozedUntil(formatMoment(snoozedUntil, Date.now()))}</span>
      )}
    </p>
  );
}
