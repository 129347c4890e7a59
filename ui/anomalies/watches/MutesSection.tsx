/** When nobody is told. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DefinedMute, WatchStanding } from '../../../contracts/watchApi.ts';
import type { Undoable } from '../../definitions/UndoBar.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { mutes as words } from '../settingWords.ts';
import { MuteDialog } from './MuteDialog.tsx';
import { whenWords } from './muteDraft.ts';
import { mutesQuery } from './queries.ts';

interface Props {
  watches: readonly WatchStanding[];
  onDone(done: Undoable): void;
}

export function MutesSection({ watches, onDone }: Props) {
  const answer = useQuery(mutesQuery);
  /** null: a new one. */
  const [asked, setAsked] = useState<DefinedMute | null>();
  const mutes = answer.data?.mutes;
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
      {mutes === undefined && <Waiting answers={[answer]} height={120} />}
      {mutes?.length === 0 && <p className="card muted">{words.none}</p>}
      {mutes !== undefined && mutes.length > 0 && (
        <div className="card flush">
          <DataTable
            label={words.title}
            columns={columnsOf(watches, setAsked)}
            rows={mutes}
            keyOf={({ definition }) => definition.key}
          />
        </div>
      )}
      {asked !== undefined && (
        <MuteDialog
          base={asked}
          watches={watches}
          onDone={onDone}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Section>
  );
}

function columnsOf(
  watches: readonly WatchStanding[],
  onAsk: (mute: DefinedMute) => void,
): readonly Column<DefinedMute>[] {
  const nameOf = (key: string) =>
    watches.find(({ watch }) => watch.definition.key === key)?.watch.definition.name ?? key;
  return [
    {
      label: words.name,
      head: true,
      cell: (mute) => (
        <button
          type="button"
          className="text-button"
          aria-label={words.editOf(mute.definition.name)}
          onClick={() => onAsk(mute)}
        >
          {mute.definition.name}
        </button>
      ),
    },
    {
      label: words.when,
      cell: ({ definition }) => (
        <span className="wide-cell">{whenWords(definition.when, Date.now())}</span>
      ),
    },
    {
      label: words.watches,
      minor: true,
      cell: ({ definition }) =>
        definition.watches.length === 0 ? words.every : definition.watches.map(nameOf).join(', '),
    },
  ];
}
