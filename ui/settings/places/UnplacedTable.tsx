/** Courses that events name and no programme has. */
import type { PlacesAnswer } from '../../../contracts/placeApi.ts';
import { formatCount } from '../../format/numbers.ts';
import { formatAgo, formatInstant } from '../../format/times.ts';
import { useNow } from '../../live/useNow.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { LongText } from '../../parts/LongText.tsx';
import { Needs } from '../../parts/Needs.tsx';
import { Section } from '../../parts/Section.tsx';
import { placeSettings as words } from '../../words/placeSettings.ts';

type Unplaced = PlacesAnswer['unplaced'][number];

interface Props {
  unplaced: readonly Unplaced[];
  onPut(course: string): void;
}

export function UnplacedTable({ unplaced, onPut }: Props) {
  const now = useNow(10_000);
  const columns: readonly Column<Unplaced>[] = [
    { label: words.columns.course, head: true, cell: ({ course }) => <LongText text={course} /> },
    {
      label: words.columns.events,
      number: true,
      cell: ({ events }) => formatCount(events),
      value: ({ events }) => events,
    },
    {
      label: words.columns.seen,
      minor: true,
      cell: ({ lastSeen }) => (
        <time dateTime={new Date(lastSeen).toISOString()} title={formatInstant(lastSeen)}>
          {formatAgo(lastSeen, now)}
        </time>
      ),
    },
    {
      label: words.columns.put,
      cell: ({ course }) => (
        <Needs permission="administer">
          <button
            type="button"
            className="button small"
            aria-label={words.putLong(course)}
            onClick={() => onPut(course)}
          >
            {words.put}
          </button>
        </Needs>
      ),
    },
  ];
  return (
    <Section title={words.unplacedTitle} text={words.unplacedText}>
      <div className="card flush">
        {unplaced.length === 0 ? (
          <p className="card-note muted">{words.unplacedNone}</p>
        ) : (
          <DataTable
            label={words.unplacedTitle}
            columns={columns}
            rows={unplaced}
            keyOf={({ course }) => course}
          />
        )}
      </div>
    </Section>
  );
}
