/** Beside the form: what the check says, what saving would mean, the reason, and the button. */
import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { ExperimentDetail } from '../../../contracts/experimentApi.ts';
import { ApiProblem } from '../../data/client.ts';
import { keepView } from '../../data/search.ts';
import { OwnName } from '../../parts/OwnName.tsx';
import { StateWord } from '../../parts/StateWord.tsx';
import { form as words } from '../formWords.ts';
import { ProblemList } from '../ProblemList.tsx';
import { changeExperiment, createExperiment, type ProblemSaid } from '../queries.ts';
import { Refusal } from '../Refusal.tsx';
import type { Definition } from './definition.ts';
import type { DraftState } from './draftState.ts';
import { storeDraft } from './draftStore.ts';
import { outcomeOf } from './outcome.ts';

interface Props {
  id: string;
  definition: Definition;
  problems: readonly ProblemSaid[];
  /** Problems with what the form has no field for. */
  unplaced: readonly ProblemSaid[];
  base: ExperimentDetail | undefined;
  checking: boolean;
  checkError: Error | null;
  past: DraftState['past'];
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
  const outcome = outcomeOf(definition.experiment, base?.experiment, Date.now());
  const save = useMutation({
    mutationFn: () => {
      const { experiment } = definition;
      return base === undefined
        ? createExperiment({ experiment, reason })
        : changeExperiment(base.experiment.key, { experiment, reason, revision: base.revision });
    },
    onSuccess: async ({ experiment }) => {
      await queries.invalidateQueries({ queryKey: ['experiments'] });
      await navigate({
        to: '/experiments/$key',
        params: { key: experiment.key },
        search: (search) => ({ ...keepView(search), metric: undefined }),
      });
      // After the form has gone: it would be stored again.
      storeDraft(id, undefined);
    },
  });
  const conflict = save.error instanceof ApiProblem && save.error.status === 409;
  const last = past.at(-1);
  const blocked = definition.faults.length > 0 || outcome?.refused === true;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() === '') setUnreasoned(true);
    else save.mutate();
  }

  return (
    <form className="card save-panel" onSubmit={submit} noValidate aria-label={words.panel}>
      <CheckWord
        problems={problems}
        checking={checking}
        untouched={untouched}
        refused={outcome?.refused === true}
      />
      {props.checkError !== null && <p className="muted">{props.checkError.message}</p>}
      <ProblemList problems={props.unplaced} />
      {outcome !== undefined && !untouched && (
        <div className={`notice ${outcome.tone}`} aria-live="polite">
          <p className="field-label">{outcome.title}</p>
          {outcome.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
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
          <Refusal error={save.error} />
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
          disabled={blocked || untouched || save.isPending}
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
  refused,
}: Pick<Props, 'problems' | 'checking' | 'untouched'> & { refused: boolean }) {
  const bad = problems.filter(({ severity }) => severity === 'problem').length;
  const remarks = problems.length - bad;
  const tone = bad > 0 || refused ? 'bad' : remarks > 0 ? 'attention' : untouched ? 'none' : 'good';
  return (
    <p className="check-word" aria-live="polite">
      <StateWord tone={tone}>
        {untouched && problems.length === 0
          ? words.unchanged
          : bad > 0
            ? words.problems(bad)
            : refused
              ? words.cannot
              : remarks > 0
                ? words.remarks(remarks)
                : words.sound}
      </StateWord>
      {checking && <span className="muted">{words.checking}</span>}
    </p>
  );
}
