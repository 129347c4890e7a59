/**
 * A recommendation: what changed and what it means, the button that does something about it, why we think so with the
 * picture, what happens if not, and what people think of it. All but the beginning is folded away until it is asked for.
 */
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import type { Card } from '../../contracts/insight.ts';
import { keepView } from '../data/search.ts';
import { cut } from '../format/cut.ts';
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx';
import { LongText } from '../parts/LongText.tsx';
import { card as words } from '../words/recommendations.ts';
import { CardFacts } from './CardFacts.tsx';
import { FeedbackBar } from './FeedbackBar.tsx';
import { FindingAction } from './FindingAction.tsx';
import { FindingBody } from './Findings.tsx';
import { OtherFindings } from './OtherFindings.tsx';
import { ScoreParts } from './ScoreParts.tsx';
import type { Desk } from './useDesk.tsx';

interface Props {
  card: Card;
  desk: Desk;
  /** Whether it is what should be done first. */
  isFirst: boolean;
}

const titleMax = 280;

export function RecommendationCard({ card, desk, isFirst }: Props) {
  const { finding, id } = card;
  const [isOpen, setOpen] = useState(isFirst);
  const [wasFirst, setWasFirst] = useState(isFirst);
  // What has become the first unfolds; what is not any more stays as somebody may be reading it.
  if (isFirst !== wasFirst) {
    setWasFirst(isFirst);
    if (isFirst) setOpen(true);
  }
  const title = useId();
  const body = useId();
  const means = finding.impact.words.trim();
  return (
    <article
      className={isFirst ? 'card recommendation first' : 'card recommendation'}
      aria-labelledby={title}
    >
      <div className={isOpen ? 'recommendation-head' : 'recommendation-head brief'}>
        <div className="recommendation-title">
          <CardFacts card={card} />
          <h3 id={title}>
            <Link to="/recommendations/$id" params={{ id }} search={keepView}>
              {cut(finding.changed, titleMax)}
            </Link>
          </h3>
          {means !== '' && (
            <p className="recommendation-means">
              <LongText text={means} most={300} />
            </p>
          )}
        </div>
        <FindingAction
          card={card}
          finding={finding}
          desk={desk}
          isFirst={isFirst}
          isBrief={!isOpen}
        />
      </div>
      <div id={body} className="recommendation-more" hidden={!isOpen}>
        {isOpen && (
          <ErrorBoundary>
            <FindingBody finding={finding} level="h4" />
            <OtherFindings card={card} desk={desk} level="h4" />
            <ScoreParts card={card} />
          </ErrorBoundary>
        )}
      </div>
      <FeedbackBar card={card} desk={desk}>
        <button
          type="button"
          className="text-button recommendation-toggle"
          aria-expanded={isOpen}
          aria-controls={body}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? words.less : words.more}
        </button>
      </FeedbackBar>
    </article>
  );
}
