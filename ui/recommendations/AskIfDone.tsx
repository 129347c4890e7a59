/** Asks whether what a card says was done, of somebody who opened the page where it is done. */

import { useQuery } from '@tanstack/react-query';
import type { InsightSubject } from '../../contracts/insight.ts';
import { Needs } from '../parts/Needs.tsx';
import { asking as words } from '../words/recommendations.ts';
import { useOpened } from './opened.ts';
import { insightQuery } from './queries.ts';
import type { Desk } from './useDesk.tsx';

interface Props {
  desk: Desk;
  /** Only of this one; absent: of any. */
  subject?: Pick<InsightSubject, 'kind' | 'key'>;
}

export function AskIfDone({ desk, subject }: Props) {
  const [opened, , forget] = useOpened();
  const isMeant =
    opened !== null &&
    (subject === undefined ||
      (opened.subject.kind === subject.kind && opened.subject.key === subject.key));
  const { data } = useQuery({ ...insightQuery(opened?.card ?? ''), enabled: isMeant });
  if (!isMeant || data === undefined) return null;
  const { card } = data;
  const finding = [card.finding, ...card.others].find(({ kind }) => kind === opened.kind);
  const isOpen = card.state === 'live' || card.state === 'snoozed';
  if (!isOpen || finding === undefined) return null;
  return (
    <div className="notice ask-if-done" role="status">
      <p>{words.title(opened.label)}</p>
      <div className="actions">
        <Needs>
          <button
            type="button"
            className="button small primary"
            onClick={() => {
              forget();
              desk.accept(card, finding);
            }}
          >
            {words.yes}
          </button>
        </Needs>
        <button type="button" className="button small" onClick={forget}>
          {words.no}
        </button>
      </div>
    </div>
  );
}
