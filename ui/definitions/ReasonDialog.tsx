/** Asks before something is changed: shows what it brings about, takes the reason for the record, and says what was refused. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Permission } from '../../contracts/access.ts';
import { ApiProblem } from '../data/client.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Needs } from '../parts/Needs.tsx';
import { OwnName } from '../parts/OwnName.tsx';
import { asking as words } from '../words/definitions.ts';
import { ProblemList } from './ProblemList.tsx';
import type { ProblemSaid } from './problems.ts';
import { ReasonField } from './ReasonField.tsx';
import { Refusal } from './Refusal.tsx';

interface Props<Written> {
  title: string;
  confirm: string;
  consequences: readonly string[];
  /** What stands against it already. */
  blocking?: readonly ProblemSaid[];
  /** Above it. */
  blockingTitle?: string;
  danger?: boolean;
  /** By default the permission to operate. */
  needs?: Permission;
  /** Whether the fields are filled in; said beside them when not. */
  isReady?: boolean;
  /** What is asked for anew afterwards. */
  queryKey: string;
  nameOf(field: string): string | undefined;
  /** Takes the trimmed reason. */
  run(reason: string): Promise<Written>;
  onDone?(written: Written): void;
  onClose(): void;
  /** Fields of its own: the first of them has the focus, else the reason. */
  children?: ReactNode;
}

export function ReasonDialog<Written>(props: Props<Written>) {
  const { title, confirm, consequences, blocking = [], danger = false, isReady = true } = props;
  const { needs = 'operate' } = props;
  const { blockingTitle = words.blocking, queryKey, nameOf } = props;
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
    onSettled: () => queries.invalidateQueries({ queryKey: [queryKey] }),
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
            <p className="field-label">{blockingTitle}</p>
            <ProblemList problems={blocking} nameOf={nameOf} />
          </div>
        )}
        <ReasonField value={reason} onChange={setReason} tried={tried} focused={!children} />
        <OwnName once />
        {act.isError && <Refusal error={act.error} nameOf={nameOf} />}
        {isConflict && <p className="notice attention">{words.conflict}</p>}
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <Needs permission={needs}>
            <button
              type="submit"
              className={danger ? 'button danger' : 'button primary'}
              disabled={act.isPending}
            >
              {act.isPending ? words.pending : confirm}
            </button>
          </Needs>
        </div>
      </form>
    </Dialog>
  );
}
