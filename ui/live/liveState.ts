/** What the page knows of the live stream: plain data, advanced by events, so that every transition can be tested. */
import type { LiveDelta, LiveTick } from '../../contracts/api.ts';

export type LivePhase =
  | 'connecting'
  | 'live'
  | 'lost'
  | 'paused'
  | 'hidden'
  | 'signedOut'
  | 'refused';

export interface LiveState {
  readonly phase: LivePhase;
  /** The newest tick, also while the stream is lost or paused. */
  readonly tick: LiveTick | null;
  /** By this computer's clock, ms: when the last tick came, or when waiting for the first began. */
  readonly heardAt: number;
  /** Attempts since the last tick. */
  readonly failures: number;
}

export type LiveEvent =
  | { readonly kind: 'ticked'; readonly at: number; readonly tick: LiveTick }
  | {
      readonly kind:
        | 'failed'
        | 'signedOut'
        | 'signedIn'
        | 'refused'
        | 'hidden'
        | 'shown'
        | 'paused'
        | 'resumed';
      readonly at: number;
    };

/** A line that is up beats every two seconds: this long without anything is a lost connection, ms. */
export const silenceMs = 6_000;

/** In which nothing is listened to. */
export const idlePhases: readonly LivePhase[] = ['paused', 'hidden', 'signedOut', 'refused'];

/** There is nothing to pause. */
function isOver(phase: LivePhase): boolean {
  return phase === 'signedOut' || phase === 'refused';
}

export function initialLive(at: number): LiveState {
  return { phase: 'connecting', tick: null, heardAt: at, failures: 0 };
}

export function advanceLive(state: LiveState, event: LiveEvent): LiveState {
  const idle = idlePhases.includes(state.phase);
  switch (event.kind) {
    case 'ticked':
      // A tick that was on its way when the reader paused changes nothing.
      return idle ? state : { phase: 'live', tick: event.tick, heardAt: event.at, failures: 0 };
    case 'failed':
      return idle ? state : { ...state, phase: 'lost', failures: state.failures + 1 };
    case 'signedOut':
      return { ...state, phase: 'signedOut' };
    case 'refused':
      return idle ? state : { ...state, phase: 'refused' };
    case 'signedIn':
      return isOver(state.phase) ? initialLive(event.at) : state;
    case 'hidden':
      return idle ? state : { ...state, phase: 'hidden' };
    case 'shown':
      return state.phase === 'hidden'
        ? { ...state, phase: 'connecting', heardAt: event.at, failures: 0 }
        : state;
    case 'paused':
      return isOver(state.phase) ? state : { ...state, phase: 'paused' };
    case 'resumed':
      return state.phase === 'paused'
        ? { ...state, phase: 'connecting', heardAt: event.at, failures: 0 }
        : state;
  }
}

/** Whether what is shown may be out of date without the reader having asked for that. */
export function isStale(state: LiveState): boolean {
  return state.phase === 'lost';
}

/** Wait before the next attempt, ms: 1, 2, 4, 8, then 10 s. */
export function retryDelayMs(failures: number): number {
  return Math.min(10_000, 1_000 * 2 ** Math.max(0, failures - 1));
}

/**
 * The state of the engine after a message.
 *
 * @param before what a difference is of; undefined: the message has all of it
 * @returns undefined when the text is neither
 */
export function advanceTick(before: LiveTick | undefined, text: string): LiveTick | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const tick = { ...before, ...(value as LiveDelta) };
  const figures = [tick.time, tick.eventsPerSecond, tick.lagEvents, tick.committed];
  if (figures.some((figure) => typeof figure !== 'number')) return undefined;
  if (typeof tick.health?.sentence !== 'string') return undefined;
  return tick as LiveTick;
}
