/** What to do first, why, and what happens if not? What is open, what was put off, and whether what was done has helped. */
import { useState } from 'react';
import type { Card } from '../../contracts/insight.ts';
import type { InsightsAnswer } from '../../contracts/insightApi.ts';
import '../anomalies/anomalies.css';
import { useOpenInsights } from '../data/openInsights.ts';
import { useView } from '../data/useView.ts';
import '../definitions/definitions.css';
import { Empty } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { AskIfDone } from './AskIfDone.tsx';
import { isChosen, isNarrowed } from './chosen.ts';
import { Filters } from './Filters.tsx';
import { HistorySection } from './HistorySection.tsx';
import { inboxSentence } from './inboxSentence.ts';
import { KindsSection } from './KindsSection.tsx';
import { LookedLine } from './LookedLine.tsx';
import { RecommendationCard } from './RecommendationCard.tsx';
import './recommendations.css';
import { words as common, list as words } from '../words/recommendations.ts';
import { type Desk, useDesk } from './useDesk.tsx';

/** Cards that are shown at once. */
const step = 10;

export function ListPage() {
  const answer = useOpenInsights();
  const { desk, overlay } = useDesk();
  const { data } = answer;
  const summary =
    data === undefined
      ? ({ tone: 'none', word: answer.isError ? words.unknown : words.waiting } as const)
      : inboxSentence(data);
  return (
    <>
      <Headline page={common.eyebrow} tone={summary.tone}>
        {summary.word}
      </Headline>
      {data === undefined && <Waiting answers={[answer]} height={420} />}
      {data !== undefined && (
        <>
          <LookedLine looked={data.looked} />
          <AskIfDone desk={desk} />
          <Inbox data={data} desk={desk} />
          <HistorySection />
          <KindsSection looked={data.looked} />
        </>
      )}
      {overlay}
    </>
  );
}

function Inbox({ data, desk }: { data: InsightsAnswer; desk: Desk }) {
  const { search } = useView();
  const { cards, looked, more } = data;
  const chosen = cards.filter((card) => isChosen(card, search));
  const live = chosen.filter(({ state }) => state === 'live');
  const snoozed = chosen.filter(({ state }) => state === 'snoozed');
  const isEmpty = live.length === 0;
  const [first] = cards;
  return (
    <>
      <Section
        title={
          <>
            {words.title} <span className="muted">{live.length}</span>
          </>
        }
        text={words.titleText}
        tools={(cards.length > 0 || isNarrowed(search)) && <Filters cards={cards} />}
      >
        {isEmpty && (
          <div className="card">
            {isNarrowed(search) ? <NoMatch /> : <Nothing isLooked={looked.at !== null} />}
          </div>
        )}
        <Cards cards={live} desk={desk} first={first?.id} />
        {more && <p className="muted">{words.cut}</p>}
      </Section>
      {snoozed.length > 0 && (
        <Section
          title={
            <>
              {words.snoozedTitle} <span className="muted">{snoozed.length}</span>
            </>
          }
        >
          <Cards cards={snoozed} desk={desk} first={undefined} />
        </Section>
      )}
    </>
  );
}

interface CardsProps {
  cards: readonly Card[];
  desk: Desk;
  /** Id of what should be done first. */
  first: string | undefined;
}

function Cards({ cards, desk, first }: CardsProps) {
  const [most, setMost] = useState(step);
  const left = cards.length - most;
  if (cards.length === 0) return null;
  return (
    <>
      <ul className="recommendations">
        {cards.slice(0, most).map((card) => (
          <li key={card.id}>
            <RecommendationCard card={card} desk={desk} isFirst={card.id === first} />
          </li>
        ))}
      </ul>
      {left > 0 && (
        <button type="button" className="button show-more" onClick={() => setMost(most + step)}>
          {words.more(Math.min(step, left))}
        </button>
      )}
    </>
  );
}

function Nothing({ isLooked }: { isLooked: boolean }) {
  return (
    <Empty title={isLooked ? words.emptyTitle : words.unlookedTitle}>
      <p className="muted empty-text">{isLooked ? words.emptyText : words.unlookedText}</p>
    </Empty>
  );
}

function NoMatch() {
  const { change } = useView();
  return (
    <Empty title={words.noMatchTitle}>
      <p className="muted">{words.noMatchText}</p>
      <button
        type="button"
        className="text-button"
        onClick={() => change({ area: undefined, doing: undefined, rule: undefined })}
      >
        {words.clear}
      </button>
    </Empty>
  );
}
