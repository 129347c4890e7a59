/**
 * The session has ended under an open page: what was typed stays. A dialog over the page signs in again; who closes it, to copy what
 * they wrote, finds it again in the line below.
 */
import { useState } from 'react';
import { SignInDialog } from '../signin/SignInDialog.tsx';
import { signedOut as words } from '../words/signin.ts';

export function SignedOutNotice() {
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <div className="signed-out" role="alert">
        <span>{words.banner}</span>
        <button type="button" className="button small" onClick={() => setOpen(true)}>
          {words.button}
        </button>
      </div>
      {isOpen && <SignInDialog onClose={() => setOpen(false)} />}
    </>
  );
}
