/** The first recommendations, for the overview: what to do first, and the way to each. Loaded with the overview: it is small. */
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import type { Card } from '../../contracts/insight.ts';
import { ApiProblem } from '../data/client.ts';
import { useOpenInsights } from '../data/openInsights.ts';
import { keepView } from '../data/search.ts';
import { cut } from '../format/cut.ts';
import { Waiting } from '../parts/Waiting.tsx';
import { areaWords } from '../words/areas.ts';
import { messages } from '../words/shell.ts';
import './inboxPreview.css';

const words = messages.overview.inbox;

/** As many as are seen at a glance. */
const shownMax = 5;
const titleMax = 140;

/** Nothing where the engine makes no recommendations. */
export function InboxPreview() {
  const answer = useOpenInsights();
  const title = useId();
  const { data, error } = answer;
  if (data === undefined && error instanceof ApiProblem && error.status === 404) return null;
  const live = data?.cards.filter(({ state }) => state === 'live') ?? [];
  const left = live.length - shownMax;
  return (
    <section className="card inbox-preview" aria-labelledby={title}>
      <div className="spread">
        <h2 id={title}>{words.title}</h2>
        <Link to="/recommendations" search={keepView}>
          {words.all}
        </Link>
      </div>
      {data === undefined && <Waiting answers={[answer]} height={120} />}
      {data !== undefined && live.length === 0 && (
        <p className="muted">{data.looked.at === null ? words.unlooked : words.none}</p>
      )}
      {live.length > 0 && (
        <ol>
          {live.slice(0, shownMax).map((card) => (
            <Entry key={card.id} card={card} />
          ))}
        </ol>
      )}
      {left > 0 && (
        <p className="muted">{words.more(`${left}${data?.more === true ? '+' : ''}`)}</p>
      )}
    </section>
  );
}

function Entry({ card: { id, finding } }: { card: Card }) {
  const title = cut(finding.changed, titleMax);
  return (
    <li>
      <p>
        <span className="eyebrow">{areaWords[finding.area]}</span>
        {title}
      </p>
      <Link
        to="/recommendations/$id"
        params={{ id }}
        search={keepView}
        className="button small"
        aria-label={words.openOf(title)}
      >
        {words.open}
      </Link>
    </li>
  );
}
