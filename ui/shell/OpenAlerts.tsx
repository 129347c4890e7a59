/** How many alerts are open, beside the name of their page. */
import { useQuery } from '@tanstack/react-query';
import { isUrgent, openAlertsQuery } from '../data/openAlerts.ts';
import { messages } from '../words/shell.ts';

export function OpenAlerts() {
  const { data } = useQuery(openAlertsQuery);
  const { alerts = [], more = false } = data ?? {};
  if (alerts.length === 0) return null;
  const count = `${alerts.length}${more ? '+' : ''}`;
  return (
    <span className={alerts.some(isUrgent) ? 'rail-count urgent' : 'rail-count'}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{messages.pages.openAlerts(count)}</span>
    </span>
  );
}
