/** The pages: on the left, on a telephone below. */
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { keepView } from '../data/search.ts';
import { messages } from '../words/shell.ts';
import { Brand } from './Brand.tsx';
import { OpenAlerts } from './OpenAlerts.tsx';
import { OpenRecommendations } from './OpenRecommendations.tsx';
import { pages } from './pages.ts';

export function Rail() {
  const page = useLocation({ select: ({ pathname }) => pathname });
  // On a telephone the pages are in a row that may be longer than the screen.
  useEffect(() => {
    document
      .querySelector('.rail [aria-current=page]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [page]);
  return (
    <nav className="rail" aria-label={messages.pages.navigation}>
      <div>
        <Brand />
        <ul>
          {pages.map(({ to, label, keys, Icon }) => (
            <li key={to}>
              <Link
                to={to}
                search={keepView}
                activeOptions={{ exact: to === '/', includeSearch: false }}
              >
                <Icon />
                <span>{label}</span>
                {to === '/anomalies' && <OpenAlerts />}
                {to === '/recommendations' && <OpenRecommendations />}
                <span className="rail-keys" aria-hidden="true">
                  {keys}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}
