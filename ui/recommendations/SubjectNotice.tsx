/** On the page of a model, an experiment, a policy, a column or a watch: what is recommended about it. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { InsightSubject } from '../../contracts/insight.ts';
import { keepView } from '../data/search.ts';
import { cut } from '../format/cut.ts';
import { AskIfDone } from './AskIfDone.tsx';
import { subjectInsightsQuery } from './queries.ts';
import './recommendations.css';
import { notice as words } from '../words/recommendations.ts';
import { useDesk } from './useDesk.tsx';

const titleMax = 240;

type Props = Pick<InsightSubject, 'kind'> & {
  /** Key of the subject. */
  of: string;
};

export function SubjectNotice({ kind, of: key }: Props) {
  const { data } = useQuery(subjectInsightsQuery({ kind, key }));
  const { desk, overlay } = useDesk();
  const card = data?.cards.find(({ state }) => state === 'live');
  return (
    <>
      {card !== undefined && (
        <aside className="notice subject-notice" aria-label={words.label}>
          <p>
            <b>{words.one}</b> {cut(card.finding.changed, titleMax)}
            {card.others.length > 0 && (
              <span className="muted"> ({words.others(card.others.length)})</span>
            )}
          </p>
          <Link
            to="/recommendations/$id"
            params={{ id: card.id }}
            search={keepView}
            className="button small"
          >
            {words.see}
          </Link>
        </aside>
      )}
      <AskIfDone desk={desk} subject={{ kind, key }} />
      {overlay}
    </>
  );
}
