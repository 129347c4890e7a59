/** Beside the form: what the check says, what saving would mean, the reason, and the button. */

import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiProblem } from '../data/client.ts';
import { Needs } from '../parts/Needs.tsx';
import { OwnName } from '../parts/OwnName.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { save as words } from '../words/definitions.ts';
import type { DraftState } from './draftState.ts';
import { ProblemList } from './ProblemList.tsx';
import type { ProblemSaid } from './problems.ts';
import { ReasonField } from './ReasonField.tsx';
import { Refusal } from './Refusal.tsx';

/** What the form knows of its draft. */
export interface Standing {
  readonly problems: readonly ProblemSaid[];
  /** Problems with what the form has no field for. */
  readonly unplaced: readonly ProblemSaid[];
  readonly checking: boolean;
  readonly checkError: Error | null;
  readonly past: DraftState<object>['past'];
  readonly restored: boolean;
  readonly untouched: boolean;
  onUndo(): void;
  onDiscard(): void;
  /** Takes over what somebody else has saved meanwhile; undefined when nobody has. */
  readonly onNewer: (() => void) | undefined;
}

interface Props extends Standing {
  /** "experiment" */
  what: string;
  isNew: boolean;
  /** Of a new one; by default it becomes a draft. */
  create?: string;
  /** What cannot be read is not sent. */
  unreadable: boolean;
  /** Whether the change would be refused whatever it holds. */
  refused?: boolean;
  save: { readonly isPending: boolean; readonly error: Error | null; mutate(reason: string): void };
  nameOf(field: string): string | undefined;
  /** What saving would mean. */
  children: ReactNode;
}

export function SavePanel(props: Props) {
  const { save, past, untouched, onNewer, nameOf, refused = false } = props;
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const conflict = save.error instanceof ApiProblem && save.error.status === 409;
  const last = past.at(-1);
  const takeNewer = onNewer !== undefined && (
    <button type="button" className="text-button" onClick={onNewer}>
      {words.takeNewer}
    </button>
  );

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() === '') setTried(true);
    else save.mutate(reason);
  }

  return (
    <form className="card save-panel" onSubmit={submit} noValidate aria-label={words.panel}>
      <CheckWord {...props} refused={refused} />
      {props.checkError !== null && <p className="muted">{props.checkError.message}</p>}
      <ProblemList problems={props.unplaced} nameOf={nameOf} />
      {!untouched && props.children}
      {takeNewer && !conflict && (
        <div className="notice attention">
          <p>{words.newer(props.what)}</p>
          {takeNewer}
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
      <ReasonField
        text={words.reasonText}
        rows={2}
        value={reason}
        onChange={setReason}
        tried={tried}
      />
      <OwnName once />
      {save.error !== null && (
        <>
          <Refusal error={save.error} nameOf={nameOf} />
          {conflict && takeNewer}
        </>
      )}
      <div className="actions">
        <Needs everywhere>
          <button
            type="submit"
            className="button primary"
            disabled={props.unreadable || refused || untouched || save.isPending}
          >
            {save.isPending
              ? words.saving
              : props.isNew
                ? (props.create ?? words.create)
                : words.save}
          </button>
        </Needs>
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
}: Pick<Standing, 'problems' | 'checking' | 'untouched'> & { refused: boolean }) {
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
