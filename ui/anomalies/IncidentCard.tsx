/** One incident of the list: how it stands, what happened since when and for whom, who takes care, and what can be done. */

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import { keepView } from '../data/search.ts';
import { formatMoment } from '../format/times.ts';
import { Needs } from '../parts/Needs.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { answers, words as common, card as words } from '../words/anomalies.ts';
import type { AskedAnswer } from './AnswerDialog.tsx';
import { type Incident, isOpen } from './incidents.ts';
import { forWhom } from './keyWords.ts';
import { lastingWords } from './lasting.ts';
import { alertStanding } from './standing.ts';
import { titleOf } from './titleOf.ts';

interface Props {
  incident: Incident;
  newest: number;
  onAsk(asked: AskedAnswer): void;
}

export function IncidentCard({ incident: { lead, alerts }, newest, onAsk }: Props) {
  const [isUnfolded, setUnfolded] = useState(false);
  const others = alerts.filter(({ id }) => id !== lead.id);
  return (
    <li>
      <AlertEntry alert={lead} newest={newest} onAsk={onAsk} />
      {others.length > 0 && (
        <div className="entry-others">
          <button
            type="button"
            className="text-button"
            aria-expanded={isUnfolded}
            onClick={() => setUnfolded(!isUnfolded)}
          >
            {isUnfolded ? words.hide : words.others(others.length)}
          </button>
          {isUnfolded && (
            <ul>
              {others.map((alert) => (
                <li key={alert.id}>
                  <AlertEntry alert={alert} newest={newest} onAsk={onAsk} />
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </li>
  );
}

interface EntryProps {
  alert: Alert;
  newest: number;
  onAsk(asked: AskedAnswer): void;
}

function AlertEntry({ alert, newest, onAsk }: EntryProps) {
  const { id, owner, note, mutedBy, isFlapping, flaps } = alert;
  const headline = titleOf(alert);
  const standing = alertStanding(alert);
  const about = [
    common.lanes[alert.lane],
    alert.watchName,
    forWhom(alert.key),
    ...(mutedBy === null ? [] : [words.muted]),
    ...(isFlapping ? [words.flapping(flaps)] : []),
  ];
  return (
    <article className="entry alert-entry" aria-label={headline}>
      <p className={`entry-standing tone-${standing.tone}`}>
        <StateWord tone={standing.tone}>{standing.word}</StateWord>
        <span className="cell-detail">{common.severities[alert.severity]}</span>
      </p>
      <div className="entry-name">
        <h3>
          <Link to="/anomalies/$id" params={{ id }} search={keepView}>
            {headline}
          </Link>
        </h3>
        <p className="entry-about">{about.join(' · ')}</p>
        <p className="muted">
          <Since alert={alert} newest={newest} />
          {isOpen(alert) && <> · {owner ? words.owner(owner) : words.nobody}</>}
          {note !== '' && <> · “{note}”</>}
        </p>
      </div>
      {isOpen(alert) && (
        <div className="actions">
          {!owner && (
            <Needs>
              <button
                type="button"
                className="button small"
                aria-label={answers.of(answers.acknowledge, headline)}
                onClick={() => onAsk({ alert, answer: 'acknowledge' })}
              >
                {answers.acknowledgeLong}
              </button>
            </Needs>
          )}
          <Needs>
            <button
              type="button"
              className="button small"
              aria-label={answers.of(answers.close, headline)}
              onClick={() => onAsk({ alert, answer: 'close' })}
            >
              {answers.closeLong}
            </button>
          </Needs>
        </div>
      )}
    </article>
  );
}

function Since({ alert, newest }: { alert: Alert; newest: number }) {
  const { since } = alert;
  const moment = formatMoment(since, newest);
  const lasting = lastingWords(alert, newest);
  return (
    <time dateTime={new Date(since).toISOString()}>
      {isOpen(alert) ? words.since(moment, lasting) : words.over(moment, lasting)}
    </time>
  );
}
