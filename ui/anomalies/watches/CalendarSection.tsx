/** Days that are unlike their day of the week. */
import { useQuery } from '@tanstack/react-query';
import type { DefinedDays } from '../../../contracts/watchApi.ts';
import type { Undoable } from '../../definitions/UndoBar.tsx';
import type { Column } from '../../parts/DataTable.tsx';
import { calendar as words } from '../../words/watchSettings.ts';
import { DaysDialog } from './DaysDialog.tsx';
import { DefinedSection } from './DefinedSection.tsx';
import { dayRange } from './dayRange.ts';
import { calendarQuery } from './queries.ts';

export function CalendarSection({ onDone }: { onDone(done: Undoable): void }) {
  const answer = useQuery(calendarQuery);
  const days = answer.data?.calendar.toSorted(({ definition: a }, { definition: b }) =>
    a.from < b.from ? 1 : -1,
  );
  return (
    <DefinedSection
      words={words}
      answer={answer}
      rows={days}
      columns={columns}
      dialog={(base, onClose) => <DaysDialog base={base} onDone={onDone} onClose={onClose} />}
    />
  );
}

const columns: readonly Column<DefinedDays>[] = [
  {
    label: words.days,
    cell: ({ definition }) => (
      <span className="wide-cell">{dayRange(definition.from, definition.to)}</span>
    ),
  },
  {
    label: words.kind,
    cell: ({ definition }) => (
      <>
        {words.kinds[definition.kind]}
        <span className="cell-detail">{words.kindTexts[definition.kind]}</span>
      </>
    ),
  },
];
