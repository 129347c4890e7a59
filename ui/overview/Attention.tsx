/** What wants attention, beside the course: the alerts that are open, the most urgent first. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { isUrgent, openAlertsQuery } from '../data/openAlerts.ts';
import { keepView } from '../data/search.ts';
import { formatMoment } from '../format/times.ts';
import { StateShape } from '../parts/StateWord.tsx';
import { messages } from '../words/shell.ts';

const words = messages.overview;
/** More are on their own page. */
const shownMax = 3;

export function Attention() {
  const { data, isError } = useQuery(openAlertsQuery);
  const alerts = data?.alerts ?? [];
  const sorted = alerts.toSorted(
    (a, b) => Number(isUrgent(b)) - Number(isUrgent(a)) || b.since - a.since,
  );
  return (
    <aside className="card attention" aria-label={words.attention}>
      <div className="card-head">
        <h3>
          {words.attention} {alerts.length > 0 && <span className="muted">{alerts.length}</span>}
        </h3>
      </div>
      {alerts.length === 0 && (
        <p className="muted">
          {data === undefined ? (isError ? words.alertsUnknown : '') : words.calm}
        </p>
      )}
      <ul className="attention-list">
        {sorted.slice(0, shownMax).map((alert) => (
          <li key={alert.id}>
            <StateShape tone={isUrgent(alert) ? 'bad' : 'attention'} />
            <span>
              <Link to="/anomalies/$id" params={{ id: alert.id }} search={keepView}>
                {alert.headline}
              </Link>
              <span className="cell-detail">
                {words.since(formatMoment(alert.since, Date.now()))}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className="attention-more">
        <Link to="/anomalies" search={keepView}>
          {words.toAlerts}
        </Link>
      </p>
    </aside>
  );
}
