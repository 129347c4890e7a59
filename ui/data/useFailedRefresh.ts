/** Whether an answer that is shown could not be renewed: it is kept, and marked as old. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';

/** @returns the first such failure; undefined when all that is shown is as new as can be */
export function useFailedRefresh(): Error | undefined {
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback((notify: () => void) => cache.subscribe(notify), [cache]);
  const read = () =>
    cache
      .findAll({ type: 'active' })
      .find(({ state }) => state.status === 'error' && state.data !== undefined)?.state.error ??
    undefined;
  return useSyncExternalStore(subscribe, read);
}
