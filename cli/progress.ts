/** A progress bar on a terminal; a line every few seconds where there is none. */
import { SingleBar } from 'cli-progress';

export interface Progress {
  /** @param share done, 0 … 1 */
  update(share: number, events: number): void;
  stop(): void;
}

/** Pause between two lines where nobody watches, ms. */
const lineEveryMs = 5_000;

/** @param unit of what is counted, in the plural */
export function progressBar(title: string, unit = 'events'): Progress {
  if (!process.stdout.isTTY) return progressLines(title, unit);
  const bar = new SingleBar({
    format: `${title} {bar} {percentage}% | {events} ${unit} | {rate}/s | {left} left`,
    hideCursor: true,
  });
  const started = performance.now();
  bar.start(1, 0, { events: '0', rate: '–', left: '–' });
  return {
    update(share, events) {
      const seconds = (performance.now() - started) / 1000;
      const left = share > 0 ? (seconds * (1 - share)) / share : Number.NaN;
      bar.update(share, {
        events: events.toLocaleString('en'),
        rate: Math.round(events / Math.max(0.001, seconds)).toLocaleString('en'),
        left: Number.isFinite(left) ? `${Math.ceil(left)} s` : '–',
      });
    },
    stop: () => bar.stop(),
  };
}

function progressLines(title: string, unit: string): Progress {
  let saidAt = performance.now();
  let last = '';
  return {
    update(share, events) {
      last = `${title}: ${(share * 100).toFixed(0)} %, ${events.toLocaleString('en')} ${unit}`;
      if (performance.now() - saidAt < lineEveryMs) return;
      saidAt = performance.now();
      console.log(last);
    },
    stop() {
      if (last !== '') console.log(last);
    },
  };
}
