/** Who asks? A page of its own, without the frame of the others; then on to where somebody wanted to go. */
import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { leaveEngine } from '../data/leaveEngine.ts';
import { askSession, keepSession, useSession } from '../data/session.ts';
import '../definitions/definitions.css';
import { Problem } from '../parts/Problem.tsx';
import { messages } from '../words/shell.ts';
import { FirstForm } from './FirstForm.tsx';
import { ownPath } from './ownPath.ts';
import { PasswordForm } from './PasswordForm.tsx';
import { SignInForm } from './SignInForm.tsx';
import './signIn.css';
import { change, first, signing as words } from '../words/signin.ts';

export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' });
  const { phase, session } = useSession();
  const mustChange = session?.principal != null && session.mustChangePassword;
  const isIn = session?.principal != null && !mustChange;
  useEffect(() => {
    void askSession();
  }, []);
  useEffect(() => {
    // Loaded anew: nothing of who was here before is kept.
    if (isIn) location.replace(ownPath(next, location.origin));
  }, [isIn, next]);

  const makesFirst = session?.principal === null && !session.hasAccounts;
  const title = mustChange ? change.title : makesFirst ? first.title : words.title;
  useEffect(() => {
    document.title = `${title} · ${messages.name}`;
  }, [title]);

  return (
    <main className="sign-in" id="page">
      <p className="brand">
        <img src="/mark.svg" alt="" width="32" height="32" />
        <span>{messages.name}</span>
      </p>
      <div className="card">
        <h1>{title}</h1>
        {phase === 'asking' || isIn ? (
          <p className="muted" role="status">
            {words.waiting}
          </p>
        ) : mustChange ? (
          <>
            <p className="muted">{change.forced}</p>
            <PasswordForm onChanged={() => {}}>
              <button type="button" className="button" onClick={() => void leaveEngine()}>
                {change.signOut}
              </button>
            </PasswordForm>
          </>
        ) : makesFirst ? (
          <>
            <p className="muted">{first.text}</p>
            <FirstForm needsCode={session.access === 'required'} onSigned={keepSession} />
          </>
        ) : (
          <>
            {phase === 'unreachable' && (
              <Problem error={new Error(words.unreachable)} onRetry={() => void askSession()} />
            )}
            <SignInForm onSigned={keepSession} />
          </>
        )}
      </div>
      {phase === 'known' && session?.hasAccounts === true && <p className="muted">{words.help}</p>}
    </main>
  );
}
