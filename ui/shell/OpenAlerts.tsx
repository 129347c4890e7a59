/** How many alerts are open, beside the name of their page. */
import { useQuery } from '@tanstack/react-query';
import { openAlertsQuery } from '../data/openAlerts.ts';
import { messages } from '../messages.ts';

export function OpenAlerts() {
  const { data } = useQuery(openAlertsQuery);
  const { alerts = [], more = false } = data ?? {};
  if (alerts.length === 0) return null;
  const isUrgent = alerts.some(({ state, severity }) => state === 'firing' && severity === 'high');
  const count = `${alerts.length}${more ? '+' : ''}`;
  return (
    <span className={isUrgent ? 'rail-count urgent' : 'rail-count'}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{messages.pages.openAlerts(count)}</span>
    </span>
  );
}
