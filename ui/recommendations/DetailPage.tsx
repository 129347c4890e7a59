/** One recommendation with all that belongs to it: its evidence, what became of it, what people said, and whether it helped. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { InsightDetail } from '../../contracts/insightApi.ts';
import '../anomalies/anomalies.css';
import { CardSection } from '../anomalies/CardSection.tsx';
import { ApiProblem } from '../data/client.ts';
import { keepView } from '../data/search.ts';
import '../definitions/definitions.css';
import { cut } from '../format/cut.ts';
import { formatInstant } from '../format/times.ts';
import { Absent } from '../parts/Absent.tsx';
import { Headline } from '../parts/Headline.tsx';
import { LongText } from '../parts/LongText.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { AskIfDone } from './AskIfDone.tsx';
import { CardFacts } from './CardFacts.tsx';
import { FeedbackBar } from './FeedbackBar.tsx';
import { FindingAction } from './FindingAction.tsx';
import { FindingBody } from './Findings.tsx';
import { OtherFindings } from './OtherFindings.tsx';
import { OutcomeCard } from './OutcomeCard.tsx';
import { insightQuery } from './queries.ts';
import './recommendations.css';
import { words as common, detail as words } from '../words/recommendations.ts';
import { ScoreParts } from './ScoreParts.tsx';
import { cardStanding } from './standing.ts';
import { useDesk } from './useDesk.tsx';

const titleMax = 280;

export function DetailPage() {
  const { id } = useParams({ from: '/recommendations/$id' });
  const answer = useQuery(insightQuery(id));
  if (answer.data?.card.id === id) return <CardView key={id} detail={answer.data} />;
  if (answer.error instanceof ApiProblem && answer.error.status === 404) return <Unknown />;
  return <Waiting answers={[answer]} height={480} />;
}

function Unknown() {
  return (
    <Absent page={common.eyebrow} title={words.absent} text={words.absentText}>
      <Link to="/recommendations" search={keepView} className="button">
        {words.backToList}
      </Link>
    </Absent>
  );
}

function CardView({ detail }: { detail: InsightDetail }) {
  const { card, history } = detail;
  const { finding, state } = card;
  const { desk, overlay } = useDesk();
  const isOpen = state === 'live' || state === 'snoozed';
  const means = finding.impact.words.trim();
  return (
    <>
      <Headline
        page={
          <>
            <Link to="/recommendations" search={keepView}>
              {common.eyebrow}
            </Link>
            <span aria-hidden="true"> / </span>
            {cut(card.subject.name, 80)}
          </>
        }
        tone={isOpen ? 'attention' : cardStanding(card).tone}
      >
        {cut(finding.changed, titleMax)}
      </Headline>
      <AskIfDone desk={desk} />
      <div className="card recommendation">
        <CardFacts card={card} />
        {means !== '' && (
          <p className="recommendation-means">
            <LongText text={means} most={300} />
          </p>
        )}
        {isOpen && <FindingAction card={card} finding={finding} desk={desk} isFirst />}
        <FindingBody finding={finding} level="h2" />
        <OtherFindings card={card} desk={desk} level="h2" />
        <ScoreParts card={card} />
        <FeedbackBar card={card} desk={desk} />
      </div>
      <div className={isOpen ? 'section' : 'halves section'}>
        {!isOpen && <OutcomeCard card={card} />}
        <CardSection title={words.history}>
          <ol className="facts-list">
            {history.map(({ at, actor, sentence, note }) => (
              <li key={`${at} ${sentence}`}>
                <time dateTime={new Date(at).toISOString()}>{formatInstant(at)}</time>
                <span>
                  <LongText text={sentence} />
                  <span className="cell-detail">
                    {actor === '' ? words.byItself : cut(actor, 80)}
                    {note !== '' && <> – “{<LongText text={note} most={300} />}”</>}
                  </span>
                </span>
              </li>
            ))}
          </ol>
        </CardSection>
      </div>
      {overlay}
    </>
  );
}
