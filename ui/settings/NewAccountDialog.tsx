/** Makes an account. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { isName } from '../data/ownName.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { isLogin } from '../signin/isLogin.ts';
import { accounts as words } from '../words/settings.ts';
import { first } from '../words/signin.ts';
import { fieldName } from './fieldName.ts';
import { type PersonDraft, PersonFields } from './PersonFields.tsx';
import { type AccountMade, makeAccount } from './queries.ts';
import { scopeDraft, scopeOf } from './scopeDraft.ts';

interface Props {
  onMade(made: AccountMade): void;
  onClose(): void;
}

export function NewAccountDialog({ onMade, onClose }: Props) {
  const [login, setLogin] = useState('');
  const [draft, setDraft] = useState<PersonDraft>({
    ...{ name: '', role: 'viewer', scope: scopeDraft('everywhere') },
  });
  const scope = scopeOf(draft.scope);
  return (
    <ReasonDialog
      title={words.makeTitle}
      confirm={words.makeConfirm}
      needs="administer"
      consequences={words.makeConsequences}
      isReady={isLogin(login.trim()) && isName(draft.name) && scope !== undefined}
      queryKey="accounts"
      nameOf={fieldName}
      run={(reason) =>
        makeAccount({
          ...{ login: login.trim(), name: draft.name.trim(), role: draft.role, reason },
          scope: scope ?? 'everywhere',
        })
      }
      onDone={onMade}
      onClose={onClose}
    >
      <TextInput
        label={words.fields['login']}
        description={first.loginText}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        data-autofocus
        value={login}
        error={login !== '' && !isLogin(login.trim()) ? first.loginWrong : undefined}
        onChange={({ currentTarget }) => setLogin(currentTarget.value)}
      />
      <PersonFields value={draft} onChange={setDraft} focused={false} />
    </ReasonDialog>
  );
}
