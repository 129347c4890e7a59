/** A clock that goes when it is told to. */
import { setImmediate } from 'node:timers/promises';
import type { NoticeClock } from '../../control/notices/deliveries.ts';

export interface HandClock extends NoticeClock {
  /** Goes on by so much, stopping at each thing that is to be run; what that begins has time to come to rest. */
  go(ms: number): Promise<void>;
}

/** @param start ms since 1970 */
export function handClock(start: number): HandClock {
  let now = start;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  const rest = async () => {
    for (let i = 0; i < 20; i += 1) await setImmediate();
  };
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async go(ms) {
      const end = now + ms;
      await rest();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.run();
        await rest();
      }
      now = end;
    },
  };
}
