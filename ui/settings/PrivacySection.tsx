/** What is withheld, what is kept how long, and the way to a single person. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RetentionAnswer } from '../../contracts/retentionApi.ts';
import { keepView } from '../data/search.ts';
import { formatWhole } from '../format/numbers.ts';
import { formatAgo, formatDate, formatInstant } from '../format/times.ts';
import { useNow } from '../live/useNow.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Needs } from '../parts/Needs.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { settings, privacy as words } from '../words/settings.ts';
import { retentionQuery } from './queries.ts';

type Row = RetentionAnswer['tables'][number];

export function PrivacySection() {
  const retention = useQuery(retentionQuery);
  return (
    <>
      <Headline page={settings.page} tone="good">
        {words.headline}
      </Headline>
      <Section title={words.groupsTitle}>
        <ul className="card plain-list">
          {words.groups.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Section>
      <Section title={words.personTitle}>
        <div className="card stack">
          <p>{words.person}</p>
          <div className="actions">
            <Needs permission="people">
              <Link to="/personalization/users" search={keepView} className="button">
                {words.toPerson}
              </Link>
            </Needs>
            <Needs permission="audit">
              <Link
                to="/settings/$section"
                params={{ section: 'audit' }}
                search={(search) => ({ ...keepView(search), entryKind: 'view' as const })}
                className="button"
              >
                {words.toRecord}
              </Link>
            </Needs>
          </div>
        </div>
      </Section>
      <Section
        title={words.retentionTitle}
        {...(retention.data === undefined ? {} : { text: retention.data.sentence })}
      >
        {retention.data === undefined ? (
          <Waiting answers={[retention]} height={320} />
        ) : (
          <Retention answer={retention.data} />
        )}
      </Section>
    </>
  );
}

function Retention({ answer: { at, tables } }: { answer: RetentionAnswer }) {
  const now = useNow();
  const columns: readonly Column<Row>[] = [
    {
      label: words.table,
      head: true,
      cell: ({ table, holds }) => (
        <span className="wide-cell">
          <code>{table}</code>
          <span className="cell-detail">{holds}</span>
        </span>
      ),
    },
    {
      label: words.kept,
      cell: ({ keptForDays, daysMin }) => (
        <span className="nowrap">
          {keptForDays === null ? words.forever : words.days(keptForDays)}
          {daysMin !== null && <span className="cell-detail">{words.least(daysMin)}</span>}
        </span>
      ),
    },
    { label: words.because, minor: true, cell: ({ because }) => because },
    { label: words.rows, number: true, cell: ({ rows }) => formatWhole(rows) },
    {
      label: words.oldest,
      number: true,
      minor: true,
      cell: ({ oldestAt }) =>
        oldestAt === null ? (
          '–'
        ) : (
          <span title={formatInstant(oldestAt)}>{formatDate(oldestAt)}</span>
        ),
    },
    {
      label: words.lastRun,
      minor: true,
      cell: ({ lastRun }) =>
        lastRun === null ? (
          words.nothingYet
        ) : (
          <span className="nowrap" title={formatInstant(lastRun.endedAt)}>
            {words.removed(formatWhole(lastRun.removed), formatAgo(lastRun.endedAt, now))}
          </span>
        ),
    },
  ];
  const settable = tables.filter(({ daysMin }) => daysMin !== null);
  const lasting = tables.filter(({ daysMin }) => daysMin === null);
  const keyOf = ({ table }: Row) => table;
  return (
    <>
      <div className="card flush">
        <DataTable label={words.retentionTitle} columns={columns} rows={settable} keyOf={keyOf} />
      </div>
      {lasting.length > 0 && (
        <details className="card flush lasting">
          <summary>{words.lasting(lasting.length)}</summary>
          <DataTable
            label={words.lasting(lasting.length)}
            columns={columns.filter(
              ({ label }) => label !== words.because && label !== words.lastRun,
            )}
            rows={lasting}
            keyOf={keyOf}
          />
        </details>
      )}
      <p className="muted">{words.looked(formatAgo(at, now))}</p>
    </>
  );
}
