/** The open sessions of an account, as an administrator sees them: one is ended with a reason, and the list comes back. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '../../contracts/accessApi.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { sessions as words } from '../words/settings.ts';
import { fieldName } from './fieldName.ts';
import { accountSessionsKey, accountSessionsQuery, endSession } from './queries.ts';
import { deviceOf, type OpenSession, SessionsTable } from './SessionsTable.tsx';

interface Props {
  account: Account;
  onEnded(sentence: string): void;
  onClose(): void;
}

export function SessionsDialog({ account: { id, name }, onEnded, onClose }: Props) {
  const answer = useQuery(accountSessionsQuery(id));
  const [chosen, setChosen] = useState<OpenSession>();
  if (chosen !== undefined) {
    return (
      <ReasonDialog
        title={words.endTitle(name, deviceOf(chosen))}
        confirm={words.end}
        consequences={[words.endConsequence]}
        needs="administer"
        queryKey={accountSessionsKey}
        nameOf={fieldName}
        run={(reason) => endSession(id, chosen.id, reason)}
        onDone={() => onEnded(words.endedOf(name, deviceOf(chosen)))}
        onClose={() => setChosen(undefined)}
      />
    );
  }
  const open = answer.data?.sessions;
  return (
    <Dialog title={words.titleOf(name)} size="lg" onClose={onClose}>
      {open === undefined && <Waiting answers={[answer]} height={120} />}
      {open?.length === 0 && <p className="muted">{words.none}</p>}
      {open !== undefined && open.length > 0 && (
        <SessionsTable label={words.titleOf(name)} sessions={open} onEnd={setChosen} />
      )}
    </Dialog>
  );
}
