/** A listener at the other end of an HTTP response: server-sent events with at most one frame waiting. */
import type { ServerResponse } from 'node:http';
import type { Frame, Listener } from './liveFeed.ts';

/** Not read for so long: whoever it was is gone, and may connect again. */
const patienceMs = 30_000;

/** The part of a response that is needed here. */
export type Outlet = Pick<
  ServerResponse,
  'write' | 'end' | 'destroy' | 'once' | 'writableNeedDrain' | 'destroyed'
>;

export function sseListener(outlet: Outlet): Listener {
  let waiting: Frame | undefined;
  let timer: NodeJS.Timeout | undefined;

  function write(text: string): void {
    if (outlet.destroyed || outlet.write(text)) return;
    timer = setTimeout(() => outlet.destroy(), patienceMs);
    timer.unref();
    outlet.once('drain', () => {
      clearTimeout(timer);
      timer = undefined;
      const frame = waiting;
      waiting = undefined;
      if (frame !== undefined) write(frame.text);
    });
  }

  outlet.once('close', () => clearTimeout(timer));
  return {
    send(frame) {
      if (timer === undefined) write(frame.text);
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
