/** When a row of a table changed last: looked up beside whoever asks, at most once a second, so that nobody waits for it. */
import { bounded, type Reader } from '../control/statement.ts';

/** Between two looks, ms. */
const everyMs = 1_000;

/**
 * @param table with a column `changed_at`
 * @param clock ms
 * @returns ms since 1970, as far as it is known; undefined: nothing is known, or there is no row
 */
export function latestChange(
  reader: Reader,
  table: 'alerts' | 'insights',
  clock: () => number,
): () => number | undefined {
  const newest = bounded(`
  SELECT toUnixTimestamp64Milli(max(changed_at)) AS at, count() AS revisions FROM ${table}`);
  let changedAt: number | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = clock();
    if (now - lookedAt >= everyMs) {
      lookedAt = now;
      reader.query<{ at: number; revisions: number }>(newest).then(
        ([row]) => {
          if (row !== undefined && row.revisions > 0) changedAt = row.at;
        },
        () => undefined, // the next look tries again
      );
    }
    return changedAt;
  };
}
