/** What to do about a finding: the button that does it, or the page where it is decided, with what will be so then. */

import type { Card, Finding } from '../../contracts/insight.ts';
import { cut } from '../format/cut.ts';
import { LongText } from '../parts/LongText.tsx';
import { Needs } from '../parts/Needs.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import { card as words } from '../words/recommendations.ts';
import { useOpened } from './opened.ts';
import type { Desk } from './useDesk.tsx';

interface Props {
  card: Card;
  finding: Finding;
  desk: Desk;
  /** The first thing to do on its page. */
  isFirst?: boolean;
  /** Without what will be so then. */
  isBrief?: boolean;
}

const labelMax = 60;

export function FindingAction({ card, finding, desk, isFirst = false, isBrief = false }: Props) {
  const [, open] = useOpened();
  const { action, kind } = finding;
  if (action === null) {
    return isBrief ? null : <p className="muted">{words.noAction}</p>;
  }
  const look = isFirst ? 'button primary long' : 'button long';
  const label = cut(action.label, labelMax);
  const { id, subject } = card;
  return (
    <div className="recommendation-action">
      {action.request === null ? (
        <PageLink
          to={action.page}
          className={look}
          onOpen={() => open({ card: id, subject, kind, label })}
        >
          {label} <span aria-hidden="true">→</span>
        </PageLink>
      ) : (
        <Needs>
          <button type="button" className={look} onClick={() => desk.accept(card, finding)}>
            {label}
          </button>
        </Needs>
      )}
      {!isBrief && (
        <p className="muted">
          <LongText text={action.consequence} most={240} />
        </p>
      )}
    </div>
  );
}
