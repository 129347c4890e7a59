/** Watching as the active control plane does it: what is watched by default is defined, who is to be told is told. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createTellOnce } from '../control/definitions/tellOnce.ts';
import type { Deliveries } from '../control/notices/deliveries.ts';
import { defaultWatches } from '../control/watching/defaultWatches.ts';
import { explain } from '../control/watching/explain.ts';
import type { HappeningSources } from '../control/watching/happenings.ts';
import { adoptWatches, type WatchBook } from '../control/watching/watchBook.ts';
import { startWatcher, type Watcher, type WatcherOptions } from '../control/watching/watcher.ts';
import type { AlertNotices } from './alertNotices.ts';

export interface KeepWatchingOptions
  extends Pick<
    WatcherOptions,
    'store' | 'board' | 'timeZone' | 'say' | 'clock' | 'everyMs' | 'settleMs' | 'makers'
  > {
  readonly book: WatchBook;
  readonly notices: AlertNotices;
  readonly happenings: Omit<HappeningSources, 'reader' | 'definitions'>;
}

/** Until another try to begin, ms. */
const againMs = 5_000;

/** Begins beside whatever else begins, and again until it succeeds. */
export function keepWatching({
  book,
  notices,
  happenings,
  ...options
}: KeepWatchingOptions): Watcher {
  const { store, say } = options;
  const told = createTellOnce(say);
  const stopping = new AbortController();
  const { signal } = stopping;
  const sources: HappeningSources = { ...happenings, reader: store, definitions: book };
  let deliveries: Deliveries | undefined;
  let watcher: Watcher | undefined;

  async function begin(): Promise<void> {
    while (!signal.aborted) {
      try {
        await adoptWatches(book, defaultWatches);
        deliveries ??= await notices.open();
        if (signal.aborted) return;
        watcher = startWatcher({
          ...{ ...options, book, teller: deliveries },
          explain: (alert, watch) => explain(sources, alert, watch),
        });
        return;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (!signal.aborted) told.tell('begin', `Watching does not begin yet: ${why}`);
        await sleep(againMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  const begun = begin();
  return {
    look: () => watcher?.look(),
    async stop() {
      stopping.abort();
      await begun;
      await watcher?.stop();
      await deliveries?.stop();
    },
  };
}
