/** Changes name, role or places of an account: what was not touched stays as it is by then. */
import { useState } from 'react';
import type { Account } from '../../contracts/accessApi.ts';
import { isName } from '../data/ownName.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { accounts as words } from '../words/settings.ts';
import { fieldName } from './fieldName.ts';
import { type PersonDraft, PersonFields } from './PersonFields.tsx';
import { type AccountPart, changeAccount } from './queries.ts';
import { scopeDraft, scopeOf } from './scopeDraft.ts';

interface Props {
  account: Account;
  onChanged(changed: Account, before: Account): void;
  onClose(): void;
}

export function ChangeAccountDialog({ account, onChanged, onClose }: Props) {
  const [began] = useState<PersonDraft>(() => ({
    ...{ name: account.name, role: account.role, scope: scopeDraft(account.scope) },
  }));
  const [draft, setDraft] = useState(began);
  const scope = scopeOf(draft.scope);
  const part: AccountPart = {
    ...(draft.name === began.name ? {} : { name: draft.name.trim() }),
    ...(draft.role === began.role ? {} : { role: draft.role }),
    ...(draft.scope === began.scope || scope === undefined ? {} : { scope }),
  };
  const isTouched = Object.keys(part).length > 0;
  return (
    <ReasonDialog
      title={words.editTitle(account.name)}
      confirm={words.editConfirm}
      needs="administer"
      consequences={'role' in part || 'scope' in part ? [words.editConsequence] : []}
      isReady={isTouched && isName(draft.name) && scope !== undefined}
      queryKey="accounts"
      nameOf={fieldName}
      run={(reason) => changeAccount(account, part, reason)}
      onDone={(changed) => onChanged(changed, account)}
      onClose={onClose}
    >
      <PersonFields value={draft} onChange={setDraft} focused />
    </ReasonDialog>
  );
}
