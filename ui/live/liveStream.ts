/** One connection to `/v1/live`: reports ticks and failures, and tries again by itself until it is closed. */
import type { LiveTick } from '../../contracts/api.ts';
import { parseTick, retryDelayMs, silenceMs } from './liveState.ts';

export interface LiveListener {
  ticked(tick: LiveTick): void;
  failed(): void;
}

/** @returns closes the connection; nothing is reported afterwards */
export function openLiveStream(listener: LiveListener, url = '/v1/live'): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  function fail(): void {
    source?.close();
    failures += 1;
    listener.failed();
    clearTimeout(timer);
    timer = setTimeout(connect, retryDelayMs(failures));
  }

  // The browser would not notice a peer that is silent without having closed: a timer does.
  function expectTick(): void {
    clearTimeout(timer);
    timer = setTimeout(fail, silenceMs);
  }

  function receive(message: MessageEvent<string>): void {
    const tick = parseTick(message.data);
    if (tick === undefined) return;
    failures = 0;
    expectTick();
    listener.ticked(tick);
  }

  function connect(): void {
    source = new EventSource(url);
    source.addEventListener('message', receive);
    source.addEventListener('tick', receive);
    source.addEventListener('error', fail);
    expectTick();
  }

  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
