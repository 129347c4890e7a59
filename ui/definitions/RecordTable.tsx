/** The decision log: who did what when, and why. */
import type { ExperimentRevision } from '../../contracts/experimentApi.ts';
import { formatInstant } from '../format/times.ts';
import { type Column, DataTable } from '../parts/DataTable.tsx';
import { Section } from '../parts/Section.tsx';
import { record as words } from '../words/definitions.ts';

const columns: readonly Column<ExperimentRevision>[] = [
  {
    label: words.when,
    cell: ({ at }) => (
      <time className="nowrap" dateTime={new Date(at).toISOString()}>
        {formatInstant(at)}
      </time>
    ),
  },
  {
    label: words.change,
    head: true,
    cell: ({ change }) => <span className="wide-cell">{change}</span>,
  },
  {
    label: words.reason,
    cell: ({ reason }) => (
      <span className={reason === '' ? 'muted' : 'wide-cell'}>
        {reason === '' ? words.none : reason}
      </span>
    ),
  },
  { label: words.actor, cell: ({ actor }) => actor },
  { label: words.revision, number: true, minor: true, cell: ({ revision }) => revision },
];

interface Props {
  /** The newest first. */
  record: readonly ExperimentRevision[];
  title?: string;
}

export function RecordTable({ record, title = words.title }: Props) {
  return (
    <Section title={title} text={words.text}>
      <div className="card flush">
        <DataTable
          label={title}
          columns={columns}
          rows={record}
          keyOf={({ revision, at }) => `${revision} ${at}`}
        />
      </div>
    </Section>
  );
}
