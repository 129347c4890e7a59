/** Whether the engine no longer knows who asks: known to the whole page from the first refusal on, until it is loaded anew. */
import { useSyncExternalStore } from 'react';

let isOut = false;
const listeners = new Set<() => void>();

export function signOut(): void {
  isOut = true;
  for (const listener of listeners) listener();
}

/** Codes of refusals that signing in would lift. */
export const signInCodes: readonly string[] = ['SIGN_IN_NEEDED', 'SESSION_EXPIRED'];

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSignedOut(): boolean {
  return useSyncExternalStore(subscribe, () => isOut);
}
