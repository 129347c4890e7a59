/** Changes the own password. All other sessions of the account end; this one begins anew. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import {
  passwordLengthMax,
  passwordLengthMin,
  type SessionAnswer,
} from '../../contracts/accessApi.ts';
import { ApiProblem, sendJson } from '../data/client.ts';
import { keepSession } from '../data/session.ts';
import { signing, change as words } from '../words/signin.ts';
import { PasswordField } from './PasswordField.tsx';
import { useCountdown, waitWords } from './useCountdown.ts';

interface Props {
  onChanged(): void;
  /** Beside the button. */
  children?: ReactNode;
}

export function PasswordForm({ onChanged, children }: Props) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [tried, setTried] = useState(false);
  const [waitSeconds, wait] = useCountdown();
  const length = [...next].length;
  const isLong = length >= passwordLengthMin && next.length <= passwordLengthMax;
  const change = useMutation({
    mutationFn: () => sendJson<SessionAnswer>('POST', '/v1/session/password', { current, next }),
    onSuccess: (session) => {
      for (const clear of [setCurrent, setNext, setRepeated]) clear('');
      setTried(false);
      keepSession(session);
      onChanged();
    },
    onError: (error) => {
      const seconds = error instanceof ApiProblem ? error.details['retryAfter'] : undefined;
      if (typeof seconds === 'number') wait(seconds);
    },
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (current !== '' && isLong && next === repeated && waitSeconds === 0) change.mutate();
  }

  return (
    <form className="dialog-form password-form" onSubmit={submit} noValidate>
      <PasswordField
        label={words.current}
        name="current-password"
        autoComplete="current-password"
        maxLength={1_024}
        value={current}
        onChange={setCurrent}
      />
      <PasswordField
        label={words.next}
        name="new-password"
        autoComplete="new-password"
        description={words.rule(passwordLengthMin, passwordLengthMax)}
        maxLength={passwordLengthMax}
        value={next}
        error={tried && !isLong ? words.rule(passwordLengthMin, passwordLengthMax) : undefined}
        onChange={setNext}
      />
      <PasswordField
        label={words.repeat}
        name="new-password-again"
        autoComplete="new-password"
        maxLength={passwordLengthMax}
        value={repeated}
        error={tried && next !== repeated ? words.differ : undefined}
        onChange={setRepeated}
      />
      {waitSeconds > 0 ? (
        <p className="notice attention" role="status">
          {signing.wait(waitWords(waitSeconds))}
        </p>
      ) : (
        change.error !== null && (
          <p className="notice bad" role="alert">
            {sentenceOf(change.error)}
          </p>
        )
      )}
      <div className="actions">
        {children}
        <button type="submit" className="button primary" disabled={change.isPending}>
          {change.isPending ? words.pending : words.submit}
        </button>
      </div>
    </form>
  );
}

function sentenceOf(error: Error): string {
  const isWrong = error instanceof ApiProblem && error.code === 'SIGN_IN_FAILED';
  return isWrong ? words.wrong : error.message;
}
