/**
 * One connection to `/v1/live`: puts snapshot and differences together, and tries again by itself until it is closed.
 *
 * Read with `fetch`, not with an `EventSource`: that would not say that nobody is signed in, nor that the line is up while
 * nothing changes.
 */
import type { LiveTick } from '../../contracts/api.ts';
import { advanceTick, retryDelayMs, silenceMs } from './liveState.ts';
import { type SseMessage, sseParser } from './sseParser.ts';

/** A state of the engine, and the id under which the server knows it. */
export interface LiveMark {
  readonly id: string;
  readonly tick: LiveTick;
}

export interface LiveListener {
  ticked(mark: LiveMark): void;
  failed(): void;
  /** The server does not know who asks: the line is over. */
  signedOut(): void;
  /** It is not for whoever asks, such as somebody confined to a place: the line is over. */
  refused(): void;
}

export interface LineOptions {
  readonly url?: string;
  /** What is known already: the line goes on from there. */
  readonly from?: LiveMark | undefined;
}

/** @returns closes the connection; nothing is reported afterwards */
export function openLiveLine(
  listener: LiveListener,
  { url = '/v1/live', from }: LineOptions = {},
): () => void {
  let mark = from;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = new AbortController();

  function after(ms: number, run: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  }

  function fail(): void {
    attempt.abort();
    failures += 1;
    listener.failed();
    after(retryDelayMs(failures), connect);
  }

  /** @returns whether the stream goes on */
  function take({ event, data, id }: SseMessage): boolean {
    if (event === 'again') {
      after(0, connect);
      return false;
    }
    const tick = advanceTick(event === 'delta' ? mark?.tick : undefined, data);
    // A difference to what is not known: from the beginning.
    if (tick === undefined) {
      mark = undefined;
      throw new TypeError('live: expected a snapshot first, got something else');
    }
    failures = 0;
    mark = { id, tick };
    listener.ticked(mark);
    return true;
  }

  // The browser would not notice a peer that is silent without having closed: a timer does.
  function connect(): void {
    attempt.abort();
    attempt = new AbortController();
    const { signal } = attempt;
    after(silenceMs, fail);
    read(signal).catch(() => {
      if (!signal.aborted) fail();
    });
  }

  async function read(signal: AbortSignal): Promise<void> {
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (mark !== undefined) headers['last-event-id'] = mark.id;
    const response = await fetch(url, { signal, headers, cache: 'no-store' });
    if (response.status === 401) {
      clearTimeout(timer);
      listener.signedOut();
      return;
    }
    if (response.status === 403) {
      clearTimeout(timer);
      listener.refused();
      return;
    }
    if (!response.ok || response.body === null) throw new TypeError(`live: ${response.status}`);
    const parse = sseParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (signal.aborted) return;
      if (done) throw new TypeError('live: the stream has ended');
      after(silenceMs, fail);
      for (const message of parse(value)) if (!take(message)) return;
    }
  }

  connect();
  return () => {
    clearTimeout(timer);
    attempt.abort();
  };
}
