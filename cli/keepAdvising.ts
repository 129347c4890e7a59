/** Recommendations as the active control plane looks for them: what happened besides is counted beside an outcome. */
import { type Adviser, type AdviserOptions, startAdviser } from '../control/insights/adviser.ts';
import type { FactSources } from '../control/insights/factSources.ts';
import { type HappeningSources, readHappenings } from '../control/watching/happenings.ts';
import type { WatchBook } from '../control/watching/watchBook.ts';

export interface KeepAdvisingOptions
  extends Pick<
    AdviserOptions,
    'store' | 'kinds' | 'gatherers' | 'board' | 'say' | 'clock' | 'everyMs'
  > {
  readonly book: WatchBook;
  readonly sources: Omit<FactSources, 'reader' | 'watches'>;
  readonly happenings: Omit<HappeningSources, 'reader' | 'definitions'>;
}

/** What nobody has changed. */
const notChanges = new Set(['alert', 'calendar']);

export function keepAdvising({
  store,
  kinds,
  gatherers,
  board,
  say,
  clock,
  everyMs,
  book,
  sources,
  happenings,
}: KeepAdvisingOptions): Adviser {
  return startAdviser({
    ...{ store, kinds, gatherers, board, say },
    ...(clock === undefined ? {} : { clock }),
    ...(everyMs === undefined ? {} : { everyMs }),
    sources: { ...sources, watches: book },
    async changes(span) {
      const all = { ...happenings, reader: store, definitions: book };
      const found = await readHappenings(all, span);
      return found.filter(({ kind }) => !notChanges.has(kind)).map(({ at }) => at);
    },
  });
}
