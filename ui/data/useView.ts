/** The view that the address holds, and how to change it. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Search } from './search.ts';

export interface View {
  readonly search: Search;
  /** Replaces the address; what is not named stays. */
  change(part: Partial<Search>): void;
}

export function useView(): View {
  const search = useSearch({ from: '__root__' });
  const navigate = useNavigate();
  const change = useCallback(
    (part: Partial<Search>) => {
      void navigate({
        to: '.',
        search: (previous) => ({ ...previous, ...part }),
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return { search, change };
}
