/** A listener at the other end of an HTTP response: server-sent events with at most one waiting. */
import type { ServerResponse } from 'node:http';
import type { Listener } from './liveFeed.ts';

/** Not read for so long: whoever it was is gone, and may connect again. */
const patienceMs = 30_000;

/** The part of a response that is needed here. */
export type Outlet = Pick<
  ServerResponse,
  'write' | 'end' | 'destroy' | 'once' | 'writableNeedDrain' | 'destroyed'
>;

export function sseListener(outlet: Outlet): Listener {
  let waiting: (() => string | undefined) | undefined;
  let timer: NodeJS.Timeout | undefined;

  function write(text: string | undefined): void {
    if (text === undefined || outlet.destroyed || outlet.write(text)) return;
    timer = setTimeout(() => outlet.destroy(), patienceMs);
    timer.unref();
    outlet.once('drain', () => {
      clearTimeout(timer);
      timer = undefined;
      const frame = waiting;
      waiting = undefined;
      write(frame?.());
    });
  }

  outlet.once('close', () => clearTimeout(timer));
  return {
    offer(frame) {
      if (timer === undefined) write(frame());
      else waiting = frame;
    },
    beat() {
      if (timer === undefined) write(': beat\n\n');
    },
    end() {
      clearTimeout(timer);
      outlet.end();
    },
  };
}
