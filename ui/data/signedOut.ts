/** Whether the engine no longer knows who asks: known to the whole page from the first refusal on, until somebody signs in again. */
import { useSyncExternalStore } from 'react';

let isOut = false;
const listeners = new Set<() => void>();

export function signOut(): void {
  set(true);
}

export function signIn(): void {
  set(false);
}

/** Codes of refusals that signing in would lift. */
export const signInCodes: readonly string[] = ['SIGN_IN_NEEDED', 'SESSION_EXPIRED'];

export function isSignedOut(): boolean {
  return isOut;
}

export function useSignedOut(): boolean {
  return useSyncExternalStore(subscribe, () => isOut);
}

function set(next: boolean): void {
  if (isOut === next) return;
  isOut = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
