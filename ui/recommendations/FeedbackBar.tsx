/** What somebody thinks of a card: two answers at once, two in a dialog, and what others have said. */

import type { ReactNode } from 'react';
import type { Card } from '../../contracts/insight.ts';
import { useWho } from '../data/useWho.ts';
import { cut } from '../format/cut.ts';
import { formatMoment } from '../format/times.ts';
import { Needs } from '../parts/Needs.tsx';
import { answers as words } from '../words/recommendations.ts';
import { canComeBack, voteOf } from './answered.ts';
import { ChangedNotice } from './ChangedNotice.tsx';
import type { Desk } from './useDesk.tsx';

interface Props {
  card: Card;
  desk: Desk;
  /** Stands before the answers. */
  children?: ReactNode;
}

const nameMax = 40;
const noteMax = 200;
/** More answers than this are told on the card's own page. */
const toldMax = 3;

export function FeedbackBar({ card, desk, children }: Props) {
  const { state, answers, id } = card;
  const mine = voteOf(card, useWho());
  const isPending = desk.pending === id;
  const isOpen = state === 'live' || state === 'snoozed';
  const declined = desk.declined?.card === id ? desk.declined : undefined;
  const opinion = (answer: 'useful' | 'not useful', label: string) => (
    <Needs>
      <button
        type="button"
        className="button small"
        aria-pressed={mine === answer}
        disabled={isPending}
        onClick={() => {
          if (mine !== answer) desk.answer(card, answer);
        }}
      >
        {label}
      </button>
    </Needs>
  );
  return (
    <div className="feedback">
      <div className="feedback-row">
        {children}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields of a form */}
        <div className="actions" role="group" aria-label={words.label}>
          {opinion('useful', words.useful)}
          {opinion('not useful', words.notUseful)}
          <Needs>
            <button
              type="button"
              className="button small"
              disabled={isPending}
              onClick={() => desk.ask(card, mine === 'not useful' ? mine : 'useful')}
            >
              {words.note}
            </button>
          </Needs>
          {isOpen && (
            <>
              {state === 'live' && (
                <Needs>
                  <button
                    type="button"
                    className="button small"
                    disabled={isPending}
                    onClick={() => desk.ask(card, 'snooze')}
                  >
                    {words.snooze}
                  </button>
                </Needs>
              )}
              <Needs>
                <button
                  type="button"
                  className="button small"
                  disabled={isPending}
                  onClick={() => desk.ask(card, 'done')}
                >
                  {words.done}
                </button>
              </Needs>
            </>
          )}
          {canComeBack(card) && (
            <Needs>
              <button
                type="button"
                className="button small"
                disabled={isPending}
                onClick={() => desk.answer(card, 'back')}
              >
                {words.back}
              </button>
            </Needs>
          )}
        </div>
      </div>
      {declined !== undefined && (
        <p className="notice bad" role="alert">
          {declined.sentence}
        </p>
      )}
      {declined !== undefined && <ChangedNotice changes={declined.changes} />}
      {answers.length > 0 && (
        <ul className="muted feedback-said">
          {answers.slice(-toldMax).map(({ actor, answer, note, at }) => (
            <li key={`${actor} ${answer}`} title={formatMoment(at, Date.now())}>
              {words.by(cut(actor, nameMax), words.given[answer])}
              {note !== '' && ` – “${cut(note, noteMax)}”`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
