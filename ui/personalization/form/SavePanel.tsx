/** Beside the form: what the check says, the reason, and the button. */
import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { PolicyDetail } from '../../../contracts/policyApi.ts';
import { ApiProblem } from '../../data/client.ts';
import { keepView } from '../../data/search.ts';
import type { DraftState } from '../../experiments/form/draftState.ts';
import { storeDraft } from '../../experiments/form/draftStore.ts';
import { ProblemList } from '../../experiments/ProblemList.tsx';
import type { ProblemSaid } from '../../experiments/queries.ts';
import { Refusal } from '../../experiments/Refusal.tsx';
import { OwnName } from '../../parts/OwnName.tsx';
import { StateWord } from '../../parts/StateWord.tsx';
import { form as words } from '../formWords.ts';
import { changePolicy, createPolicy } from '../queries.ts';
import { fieldName } from '../words.ts';
import type { Definition } from './definition.ts';
import type { Draft } from './draft.ts';

interface Props {
  id: string;
  definition: Definition;
  problems: readonly ProblemSaid[];
  /** Problems with what the form has no field for. */
  unplaced: readonly ProblemSaid[];
  base: PolicyDetail | undefined;
  checking: boolean;
  checkError: Error | null;
  past: DraftState<Draft>['past'];
  restored: boolean;
  untouched: boolean;
  onUndo(): void;
  onDiscard(): void;
  onNewer: (() => void) | undefined;
}

export function SavePanel(props: Props) {
  const { id, definition, problems, base, checking, past, untouched } = props;
  const [reason, setReason] = useState('');
  const [unreasoned, setUnreasoned] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: () => {
      const { policy } = definition;
      return base === undefined
        ? createPolicy({ policy, reason })
        : changePolicy(base.policy.key, { policy, reason, revision: base.revision });
    },
    onSuccess: async ({ policy }) => {
      await queries.invalidateQueries({ queryKey: ['policies'] });
      await navigate({
        to: '/personalization/$key',
        params: { key: policy.key },
        search: keepView,
      });
      // After the form has gone: it would be stored again.
      storeDraft(id, undefined);
    },
    onError: () => queries.invalidateQueries({ queryKey: ['policies', 'one'] }),
  });
  const conflict = save.error instanceof ApiProblem && save.error.status === 409;
  const last = past.at(-1);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() === '') setUnreasoned(true);
    else save.mutate();
  }

  return (
    <form className="card save-panel" onSubmit={submit} noValidate aria-label={words.panel}>
      <CheckWord problems={problems} checking={checking} untouched={untouched} />
      {props.checkError !== null && <p className="muted">{props.checkError.message}</p>}
      <ProblemList problems={props.unplaced} nameOf={fieldName} />
      {!untouched && (
        <p className="notice">{base === undefined ? words.becomesDraft : words.staysDraft}</p>
      )}
      {props.onNewer !== undefined && !conflict && (
        <div className="notice attention">
          <p>{words.newer}</p>
          <button type="button" className="text-button" onClick={props.onNewer}>
            {words.takeNewer}
          </button>
        </div>
      )}
      {last !== undefined && (
        <div className="undo" role="status">
          <span>{last.lost}</span>
          <button type="button" className="button small" onClick={props.onUndo}>
            {words.undo}
          </button>
        </div>
      )}
      {props.restored && last === undefined && <p className="muted">{words.restored}</p>}
      <Textarea
        label={words.reason}
        description={words.reasonText}
        rows={2}
        maxLength={4_096}
        value={reason}
        error={unreasoned && reason.trim() === '' ? words.reasonMissing : undefined}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
      <OwnName once />
      {save.isError && (
        <>
          <Refusal error={save.error} nameOf={fieldName} />
          {conflict && props.onNewer !== undefined && (
            <button type="button" className="text-button" onClick={props.onNewer}>
              {words.takeNewer}
            </button>
          )}
        </>
      )}
      <div className="actions">
        <button
          type="submit"
          className="button primary"
          disabled={definition.faults.length > 0 || untouched || save.isPending}
        >
          {save.isPending ? words.saving : base === undefined ? words.create : words.save}
        </button>
        {!untouched && (
          <button type="button" className="button" onClick={props.onDiscard}>
            {words.discard}
          </button>
        )}
      </div>
    </form>
  );
}

function CheckWord({
  problems,
  checking,
  untouched,
}: Pick<Props, 'problems' | 'checking' | 'untouched'>) {
  const bad = problems.filter(({ severity }) => severity === 'problem').length;
  const remarks = problems.length - bad;
  const tone = bad > 0 ? 'bad' : remarks > 0 ? 'attention' : untouched ? 'none' : 'good';
  return (
    <p className="check-word" aria-live="polite">
      <StateWord tone={tone}>
        {bad > 0
          ? words.problems(bad)
          : remarks > 0
            ? words.remarks(remarks)
            : untouched
              ? words.unchanged
              : words.sound}
      </StateWord>
      {checking && <span className="muted">{words.checking}</span>}
    </p>
  );
}
