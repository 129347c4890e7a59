/** Notices that the session has ended although nobody asks for anything: at its time. */
import { useEffect } from 'react';
import { askSession, useSession } from '../data/session.ts';

/** Browsers wait no longer than this, ms. */
const waitMaxMs = 2_147_000_000;

export function SessionWatch() {
  const { session } = useSession();
  useEffect(() => {
    if (session?.expiresAt == null) return;
    // By the engine's clock: that of the browser may be an hour off.
    const leftMs = session.expiresAt - session.now;
    const timer = setTimeout(() => void askSession(), Math.min(waitMaxMs, leftMs + 500));
    return () => clearTimeout(timer);
  }, [session]);
  return null;
}
