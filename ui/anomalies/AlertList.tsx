/** The alerts that are open, or those that were asked for, as cards: the most urgent first. */
import { useState } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import { useView } from '../data/useView.ts';
import { Empty } from '../parts/Empty.tsx';
import { Section } from '../parts/Section.tsx';
import { list as words } from '../words/anomalies.ts';
import type { AskedAnswer } from './AnswerDialog.tsx';
import { isChosen, isNarrowed } from './chosen.ts';
import { IncidentCard } from './IncidentCard.tsx';
import { alertsApart, byUrgency, incidentsOf } from './incidents.ts';
import { NoMatch } from './LanesSection.tsx';

interface Props {
  /** All that are open, whatever the range. */
  open: readonly Alert[];
  /** Those of the range. */
  ranged: readonly Alert[];
  newest: number;
  onAsk(asked: AskedAnswer): void;
}

/** Cards that are shown at once. */
const step = 20;

export function AlertList({ open, ranged, newest, onAsk }: Props) {
  const { search } = useView();
  const [most, setMost] = useState(step);
  const standing = search.standing ?? 'open';
  const source = standing === 'resolved' ? ranged : open;
  const chosen = source.filter((alert) => isChosen(alert, { ...search, standing }));
  const incidents = (search.apart === true ? alertsApart(chosen) : incidentsOf(chosen)).toSorted(
    byUrgency,
  );
  const shown = incidents.slice(0, most);
  const left = incidents.length - shown.length;
  return (
    <Section
      title={
        <>
          {words.titles[standing]} <span className="muted">{chosen.length}</span>
        </>
      }
    >
      {incidents.length === 0 ? (
        <div className="card">
          {isNarrowed(search) ? (
            <NoMatch />
          ) : (
            <Empty title={words.calmTitle}>
              {ranged.length > 0 && <p className="muted">{words.calmText}</p>}
            </Empty>
          )}
        </div>
      ) : (
        <ul className="card flush entry-list">
          {shown.map((incident) => (
            <IncidentCard key={incident.id} incident={incident} newest={newest} onAsk={onAsk} />
          ))}
        </ul>
      )}
      {left > 0 && (
        <button type="button" className="button show-more" onClick={() => setMost(most + step)}>
          {words.more(Math.min(step, left))}
        </button>
      )}
    </Section>
  );
}
