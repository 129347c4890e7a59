/** What happened in words, how it stands, what is special about it, and what can be done. */

import { Link } from '@tanstack/react-router';
import type { AlertDetail } from '../../contracts/watchApi.ts';
import { keepView } from '../data/search.ts';
import { formatInstant, formatMoment } from '../format/times.ts';
import { Headline } from '../parts/Headline.tsx';
import { Needs } from '../parts/Needs.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { answers, words as common, stateTexts, detail as words } from '../words/anomalies.ts';
import type { AskedAnswer } from './AnswerDialog.tsx';
import { isOpen } from './incidents.ts';
import { forWhom } from './keyWords.ts';
import { alertStanding } from './standing.ts';
import { titleOf } from './titleOf.ts';

interface Props {
  detail: AlertDetail;
  newest: number;
  onAsk(asked: AskedAnswer): void;
}

export function DetailHead({ detail, newest, onAsk }: Props) {
  const { alert, watch } = detail;
  const standing = alertStanding(alert);
  return (
    <>
      <div className="page-head">
        <Headline
          page={
            <>
              <Link to="/anomalies" search={keepView}>
                {common.eyebrow}
              </Link>
              <span aria-hidden="true"> / </span>
              {alert.watchName}
            </>
          }
          tone={standing.tone}
        >
          {titleOf(alert)}
        </Headline>
        <div className="actions">
          {isOpen(alert) && (
            <>
              <Needs>
                <button
                  type="button"
                  className={alert.owner ? 'button' : 'button primary'}
                  onClick={() => onAsk({ alert, answer: 'acknowledge' })}
                >
                  {answers.acknowledgeLong}
                </button>
              </Needs>
              <Needs>
                <button
                  type="button"
                  className="button"
                  onClick={() => onAsk({ alert, answer: 'close' })}
                >
                  {answers.closeLong}
                </button>
              </Needs>
            </>
          )}
          {watch?.definition.runbook !== undefined && (
            <a
              className="button"
              href={watch.definition.runbook}
              target="_blank"
              rel="noreferrer noopener"
            >
              {words.runbook}
            </a>
          )}
          {watch !== null && (
            <Link
              to="/anomalies/watches/$key"
              params={{ key: alert.watch }}
              search={keepView}
              className="button"
            >
              {words.watch}
            </Link>
          )}
        </div>
      </div>
      <p className="standing">
        <StateWord tone={standing.tone}>{standing.word}</StateWord>
        <span>{common.severityWords[alert.severity]}</span>
        <span>{common.lanes[alert.lane]}</span>
        <span>{forWhom(alert.key)}</span>
        <span title={formatInstant(alert.since)}>
          {words.since(formatMoment(alert.since, newest))}
        </span>
        <span>{words.revision(alert.revision)}</span>
      </p>
      {watch !== null && watch.definition.purpose !== '' && (
        <p className="purpose muted">{watch.definition.purpose}</p>
      )}
      <Notices detail={detail} />
    </>
  );
}

/** What must be known to read the rest rightly. */
function Notices({ detail: { alert } }: { detail: AlertDetail }) {
  const said = [
    ...(alert.state === 'firing' || alert.state === 'resolved' ? [] : [stateTexts[alert.state]]),
    ...(alert.mutedBy === null ? [] : [words.muted(alert.mutedBy)]),
    ...(alert.isFlapping ? [words.flapping(alert.flaps)] : []),
  ];
  return (
    <>
      {said.map((sentence) => (
        <p key={sentence} className="notice attention">
          {sentence}
        </p>
      ))}
      {alert.note !== '' && <p className="notice">{words.note(alert.note)}</p>}
    </>
  );
}
