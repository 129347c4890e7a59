/** Asks before something is changed: shows what it brings about, takes the reason for the record, and says what was refused. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { PolicyWritten } from '../../contracts/policyApi.ts';
import { ApiProblem } from '../data/client.ts';
import { ProblemList } from '../definitions/ProblemList.tsx';
import type { ProblemSaid } from '../definitions/problems.ts';
import { ReasonField } from '../definitions/ReasonField.tsx';
import { Refusal } from '../definitions/Refusal.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { OwnName } from '../parts/OwnName.tsx';
import { fieldName, reasons as words } from './words.ts';

interface Props {
  title: string;
  confirm: string;
  consequences: readonly string[];
  /** What stands against it already. */
  blocking?: readonly ProblemSaid[];
  danger?: boolean;
  /** Whether the fields are filled in; said beside them when not. */
  isReady?: boolean;
  /** Takes the trimmed reason. */
  run(reason: string): Promise<PolicyWritten>;
  onDone?(written: PolicyWritten): void;
  onClose(): void;
  /** Fields of its own. */
  children?: ReactNode;
}

export function ReasonDialog(props: Props) {
  const { title, confirm, consequences, blocking = [], danger = false, isReady = true } = props;
  const { run, onDone, onClose, children } = props;
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: () => run(reason.trim()),
    onSuccess: (written) => {
      onDone?.(written);
      onClose();
    },
    // After a conflict as well: the next attempt is made from the newest revision.
    onSettled: () => queries.invalidateQueries({ queryKey: ['policies'] }),
  });
  const isConflict = act.error instanceof ApiProblem && act.error.status === 409;

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== '' && isReady) act.mutate();
  }

  return (
    <Dialog title={title} size="lg" onClose={onClose}>
      <form className="dialog-form" onSubmit={submit} noValidate>
        {children}
        {consequences.length > 0 && (
          <div>
            <p className="field-label">{words.consequences}</p>
            <ul className="consequences">
              {consequences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </div>
        )}
        {blocking.length > 0 && (
          <div>
            <p className="field-label">{words.blocking}</p>
            <ProblemList problems={blocking} nameOf={fieldName} />
          </div>
        )}
        <ReasonField
          value={reason}
          onChange={setReason}
          tried={tried}
          focused={children === undefined}
        />
        <OwnName once />
        {act.isError && <Refusal error={act.error} nameOf={fieldName} />}
        {isConflict && <p className="notice attention">{words.conflict}</p>}
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button
            type="submit"
            className={danger ? 'button danger' : 'button primary'}
            disabled={act.isPending}
          >
            {act.isPending ? words.pending : confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
