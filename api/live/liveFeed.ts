/**
 * One poller for all who listen: it runs while anyone does, and tells each of them what has changed since it was told last.
 *
 * What a listener is told depends on what it knows: all of it at first, then the difference. One that reads slowly gets the
 * difference to the newest when it is ready again, so nothing piles up for it; one that comes back says what it heard last,
 * and goes on from there if that is not long ago. While nothing changes the line is quiet but for its heartbeat.
 */
import type { LiveTick } from '../../contracts/api.ts';
import { isStill, liveDelta } from './liveDelta.ts';

export interface Listener {
  /**
   * Asks `frame` for a message and takes it, now or when there is room again: of several that wait the newest is asked.
   * `undefined`: there is nothing to tell.
   */
  offer(frame: () => string | undefined): void;
  /** Shows the other end that the line is up. */
  beat(): void;
  /** Ends the stream. */
  end(): void;
}

export interface LiveFeed {
  readonly listeners: number;
  /** No more listeners are taken: there are too many, or the feed is closed. */
  readonly full: boolean;
  /**
   * @param lastId id of the newest message that the listener has, if any
   * @returns what removes the listener
   */
  add(listener: Listener, lastId?: string): () => void;
  /** Ends all streams, for good. */
  close(): void;
}

export interface LiveFeedOptions {
  /** Most often that anybody is told something: four times a second. */
  readonly intervalMs?: number;
  readonly heartbeatMs?: number;
  readonly listenersMax?: number;
}

interface Known {
  readonly id: string;
  readonly tick: LiveTick;
}

/** States that a listener can come back from. */
const knownMax = 240;

/**
 * @param read  the present state; a tick for which it fails is left out
 * @param epoch tells this run of the engine from others in the ids of messages
 */
export function createLiveFeed(
  read: () => Promise<LiveTick>,
  epoch: string,
  { intervalMs = 250, heartbeatMs = 2_000, listenersMax = 100 }: LiveFeedOptions = {},
): LiveFeed {
  /** With what each was told last. */
  const listeners = new Map<Listener, { told: Known | undefined; isGreeted: boolean }>();
  const known = new Map<string, Known>();
  let timers: NodeJS.Timeout[] = [];
  let count = 0;
  let newest: Known | undefined;
  /** Whether `newest` has been read since the poller runs. */
  let isFresh = false;
  let reading = false;
  let closed = false;

  async function tick(): Promise<void> {
    if (reading) return;
    reading = true;
    try {
      keep(await read());
      isFresh = true;
      for (const listener of listeners.keys()) tell(listener);
    } catch {
      // The next tick tells; heartbeats go on meanwhile.
    } finally {
      reading = false;
    }
  }

  function keep(tick: LiveTick): void {
    if (newest !== undefined && isStill(liveDelta(newest.tick, tick))) return;
    count += 1;
    newest = { id: `${epoch}-${count}`, tick };
    known.set(newest.id, newest);
    if (known.size > knownMax) known.delete(known.keys().next().value ?? '');
  }

  function tell(listener: Listener): void {
    const held = listeners.get(listener);
    if (held === undefined || (held.isGreeted && held.told === newest)) return;
    listener.offer(() => {
      if (newest === undefined || (held.isGreeted && held.told === newest)) return undefined;
      const text = frameOf(held.told, newest);
      held.told = newest;
      held.isGreeted = true;
      return text;
    });
  }

  function start(): void {
    isFresh = false;
    void tick();
    timers = [
      setInterval(() => void tick(), intervalMs),
      setInterval(() => {
        for (const listener of listeners.keys()) listener.beat();
      }, heartbeatMs),
    ];
  }

  function stop(): void {
    for (const timer of timers) clearInterval(timer);
    timers = [];
  }

  return {
    get listeners() {
      return listeners.size;
    },
    get full() {
      return closed || listeners.size >= listenersMax;
    },
    add(listener, lastId) {
      listeners.set(listener, { told: known.get(lastId ?? ''), isGreeted: false });
      if (listeners.size === 1) start();
      else if (isFresh) tell(listener);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) stop();
      };
    },
    close() {
      closed = true;
      stop();
      for (const listener of [...listeners.keys()]) listener.end();
      listeners.clear();
    },
  };
}

/** As a server-sent event: to who knows `before`, or knows nothing. */
function frameOf(before: Known | undefined, { id, tick }: Known): string {
  const [event, data] =
    before === undefined ? ['snapshot', tick] : ['delta', liveDelta(before.tick, tick)];
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
