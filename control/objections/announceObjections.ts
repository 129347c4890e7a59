/**
 * Writes the objections that are in force into the log again: so what the log no longer keeps is in it again, and a partition that is
 * rebuilt from the log alone leaves people alone who objected before it began.
 *
 * Each is the record that it was, so it is a duplicate as long as it is remembered, and afterwards changes nothing: the data plane takes
 * no record that is older than the one it holds. Of somebody of whom it holds none it takes an old one; so whoever has taken an objection
 * back while it was written again is told of as well, under an id of its own, the next time.
 */
import type { Store } from '../../contracts/store.ts';
import { partitionsOfUser } from '../../sources/door/userPartitions.ts';
import type { Announced } from '../definitions/keepAnnounced.ts';
import { readStanding } from './objectionRows.ts';
import { type AppendOptions, appendObjections } from './tellObjections.ts';

export interface AnnounceObjectionsOptions extends AppendOptions {
  readonly store: Store;
}

/** How far back one who has taken it back is told of, ms: longer than two rounds are apart, and one of them takes. */
const takenBackMs = 2 * 3_600_000;

export function announceObjections(options: AnnounceObjectionsOptions): Announced {
  const { store, clock = Date.now } = options;
  return {
    /** @throws EngineError SINK_UNAVAILABLE, OVERLOADED, LOG_FULL, LOG_UNAVAILABLE */
    async announceAgain() {
      const now = clock();
      const standing = await readStanding(store, now - takenBackMs);
      const records = standing.map(({ record, ...each }) => ({
        ...each,
        record: each.to.length > 0 ? record : `${record}-again`,
        places: partitionsOfUser(each.user, options),
      }));
      await appendObjections(records, options, now);
    },
  };
}
