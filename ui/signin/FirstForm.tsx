/** Makes the first administrator, and signs in as that: from the engine's own machine as it is, from elsewhere with its code. */
import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import {
  type Account,
  passwordLengthMax,
  passwordLengthMin,
  type SessionAnswer,
} from '../../contracts/accessApi.ts';
import { ApiProblem, sendJson } from '../data/client.ts';
import { isName } from '../data/ownName.ts';
import { change, first as words } from '../words/signin.ts';
import { isLogin } from './isLogin.ts';
import { PasswordField } from './PasswordField.tsx';

interface Props {
  needsCode: boolean;
  onSigned(session: SessionAnswer): void;
}

export function FirstForm({ needsCode, onSigned }: Props) {
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const isLong = [...password].length >= passwordLengthMin && password.length <= passwordLengthMax;
  const rule = change.rule(passwordLengthMin, passwordLengthMax);
  const make = useMutation({
    mutationFn: async () => {
      const given = { login: login.trim(), name: name.trim(), password };
      await sendJson<Account>('POST', '/v1/accounts/first', { ...given, code: code.trim() });
      return sendJson<SessionAnswer>('POST', '/v1/session', { login: given.login, password });
    },
    onSuccess: onSigned,
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (isLogin(login.trim()) && isName(name) && isLong) make.mutate();
  }

  return (
    <form className="dialog-form" onSubmit={submit} noValidate>
      {needsCode && (
        <TextInput
          label={words.code}
          description={words.codeText}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={256}
          data-autofocus
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
      )}
      <TextInput
        label={words.name}
        description={words.nameText}
        name="name"
        autoComplete="name"
        maxLength={100}
        value={name}
        error={tried && !isName(name) ? words.nameWrong : undefined}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <TextInput
        label={words.login}
        description={words.loginText}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        value={login}
        error={tried && !isLogin(login.trim()) ? words.loginWrong : undefined}
        onChange={({ currentTarget }) => setLogin(currentTarget.value)}
      />
      <PasswordField
        label={words.password}
        name="new-password"
        autoComplete="new-password"
        description={rule}
        maxLength={passwordLengthMax}
        value={password}
        error={tried && !isLong ? rule : undefined}
        onChange={setPassword}
      />
      {make.error !== null && (
        <p className="notice bad" role="alert">
          {make.error instanceof ApiProblem && make.error.code === 'KEY_TAKEN'
            ? words.taken
            : make.error.message}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="button primary" disabled={make.isPending}>
          {make.isPending ? words.pending : words.submit}
        </button>
      </div>
    </form>
  );
}
