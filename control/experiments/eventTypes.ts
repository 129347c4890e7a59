/** Which types of events have come lately: a metric over others would stay silent. */
import type { Store } from '../../contracts/store.ts';

/** Answers are given again for so long, ms: a form that is being filled in asks often. */
const freshMs = 2_000;

/** From the summaries by minute of the last 90 days; all of one moment are shared. */
export function createEventTypes(
  store: Pick<Store, 'query'>,
  clock: () => number = Date.now,
): () => Promise<ReadonlySet<string>> {
  let asked: Promise<ReadonlySet<string>> | undefined;
  let askedAt = 0;
  return () => {
    if (asked !== undefined && clock() - askedAt < freshMs) return asked;
    askedAt = clock();
    asked = read(store);
    asked.catch(() => {
      asked = undefined;
    });
    return asked;
  };
}

async function read(store: Pick<Store, 'query'>): Promise<ReadonlySet<string>> {
  const rows = await store.query<{ segment: string }>(
    `SELECT DISTINCT segment FROM metrics
     WHERE metric = 'events' AND window_start > now64(3) - INTERVAL 90 DAY LIMIT 10000`,
  );
  return new Set(rows.map(({ segment }) => segment));
}
