/**
 * Who has signed in here, as the engine has told it: known to the whole page, and to the requests that need the session's token.
 *
 * A store of its own, not a query: whatever is sent needs it, also outside of components. Other tabs are told of a change.
 */
import { useSyncExternalStore } from 'react';
import type { Permission } from '../../contracts/access.ts';
import type { SessionAnswer } from '../../contracts/accessApi.ts';
import { setSignedName } from './ownName.ts';
import { isSignedOut, signIn, signOut } from './signedOut.ts';

/** Name of the header that a change needs. */
export const csrfHeader = 'millrace-csrf';

export interface SessionState {
  /** `asking`: nothing is known yet; `unreachable`: the engine has not said. */
  readonly phase: 'asking' | 'known' | 'unreachable';
  readonly session: SessionAnswer | undefined;
}

const path = '/v1/session';
const channelName = 'millrace-session';

let state: SessionState = { phase: 'asking', session: undefined };
/** What is added to the time since the page began. */
let clockOffset = performance.timeOrigin;
let asked: Promise<SessionAnswer | undefined> | undefined;
/** Once somebody has left, this page is about to go: nothing that is heard meanwhile makes another one of it. */
let isLeft = false;
/** When refusals were asked about lately, ms since the page began. */
let doubts: number[] = [];
/** So many refusals are asked about … */
const doubtsMax = 5;
/** … in so long, ms; further ones are believed. */
const doubtMs = 10_000;
const listeners = new Set<() => void>();

/** Asks the engine; whoever asks meanwhile shares the answer. @returns undefined: it does not say */
export function askSession(): Promise<SessionAnswer | undefined> {
  return asked ?? askSessionAnew();
}

/** Asks once more: what is asked already may be answered as it was before. */
export function askSessionAnew(): Promise<SessionAnswer | undefined> {
  const anew = (asked ?? Promise.resolve(undefined)).then(ask).finally(() => {
    if (asked === anew) asked = undefined;
  });
  asked = anew;
  return anew;
}

/** What the engine has answered to a sign-in or a change of the password. */
export function keepSession(session: SessionAnswer): void {
  take(session);
  tellTabs();
}

/** In this and all other tabs of the browser. Nothing of who was here is shown any longer. */
export function leaveSession(): void {
  setSignedName(undefined);
  say({ phase: 'asking', session: undefined });
  isLeft = true;
  tellTabs();
}

/**
 * An answer says that nobody has signed in. It may be to a question from before somebody did: that is asked; unless it was some times
 * already, as where one engine refuses what another grants.
 */
export function tellSignedOut(): void {
  if (isSignedOut()) return;
  signOut();
  const now = performance.now();
  doubts = doubts.filter((at) => now - at < doubtMs);
  if (doubts.length >= doubtsMax) return;
  doubts.push(now);
  void askSessionAnew();
}

/** @returns none where the engine asks for none */
export async function csrfHeaders(): Promise<Readonly<Record<string, string>>> {
  const session = state.phase === 'known' ? state.session : await askSession();
  const token = session?.csrf ?? null;
  return token === null ? {} : { [csrfHeader]: token };
}

export function useSession(): SessionState {
  return useSyncExternalStore(subscribe, () => state);
}

/** By the clock of the engine, ms since 1970: that of the browser may be an hour off. */
export function engineNow(): number {
  return Math.round(performance.now() + clockOffset);
}

/** Whether who asks has the permission; while that is not known, the engine decides. */
export function isAllowed({ session }: SessionState, permission: Permission): boolean {
  if (session === undefined || session.principal === null) return true;
  return session.principal.permissions.includes(permission);
}

/** Listens to other tabs. @returns ends it */
export function followTabs(): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', () => void askSessionAnew());
  return () => channel.close();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function ask(): Promise<SessionAnswer | undefined> {
  try {
    const response = await fetch(path, { headers: { accept: 'application/json' } });
    if (response.ok) {
      const session = (await response.json()) as SessionAnswer;
      take(session);
      return session;
    }
  } catch {
    // Nobody answers; what is known stays.
  }
  if (state.phase === 'asking') say({ phase: 'unreachable', session: undefined });
  return undefined;
}

function take(session: SessionAnswer): void {
  clockOffset = session.now - performance.now();
  const before = state.session?.principal;
  const { principal } = session;
  // Whoever had the page keeps it, with all that is written on it, until somebody signs in again.
  if (before != null && principal === null) {
    signOut();
    return;
  }
  if (before?.kind === 'person' && principal?.id !== before.id) {
    // What stands on the page is of somebody else.
    location.reload();
    return;
  }
  setSignedName(principal?.kind === 'person' ? principal.name : undefined);
  say({ phase: 'known', session });
  if (principal !== null) signIn();
}

function say(next: SessionState): void {
  if (isLeft) return;
  state = next;
  for (const listener of listeners) listener();
}

function tellTabs(): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('changed');
  channel.close();
}
