/** Who asks comes first: then the pages in their frame, with the live stream; or the page that signs somebody in. */
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { followTabs, useSession } from '../data/session.ts';
import { useSignedOut } from '../data/signedOut.ts';
import { LiveProvider } from '../live/LiveProvider.tsx';
import { messages } from '../words/shell.ts';
import { SessionWatch } from './SessionWatch.tsx';
import { Shell } from './Shell.tsx';

const SignedOutNotice = lazy(async () => ({
  default: (await import('./SignedOutNotice.tsx')).SignedOutNotice,
}));

export function Frame() {
  const isSignIn = useLocation({ select: ({ pathname }) => /^\/sign-in\/?$/.test(pathname) });
  useEffect(followTabs, []);
  return isSignIn ? <Outlet /> : <Signed />;
}

function Signed() {
  const { history } = useRouter();
  const here = useLocation({ select: ({ href }) => href });
  const { phase, session } = useSession();
  const isOut = useSignedOut();
  const mustSign =
    phase === 'known' && (session?.principal === null || session?.mustChangePassword);
  useEffect(() => {
    if (mustSign) history.replace(`/sign-in?next=${encodeURIComponent(here)}`);
  }, [mustSign, here, history]);
  if (phase === 'asking' || mustSign) {
    return (
      <p className="visually-hidden" role="status">
        {messages.account.waiting}
      </p>
    );
  }
  return (
    <LiveProvider>
      <SessionWatch />
      <Shell />
      <Suspense fallback={null}>{isOut && <SignedOutNotice />}</Suspense>
    </LiveProvider>
  );
}
