/** What was accepted, taken care of or ended, and whether it helped: what is still measured first. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Card } from '../../contracts/insight.ts';
import { useView } from '../data/useView.ts';
import { Empty } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { list, history as words } from '../words/recommendations.ts';
import { isChosen, isNarrowed } from './chosen.ts';
import { PastCard } from './PastCard.tsx';
import { pastInsightsQuery } from './queries.ts';
import { judgedOn } from './standing.ts';

/** Cards that are shown at once. */
const step = 10;

export function HistorySection() {
  const { search } = useView();
  const answer = useQuery(pastInsightsQuery);
  const [most, setMost] = useState(step);
  const cards = answer.data?.cards;
  if (cards === undefined) {
    return (
      <Section title={words.title} text={words.text}>
        <Waiting answers={[answer]} height={180} />
      </Section>
    );
  }
  const chosen = ordered(cards.filter((card) => isChosen(card, search)));
  const left = chosen.length - most;
  const judged = cards.filter(({ outcome }) => outcome !== null);
  const kept = judged.filter(({ outcome }) => outcome?.verdict === 'kept').length;
  const tally =
    judged.length === 0
      ? words.text
      : `${words.text} ${words.tally(String(judged.length), String(kept))}`;
  return (
    <Section title={words.title} text={tally}>
      {chosen.length === 0 ? (
        <div className="card">
          <Empty title={isNarrowed(search) ? list.noMatchTitle : words.emptyTitle}>
            {!isNarrowed(search) && <p className="muted">{words.emptyText}</p>}
          </Empty>
        </div>
      ) : (
        <>
          <ul className="card flush entry-list">
            {chosen.slice(0, most).map((card) => (
              <PastCard key={card.id} card={card} />
            ))}
          </ul>
          {judged.length > 0 && <p className="muted card-note">{words.legend}</p>}
        </>
      )}
      {left > 0 && (
        <button type="button" className="button show-more" onClick={() => setMost(most + step)}>
          {list.more(Math.min(step, left))}
        </button>
      )}
    </Section>
  );
}

/** What is still measured, the next to be judged first; then as the engine tells them, the newest first. */
export function ordered(cards: readonly Card[]): Card[] {
  const measured = cards.filter((card) => judgedOn(card) !== undefined);
  const rest = cards.filter((card) => judgedOn(card) === undefined);
  return [...measured.toSorted((a, b) => (judgedOn(a) ?? 0) - (judgedOn(b) ?? 0)), ...rest];
}
