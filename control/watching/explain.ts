/** Why an alert may have come: what it is made of, what else happened, and how those before it ended. */
import type { Alert, Explanation, Happening } from '../../contracts/alert.ts';
import type { Watch } from '../../contracts/watch.ts';
import { readAlerts } from './alertRows.ts';
import { contributionsOf } from './contributions.ts';
import { type HappeningSources, readHappenings } from './happenings.ts';

const dayMs = 86_400_000;
const nearbyMax = 20;
const similarMax = 10;

/** @throws EngineError SINK_UNAVAILABLE */
export async function explain(
  sources: HappeningSources,
  alert: Alert,
  watch: Watch,
): Promise<Explanation> {
  const { reader } = sources;
  const span = { from: alert.since - dayMs, to: alert.since + dayMs };
  const [contributions, happenings, similar] = await Promise.all([
    contributionsOf(reader, watch, alert),
    readHappenings(sources, span),
    readAlerts(reader, {
      where: 'watch = {watch:String} AND key = {key:Array(String)} AND id != {id:String}',
      having: `since < fromUnixTimestamp64Milli({since:Int64}, 'UTC')`,
      parameters: { watch: alert.watch, key: alert.key, id: alert.id, since: alert.since },
      limit: similarMax,
    }),
  ]);
  return {
    contributions,
    nearby: nearest(happenings, alert),
    similar: similar.map(({ id, since, resolvedAt, ending, note }) => {
      return { id, since, resolvedAt, ending, note };
    }),
  };
}

/** What lasts is as near as its nearest end, and at no distance while it lasts. */
function nearest(happenings: readonly Happening[], { id, since }: Alert): Happening[] {
  const distance = ({ at, until }: Happening): number => {
    if (since < at) return at - since;
    return Math.max(0, since - (until ?? at));
  };
  return happenings
    .filter(({ kind, subject }) => kind !== 'alert' || subject !== id)
    .sort((a, b) => distance(a) - distance(b) || b.at - a.at)
    .slice(0, nearbyMax);
}
