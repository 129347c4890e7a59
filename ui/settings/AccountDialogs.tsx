/** What can be done to accounts: each asks for the reason, and says what it brings about. */
import { useRef, useState } from 'react';
import type { Account } from '../../contracts/accessApi.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { accounts as words } from '../words/settings.ts';
import { ChangeAccountDialog } from './ChangeAccountDialog.tsx';
import { fieldName } from './fieldName.ts';
import { NewAccountDialog } from './NewAccountDialog.tsx';
import { changeAccount, endSessions, resetPassword } from './queries.ts';
import { SessionsDialog } from './SessionsDialog.tsx';
import { ShownOnce } from './ShownOnce.tsx';

export type AccountAct = 'make' | 'edit' | 'reset' | 'sessions' | 'end' | 'off' | 'on';

interface Props {
  act: AccountAct;
  account: Account | undefined;
  onClose(): void;
  /** @param before as it was, where that can be brought back */
  onDone(sentence: string, before?: Account): void;
}

interface Secret {
  readonly name: string;
  readonly password: string;
}

export function AccountDialogs({ act, account, onClose, onDone }: Props) {
  // While it is seen the dialog that made it is gone.
  const [secret, setSecret] = useState<Secret>();
  const isMade = useRef(false);
  const show = (made: Secret) => {
    isMade.current = true;
    setSecret(made);
  };
  /** The dialog that asked closes; with a secret there is one more to come. */
  const close = () => {
    if (!isMade.current) onClose();
  };
  if (secret !== undefined) {
    return (
      <ShownOnce
        title={words.passwordTitle(secret.name)}
        text={words.passwordText}
        secret={secret.password}
        label={words.copyPassword}
        stored={words.stored}
        onClose={onClose}
      />
    );
  }
  if (act === 'make') {
    return (
      <NewAccountDialog
        onMade={({ account: { name }, password }) => {
          show({ name, password });
          onDone(words.made(name));
        }}
        onClose={close}
      />
    );
  }
  if (account === undefined) return null;
  const { name } = account;
  const common = {
    needs: 'administer',
    queryKey: 'accounts',
    nameOf: fieldName,
    onClose,
  } as const;
  switch (act) {
    case 'edit':
      return (
        <ChangeAccountDialog
          account={account}
          onChanged={(_, before) => onDone(words.changed(name), before)}
          onClose={onClose}
        />
      );
    case 'reset':
      return (
        <ReasonDialog
          {...common}
          title={words.resetTitle(name)}
          confirm={words.resetConfirm}
          consequences={words.resetConsequences}
          run={(reason) => resetPassword(account.id, reason)}
          onDone={({ password }) => show({ name, password })}
          onClose={close}
        />
      );
    case 'sessions':
      return (
        <SessionsDialog
          account={account}
          onEnded={(sentence) => onDone(sentence)}
          onClose={onClose}
        />
      );
    case 'end':
      return (
        <ReasonDialog
          {...common}
          title={words.endTitle(name)}
          confirm={words.endConfirm}
          consequences={[words.endConsequence]}
          run={(reason) => endSessions(account.id, reason)}
          onDone={() => onDone(words.ended(name))}
        />
      );
    case 'off':
    case 'on': {
      const isActive = act === 'on';
      return (
        <ReasonDialog
          {...common}
          danger={!isActive}
          title={isActive ? words.onTitle(name) : words.offTitle(name)}
          confirm={isActive ? words.switchOn.replace(' …', '') : words.switchOff.replace(' …', '')}
          consequences={isActive ? [words.onConsequence] : words.offConsequences}
          run={(reason) => changeAccount(account, { isActive }, reason)}
          onDone={() => onDone((isActive ? words.switchedOn : words.switchedOff)(name), account)}
        />
      );
    }
  }
}
