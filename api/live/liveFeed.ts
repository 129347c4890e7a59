/**
 * One poller for all who listen: it runs while anyone does, and each tick goes to everyone.
 *
 * A tick is the whole state, so a later one replaces an earlier one: a listener that reads slowly gets the newest when
 * it is ready again, and nothing piles up for it.
 */
import type { LiveTick } from '../../contracts/api.ts';

/** A tick as it goes over the wire, and its id. */
export interface Frame {
  readonly id: string;
  readonly text: string;
}

export interface Listener {
  /** Takes the frame, or the newest one later. */
  send(frame: Frame): void;
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
   * @param lastId id of the newest frame that the listener has, if any: that one is not sent again
   * @returns what removes the listener
   */
  add(listener: Listener, lastId?: string): () => void;
  /** Ends all streams, for good. */
  close(): void;
}

export interface LiveFeedOptions {
  readonly intervalMs?: number;
  readonly heartbeatMs?: number;
  readonly listenersMax?: number;
}

/**
 * @param read  the present state; a tick for which it fails is left out
 * @param epoch tells this run of the engine from others in the ids of frames
 */
export function createLiveFeed(
  read: () => Promise<LiveTick>,
  epoch: string,
  { intervalMs = 1_000, heartbeatMs = 15_000, listenersMax = 100 }: LiveFeedOptions = {},
): LiveFeed {
  const listeners = new Set<Listener>();
  let timers: NodeJS.Timeout[] = [];
  let count = 0;
  let newest: Frame | undefined;
  let reading = false;
  let closed = false;

  async function tick(): Promise<void> {
    if (reading) return;
    reading = true;
    try {
      const data = JSON.stringify(await read());
      count += 1;
      const id = `${epoch}-${count}`;
      newest = { id, text: `id: ${id}\ndata: ${data}\n\n` };
      for (const listener of listeners) listener.send(newest);
    } catch {
      // The next tick tells; heartbeats go on meanwhile.
    } finally {
      reading = false;
    }
  }

  function start(): void {
    newest = undefined;
    void tick();
    timers = [
      setInterval(() => void tick(), intervalMs),
      setInterval(() => {
        for (const listener of listeners) listener.beat();
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
      listeners.add(listener);
      if (listeners.size === 1) start();
      else if (newest !== undefined && newest.id !== lastId) listener.send(newest);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) stop();
      };
    },
    close() {
      closed = true;
      stop();
      for (const listener of [...listeners]) listener.end();
      listeners.clear();
    },
  };
}
