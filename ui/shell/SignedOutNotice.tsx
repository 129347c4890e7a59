/**
 * The session has ended under an open page: what was typed stays. A dialog over the page signs in again; who closes it, to copy what
 * they wrote, finds it again in the line below.
 */
import { lazy, Suspense, useEffect, useState } from 'react';
import { useSignedOut } from '../data/signedOut.ts';
import { messages } from '../messages.ts';

const words = messages.signedOut;

const SignInDialog = lazy(async () => ({
  default: (await import('../signin/SignInDialog.tsx')).SignInDialog,
}));

export function SignedOutNotice() {
  const isOut = useSignedOut();
  const [isOpen, setOpen] = useState(true);
  useEffect(() => {
    if (isOut) setOpen(true);
  }, [isOut]);
  if (!isOut) return null;
  return (
    <>
      <div className="signed-out" role="alert">
        <span>{words.banner}</span>
        <button type="button" className="button small" onClick={() => setOpen(true)}>
          {words.button}
        </button>
      </div>
      {isOpen && (
        <Suspense fallback={null}>
          <SignInDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
