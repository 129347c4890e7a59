/** Days that are unlike their day of the week. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DefinedDays } from '../../../contracts/watchApi.ts';
import type { Undoable } from '../../definitions/UndoBar.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { calendar as words } from '../settingWords.ts';
import { DaysDialog } from './DaysDialog.tsx';
import { dayRange } from './dayRange.ts';
import { calendarQuery } from './queries.ts';

export function CalendarSection({ onDone }: { onDone(done: Undoable): void }) {
  const answer = useQuery(calendarQuery);
  /** null: new ones. */
  const [asked, setAsked] = useState<DefinedDays | null>();
  const days = answer.data?.calendar.toSorted(({ definition: a }, { definition: b }) =>
    a.from < b.from ? 1 : -1,
  );
  return (
    <Section
      title={words.title}
      text={words.text}
      tools={
        <button type="button" className="button" onClick={() => setAsked(null)}>
          {words.create}
        </button>
      }
    >
      {days === undefined && <Waiting answers={[answer]} height={120} />}
      {days?.length === 0 && <p className="card muted">{words.none}</p>}
      {days !== undefined && days.length > 0 && (
        <div className="card flush">
          <DataTable
            label={words.title}
            columns={columnsOf(setAsked)}
            rows={days}
            keyOf={({ definition }) => definition.key}
          />
        </div>
      )}
      {asked !== undefined && (
        <DaysDialog base={asked} onDone={onDone} onClose={() => setAsked(undefined)} />
      )}
    </Section>
  );
}

function columnsOf(onAsk: (days: DefinedDays) => void): readonly Column<DefinedDays>[] {
  return [
    {
      label: words.name,
      head: true,
      cell: (days) => (
        <button
          type="button"
          className="text-button"
          aria-label={words.editOf(days.definition.name)}
          onClick={() => onAsk(days)}
        >
          {days.definition.name}
        </button>
      ),
    },
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
}
