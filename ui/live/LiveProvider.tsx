/**
 * Keeps the one live connection, refreshes what is visible when something was committed, and tells all parts about it.
 *
 * A query whose `meta` says `lasting` depends on nothing that is committed, and is left alone; one whose `meta` says `live` is cheap, and shows
 * what is committed as soon as it is.
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
import type { LiveTick } from '../../contracts/api.ts';
import { tellSignedOut } from '../data/session.ts';
import { useSignedOut } from '../data/signedOut.ts';
import { advanceLive, idlePhases, initialLive, type LiveState } from './liveState.ts';
import { advanceGate, initialGate, lookAgainAt, refreshMs } from './refreshGate.ts';
import { openSharedLive } from './sharedLive.ts';

/** Questions about alerts and what is watched: their keys begin so. */
const ofAlerts: readonly unknown[] = ['alerts', 'watches'];
const isOfAlerts = ({ queryKey: [first], meta }: Query) =>
  ofAlerts.includes(first) && meta?.['lasting'] !== true;
const isOfHappenings = ({ queryKey: [first] }: Query) => first === 'happenings';
const hasError = ({ state }: Query) => state.status === 'error';

/** How often what is shown is renewed where no line says that it should be, ms. */
const unheardMs = 60_000;

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
  // Kept while nothing is heard: what was committed meanwhile is then asked for once, and nothing if nothing was.
  const gate = useRef(initialGate);
  const out = useSignedOut();
  const open = !out && idlePhases.every((phase) => phase !== state.phase);

  useEffect(() => {
    if (!open) return;
    let hasFailed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function look(tick: LiveTick): void {
      const at = Date.now();
      const { committedAt = tick.time } = tick;
      // What was committed meanwhile is not kept waiting because the last refresh, which may have failed, was not long ago.
      const refreshedAt = hasFailed ? at - refreshMs : Infinity;
      const state = {
        ...gate.current,
        refreshedAt: Math.min(gate.current.refreshedAt, refreshedAt),
      };
      const next = advanceGate(state, at, { ...tick, ageMs: tick.time - committedAt });
      gate.current = next.state;
      if (next.alerts) void queries.invalidateQueries({ predicate: isOfHappenings });
      if (next.alerts && !next.refresh) {
        void queries.invalidateQueries({ predicate: isOfAlerts });
      }
      if (next.insights) void queries.invalidateQueries({ queryKey: ['insights'] });
      // What was asked for in vain while the line was down.
      if (hasFailed && !next.refresh) {
        void queries.refetchQueries({ type: 'active', predicate: hasError });
      }
      hasFailed = false;
      // A question that takes longer than the pause between two refreshes would never be answered if each began it anew.
      if (next.refresh) {
        void queries.invalidateQueries(
          { refetchType: 'active', predicate: ({ meta }) => meta?.['lasting'] !== true },
          { cancelRefetch: false },
        );
      }
      if (next.moved && !next.refresh) {
        void queries.invalidateQueries(
          { refetchType: 'active', predicate: ({ meta }) => meta?.['live'] === true },
          { cancelRefetch: false },
        );
      }
      // While nothing changes nothing is heard.
      clearTimeout(timer);
      const again = lookAgainAt(gate.current);
      if (again !== undefined) timer = setTimeout(look, Math.max(0, again - at), tick);
    }

    const leave = openSharedLive({
      ticked({ tick }) {
        send({ kind: 'ticked', at: Date.now(), tick });
        look(tick);
      },
      failed() {
        hasFailed = true;
        send({ kind: 'failed', at: Date.now() });
      },
      signedOut() {
        send({ kind: 'signedOut', at: Date.now() });
        tellSignedOut();
      },
      refused() {
        send({ kind: 'refused', at: Date.now() });
      },
    });
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [open, queries]);

  useEffect(() => {
    const look = () => send({ kind: document.hidden ? 'hidden' : 'shown', at: Date.now() });
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);

  useEffect(() => {
    if (!out) send({ kind: 'signedIn', at: Date.now() });
  }, [out]);

  const isUnheard = state.phase === 'refused' && !out;
  useEffect(() => {
    if (!isUnheard) return;
    const timer = setInterval(() => {
      if (!document.hidden) void queries.invalidateQueries({ refetchType: 'active' });
    }, unheardMs);
    return () => clearInterval(timer);
  }, [isUnheard, queries]);

  const paused = state.phase === 'paused';
  const togglePause = useCallback(() => {
    send({ kind: paused ? 'resumed' : 'paused', at: Date.now() });
  }, [paused]);

  const live = useMemo(() => ({ state, togglePause }), [state, togglePause]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
