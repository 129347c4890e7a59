/** Opens the events behind a number: each page gives the question alone, which then stands in the address. */
import { useCallback } from 'react';
import type { BehindSearch } from '../data/search.ts';
import { useMay } from '../data/useMay.ts';
import { useView } from '../data/useView.ts';

export interface OpensBehind {
  /** Single people are seen. */
  readonly may: boolean;
  open(asked: BehindSearch): void;
}

export function useBehind(): OpensBehind {
  const may = useMay('people');
  const { change } = useView();
  const open = useCallback((behind: BehindSearch) => change({ behind }), [change]);
  return { may, open };
}
