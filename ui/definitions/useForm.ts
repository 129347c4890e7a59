/** A draft that is checked while it is written: what its parts, and the panel beside them, are given. */
import { useDebouncedValue } from '@mantine/hooks';
import { type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { save as words } from '../words/definitions.ts';
import { isSameDraft } from './draftState.ts';
import { rootOf } from './FieldNotes.tsx';
import type { Part } from './FormPart.tsx';
import { type ProblemSaid, problemsOf } from './problems.ts';
import type { Standing } from './SavePanel.tsx';
import { useDraft } from './useDraft.ts';

/** Without a keystroke for so long, the definition is checked, ms. */
const checkAfterMs = 400;

interface Checked {
  readonly problems: readonly ProblemSaid[];
}

interface Options<Draft, Built, Said extends Checked, Key extends QueryKey> {
  /** Under which the draft is kept. */
  readonly id: string;
  readonly initial: Draft;
  /** Whether there is no definition yet that is changed: it does not begin with reproaches. */
  readonly isNew: boolean;
  /** The same function, as long as it makes the same of a draft. */
  readonly build: (draft: Draft) => Built;
  check(built: Built): UseQueryOptions<Said, Error, Said, Key>;
  /** Whether the reader may have it checked; by default whoever sees the form. */
  readonly mayCheck?: boolean;
  /** Fields that stand in a part of the form. */
  readonly placed: readonly string[];
  /** Fields that the engine fills in: what the check says of them is not the writer's. */
  readonly engines?: readonly string[];
  /** Takes over what somebody else has saved meanwhile; undefined when nobody has. */
  readonly onNewer: (() => void) | undefined;
}

export function useForm<
  Draft extends object,
  Built extends { readonly faults: readonly ProblemSaid[] },
  Said extends Checked,
  Key extends QueryKey,
>(options: Options<Draft, Built, Said, Key>) {
  const {
    id,
    initial,
    isNew,
    build,
    check,
    placed,
    engines = [],
    mayCheck = true,
    onNewer,
  } = options;
  const { draft, past, restored, send } = useDraft(id, initial);
  const definition = useMemo(() => build(draft), [draft, build]);
  const [settled] = useDebouncedValue(definition, checkAfterMs);
  const checked = useQuery({ ...check(settled), enabled: mayCheck && settled.faults.length === 0 });
  const said = checked.error === null ? checked.data?.problems : problemsOf(checked.error);
  const judged = (said ?? []).filter(({ field }) => !engines.includes(rootOf(field)));
  const isReadable = definition.faults.length === 0;
  const untouched = isSameDraft(draft, initial);
  const problems = untouched && isNew ? [] : isReadable ? judged : definition.faults;
  const lose = (part: Partial<Draft>, lost: string) => send({ kind: 'lost', part, lost });
  const part: Part<Draft> = {
    ...{ draft, problems, lose },
    change: (changed) => send({ kind: 'changed', part: changed }),
  };
  const standing: Standing = {
    ...{ problems, past, restored, untouched, onNewer },
    unplaced: problems.filter(({ field }) => !placed.includes(rootOf(field))),
    checking: checked.isFetching || settled !== definition,
    checkError: isReadable && judged.length === 0 ? checked.error : null,
    onUndo: () => send({ kind: 'undone' }),
    onDiscard: () => lose(initial, words.discarded),
  };
  return { definition, part, standing, checked: isReadable ? checked.data : undefined };
}
