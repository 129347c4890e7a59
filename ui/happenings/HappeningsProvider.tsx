/**
 * One stream of what happened for all charts of a page: each says which time it shows, the stream is asked for once for all
 * of it, and a number means the same in each of them.
 */
import { useQuery } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useState,
} from 'react';
import type { Window } from '../data/range.ts';
import { useView } from '../data/useView.ts';
import { type Happened, happenedIn, type Own, roundedOut } from './happened.ts';
import { happeningsQuery } from './happeningsQuery.ts';

interface Shared {
  readonly happened: Happened;
  /** Whether any chart of the page is over time. */
  readonly isCharted: boolean;
  setWindow(chart: string, window: Window | undefined): void;
  setOwn(own: Own | undefined): void;
}

const HappeningsContext = createContext<Shared | null>(null);
const noWindow: Window = { from: 0, to: 0 };
const noKinds = [] as const;

/** Of one page: give it another key for another. */
export function HappeningsProvider({ children }: { children: ReactNode }) {
  const { search } = useView();
  const [windows, setWindows] = useState<ReadonlyMap<string, Window>>(new Map());
  const [own, setOwn] = useState<Own>();
  const setWindow = useCallback((chart: string, window: Window | undefined) => {
    setWindows((before) => {
      const after = new Map(before);
      if (window === undefined) after.delete(chart);
      else after.set(chart, window);
      return after;
    });
  }, []);
  const all = [...windows.values()];
  const isCharted = all.length > 0;
  const from = Math.min(...all.map((window) => window.from));
  const to = Math.max(...all.map((window) => window.to));
  const asked = useQuery({
    ...happeningsQuery(isCharted ? roundedOut({ from, to }) : noWindow),
    enabled: isCharted,
  });
  const stream = asked.data?.happenings;
  const hidden = search.hide ?? noKinds;
  const happened = useMemo(
    () => happenedIn(stream ?? [], isCharted ? { from, to } : noWindow, hidden, own),
    [stream, isCharted, from, to, hidden, own],
  );
  const shared = useMemo(
    () => ({ happened, isCharted, setWindow, setOwn }),
    [happened, isCharted, setWindow],
  );
  return <HappeningsContext value={shared}>{children}</HappeningsContext>;
}

function useShared(): Shared {
  const shared = useContext(HappeningsContext);
  if (shared === null) throw new TypeError('useHappened: expected inside HappeningsProvider');
  return shared;
}

/** What happened in all that the charts of the page show. */
export function usePageHappened(): Pick<Shared, 'happened' | 'isCharted'> {
  return useShared();
}

/**
 * Makes known which time a chart shows.
 *
 * @param window undefined: none at present
 */
export function useHappened(window: Window | undefined): Happened {
  const chart = useId();
  const { happened, setWindow } = useShared();
  const [from, to] = [window?.from, window?.to];
  useEffect(() => {
    if (from === undefined || to === undefined) return;
    setWindow(chart, { from, to });
  }, [chart, from, to, setWindow]);
  useEffect(() => () => setWindow(chart, undefined), [chart, setWindow]);
  return happened;
}

/** @param own a new object only when it has changed */
export function useOwnHappenings(own: Own): void {
  const { setOwn } = useShared();
  useEffect(() => {
    setOwn(own);
    return () => setOwn(undefined);
  }, [own, setOwn]);
}
