/** The other alerts of the same incident: nothing where there are none. */
import { Link } from '@tanstack/react-router';
import type { Alert } from '../../contracts/alert.ts';
import type { AlertDetail } from '../../contracts/watchApi.ts';
import { keepView } from '../data/search.ts';
import { formatMoment } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Section } from '../parts/Section.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { chart, words as common, list, detail as words } from '../words/anomalies.ts';
import { keyWords } from './keyWords.ts';
import { lastingWords } from './lasting.ts';
import { alertStanding } from './standing.ts';
import { titleOf } from './titleOf.ts';

interface Props {
  detail: AlertDetail;
  newest: number;
}

/** Rows that are shown; the list has them all. */
const rowsMax = 50;

export function MembersCard({ detail: { alert, incident }, newest }: Props) {
  if (incident.length === 0) return null;
  const sorted = incident.toSorted((a, b) => a.since - b.since);
  return (
    <Section
      title={
        <>
          {words.members} <span className="muted">{incident.length}</span>
        </>
      }
      text={words.membersText}
    >
      <div className="card flush">
        <DataTable
          label={words.members}
          columns={columnsOf(alert.incident, newest)}
          rows={sorted.slice(0, rowsMax)}
          keyOf={({ id }) => id}
        />
      </div>
    </Section>
  );
}

function columnsOf(first: string, newest: number): readonly Column<Alert>[] {
  return [
    {
      label: chart.headline,
      head: true,
      cell: (alert) => (
        <span className="wide-cell">
          <Link to="/anomalies/$id" params={{ id: alert.id }} search={keepView}>
            {titleOf(alert)}
          </Link>
          {alert.id === first && <span className="cell-detail">{words.first}</span>}
        </span>
      ),
    },
    {
      label: list.state,
      cell: (alert) => {
        const { tone, word } = alertStanding(alert);
        return <StateWord tone={tone}>{word}</StateWord>;
      },
    },
    { label: list.lane, minor: true, cell: ({ lane }) => common.lanes[lane] },
    { label: chart.key, minor: true, cell: ({ key }) => keyWords(key) },
    {
      label: chart.since,
      number: true,
      cell: (alert) => formatMoment(alert.since, newest),
    },
    {
      label: words.lasting,
      number: true,
      minor: true,
      cell: (alert) => lastingWords(alert, newest),
    },
  ];
}
