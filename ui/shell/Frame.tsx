/** Who asks comes first: then the pages in their frame, with the live stream; or the page that signs somebody in. */
import { QueryClientProvider } from '@tanstack/react-query';
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { newQueries } from '../data/newQueries.ts';
import { ownPlaces, placeText } from '../data/place.ts';
import { followTabs, useSession } from '../data/session.ts';
import { useSignedOut } from '../data/signedOut.ts';
import { useView } from '../data/useView.ts';
import { LiveProvider } from '../live/LiveProvider.tsx';
import { messages } from '../words/shell.ts';
import { PlaceQueries } from './PlaceQueries.tsx';
import { SessionWatch } from './SessionWatch.tsx';
import { Shell } from './Shell.tsx';

const SignedOutNotice = lazy(async () => ({
  default: (await import('./SignedOutNotice.tsx')).SignedOutNotice,
}));

export function Frame() {
  const isSignIn = useLocation({ select: ({ pathname }) => /^\/sign-in\/?$/.test(pathname) });
  useEffect(followTabs, []);
  return isSignIn ? <SigningIn /> : <Signed />;
}

function SigningIn() {
  const [queries] = useState(newQueries);
  return (
    <QueryClientProvider client={queries}>
      <Outlet />
    </QueryClientProvider>
  );
}

function Signed() {
  const { history } = useRouter();
  const here = useLocation({ select: ({ href }) => href });
  const { phase, session } = useSession();
  const isOut = useSignedOut();
  const begins = useBeginning();
  const mustSign =
    phase === 'known' && (session?.principal === null || session?.mustChangePassword);
  useEffect(() => {
    if (mustSign) history.replace(`/sign-in?next=${encodeURIComponent(here)}`);
  }, [mustSign, here, history]);
  if (phase === 'asking' || mustSign || begins) {
    return (
      <p className="visually-hidden" role="status">
        {messages.account.waiting}
      </p>
    );
  }
  return (
    <PlaceQueries>
      {(key) => (
        <LiveProvider>
          <SessionWatch />
          <Shell key={key} />
          <Suspense fallback={null}>{isOut && <SignedOutNotice />}</Suspense>
        </LiveProvider>
      )}
    </PlaceQueries>
  );
}

/** Who is confined to one place begins there; who has several, in all of them. @returns whether the address still has to say so */
function useBeginning(): boolean {
  const { search, change } = useView();
  const own = ownPlaces(useSession().session?.principal?.scope);
  const only = own?.length === 1 ? own[0] : undefined;
  const first = search.place !== undefined || only === undefined ? undefined : placeText(only);
  useEffect(() => {
    if (first !== undefined) change({ place: first });
  }, [first, change]);
  return first !== undefined;
}
