/** When nobody is told. */
import { useQuery } from '@tanstack/react-query';
import type { DefinedMute, WatchStanding } from '../../../contracts/watchApi.ts';
import type { Undoable } from '../../definitions/UndoBar.tsx';
import type { Column } from '../../parts/DataTable.tsx';
import { mutes as words } from '../../words/watchSettings.ts';
import { DefinedSection } from './DefinedSection.tsx';
import { MuteDialog } from './MuteDialog.tsx';
import { whenWords } from './muteDraft.ts';
import { mutesQuery } from './queries.ts';

interface Props {
  watches: readonly WatchStanding[];
  onDone(done: Undoable): void;
}

export function MutesSection({ watches, onDone }: Props) {
  const answer = useQuery(mutesQuery);
  return (
    <DefinedSection
      words={words}
      answer={answer}
      rows={answer.data?.mutes}
      columns={columnsOf(watches)}
      dialog={(base, onClose) => (
        <MuteDialog base={base} watches={watches} onDone={onDone} onClose={onClose} />
      )}
    />
  );
}

function columnsOf(watches: readonly WatchStanding[]): readonly Column<DefinedMute>[] {
  const nameOf = (key: string) =>
    watches.find(({ watch }) => watch.definition.key === key)?.watch.definition.name ?? key;
  return [
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
