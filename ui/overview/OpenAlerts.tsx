/** That alerts are open, with the way to them; nothing while there is none. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { openAlertsQuery } from '../data/openAlerts.ts';
import { keepView } from '../data/search.ts';
import { messages } from '../messages.ts';
import { StateWord } from '../parts/StateWord.tsx';

const words = messages.overview;

export function OpenAlerts() {
  const { data } = useQuery(openAlertsQuery);
  const count = data?.alerts.length ?? 0;
  if (data === undefined || count === 0) return null;
  const isUrgent = data.alerts.some(
    ({ state, severity }) => state === 'firing' && severity === 'high',
  );
  return (
    <p className="open-alerts">
      <StateWord tone={isUrgent ? 'bad' : 'attention'}>
        {messages.pages.openAlerts(`${count}${data.more ? '+' : ''}`)}
      </StateWord>
      <Link to="/anomalies" search={keepView}>
        {words.toAlerts}
      </Link>
    </p>
  );
}
