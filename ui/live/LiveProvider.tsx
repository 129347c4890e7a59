/**
 * Keeps the one live connection, refreshes what is visible when something was committed, and tells all parts about it.
 *
 * A query whose `meta` says `lasting` depends on nothing that is committed, and is left alone.
 */
import { type Query, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
} from 'react';
import { useSignedOut } from '../data/signedOut.ts';
import { advanceLive, initialLive, type LiveState } from './liveState.ts';
import { openLiveStream } from './liveStream.ts';
import { advanceGate, initialGate } from './refreshGate.ts';

/** Questions about alerts and what is watched: their keys begin so. */
const ofAlerts: readonly unknown[] = ['alerts', 'watches'];
const isOfAlerts = ({ queryKey: [first], meta }: Query) =>
  ofAlerts.includes(first) && meta?.['lasting'] !== true;

interface Live {
  readonly state: LiveState;
  togglePause(): void;
}

const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new TypeError('useLive: expected inside LiveProvider, got no provider');
  return live;
}

export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [state, send] = useReducer(advanceLive, Date.now(), initialLive);
  const gate = useRef(initialGate);
  const out = useSignedOut();
  const open = !out && state.phase !== 'paused' && state.phase !== 'hidden';

  useEffect(() => {
    if (!open) return;
    return openLiveStream({
      ticked(tick) {
        const at = Date.now();
        send({ kind: 'ticked', at, tick });
        const { committed, alertsChangedAt, insightsChangedAt } = tick;
        const next = advanceGate(gate.current, committed, at, alertsChangedAt, insightsChangedAt);
        gate.current = next.state;
        if (next.alerts && !next.refresh) {
          void queries.invalidateQueries({ predicate: isOfAlerts });
        }
        if (next.insights) void queries.invalidateQueries({ queryKey: ['insights'] });
        // A question that takes longer than the pause between two refreshes would never be answered if each began it anew.
        if (next.refresh) {
          void queries.invalidateQueries(
            { refetchType: 'active', predicate: ({ meta }) => meta?.['lasting'] !== true },
            { cancelRefetch: false },
          );
        }
      },
      failed() {
        // Whatever was committed meanwhile is asked for with the first tick after the gap.
        gate.current = initialGate;
        send({ kind: 'failed', at: Date.now() });
      },
    });
  }, [open, queries]);

  useEffect(() => {
    const look = () => send({ kind: document.hidden ? 'hidden' : 'shown', at: Date.now() });
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);

  const paused = state.phase === 'paused';
  const togglePause = useCallback(() => {
    gate.current = initialGate;
    send({ kind: paused ? 'resumed' : 'paused', at: Date.now() });
  }, [paused]);

  const live = useMemo(() => ({ state, togglePause }), [state, togglePause]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
