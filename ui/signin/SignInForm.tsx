/** Login and password: the same on the page and in the dialog over a page whose session has ended. */
import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import type { SessionAnswer } from '../../contracts/accessApi.ts';
import { ApiProblem, sendJson } from '../data/client.ts';
import { signing as words } from '../words/signin.ts';
import { PasswordField } from './PasswordField.tsx';
import { useCountdown, waitWords } from './useCountdown.ts';

interface Props {
  onSigned(session: SessionAnswer): void;
}

export function SignInForm({ onSigned }: Props) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [waitSeconds, wait] = useCountdown();
  const form = useRef<HTMLFormElement>(null);
  const signIn = useMutation({
    mutationFn: () =>
      sendJson<SessionAnswer>('POST', '/v1/session', { login: login.trim(), password }),
    onSuccess: onSigned,
    onError: (error) => {
      const seconds = error instanceof ApiProblem ? error.details['retryAfter'] : undefined;
      if (typeof seconds === 'number') wait(seconds);
      const isWrong = error instanceof ApiProblem && error.code === 'SIGN_IN_FAILED';
      if (!isWrong) return;
      setPassword('');
      form.current?.querySelector<HTMLInputElement>('input[name=password]')?.focus();
    },
  });
  const isReady = login.trim() !== '' && password !== '';

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (isReady && waitSeconds === 0 && !signIn.isPending) signIn.mutate();
  }

  return (
    <form ref={form} className="dialog-form" onSubmit={submit} noValidate>
      <TextInput
        label={words.login}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={256}
        data-autofocus
        autoFocus
        value={login}
        onChange={({ currentTarget }) => setLogin(currentTarget.value)}
      />
      <PasswordField
        label={words.password}
        name="password"
        autoComplete="current-password"
        maxLength={1_024}
        value={password}
        onChange={setPassword}
      />
      {waitSeconds > 0 ? (
        <p className="notice attention" role="status">
          {words.wait(waitWords(waitSeconds))}
        </p>
      ) : (
        signIn.error !== null && (
          <p className="notice bad" role="alert">
            {sentenceOf(signIn.error)}
          </p>
        )
      )}
      <div className="actions">
        <button
          type="submit"
          className="button primary"
          disabled={!isReady || waitSeconds > 0 || signIn.isPending}
        >
          {signIn.isPending ? words.pending : words.submit}
        </button>
      </div>
    </form>
  );
}

function sentenceOf(error: Error): string {
  if (!(error instanceof ApiProblem)) return error.message;
  if (error.status === 0) return words.unreachable;
  return error.code === 'SIGN_IN_FAILED' ? words.wrong : error.message;
}
