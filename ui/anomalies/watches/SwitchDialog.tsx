/** Asks before a watch is switched on or off. */
import { useQueryClient } from '@tanstack/react-query';
import type { DefinedWatch, WatchesAnswer } from '../../../contracts/watchApi.ts';
import { ReasonDialog } from '../../definitions/ReasonDialog.tsx';
import type { Undoable } from '../../definitions/UndoBar.tsx';
import { fieldName, switching as words } from '../../words/watchSettings.ts';
import { watchesQuery } from '../queries.ts';
import { writeDefinition } from './queries.ts';

export interface Switched {
  readonly watch: DefinedWatch;
  readonly isActive: boolean;
}

interface Props extends Switched {
  onDone(done: Undoable): void;
  onClose(): void;
}

export function SwitchDialog({ watch, isActive, onDone, onClose }: Props) {
  const queries = useQueryClient();
  const { definition, revision } = watch;
  const { key, name } = definition;
  const sentence = isActive ? words.doneOn(name) : words.doneOff(name);
  return (
    <ReasonDialog
      title={isActive ? words.titleOn(name) : words.titleOff(name)}
      confirm={isActive ? words.confirmOn : words.confirmOff}
      consequences={isActive ? words.on : words.off}
      queryKey="watches"
      nameOf={fieldName}
      run={(reason) =>
        writeDefinition('watches', key, {
          definition: { ...definition, isActive },
          ...{ revision, reason },
        })
      }
      onDone={() =>
        onDone({
          sentence,
          async undo() {
            const answer = await queries.fetchQuery({ ...watchesQuery, staleTime: 0 });
            const newest = newestOf(answer, key);
            if (newest === undefined) return;
            await writeDefinition('watches', key, {
              definition: { ...newest.definition, isActive: !isActive },
              revision: newest.revision,
              reason: words.undone(sentence),
            });
          },
        })
      }
      onClose={onClose}
    />
  );
}

function newestOf({ watches }: WatchesAnswer, key: string): DefinedWatch | undefined {
  return watches.find(({ watch }) => watch.definition.key === key)?.watch;
}
