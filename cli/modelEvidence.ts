/** What the engine knows of how a model does: alerts, drift, performance, as the triggers of retraining look at it. */

import type { Store } from '../contracts/store.ts';
import { readDrift } from '../control/drift/readDrift.ts';
import { readPerformance } from '../control/monitoring/readPerformance.ts';
import { readingAll } from '../control/privacy/reading.ts';
import type { KnownModel } from '../control/registry/modelRegistry.ts';
import type { ModelEvidence } from '../control/retraining/gatherFacts.ts';
import { readAlerts, readOpenAlerts } from '../control/watching/alertRows.ts';
import type { WatchBook } from '../control/watching/watchBook.ts';

const alertsMax = 10_000;

export function createModelEvidence(store: Store, book: WatchBook) {
  return async ({ pipeline, model, serving, versions }: KnownModel): Promise<ModelEvidence> => {
    // What triggers look at is not shown.
    const from = readingAll(store, Date.now());
    const { version } = serving.champion;
    const champion = versions.find((each) => each.version.version === version);
    // Of a champion without data of its own nothing that is over counts.
    const learntTo = champion?.version.data?.to ?? Number.POSITIVE_INFINITY;
    const [alerts, drift, performance] = await Promise.all([
      readAlertsSince(store, learntTo),
      readDrift(from, { pipeline }),
      readPerformance(from, pipeline, model, { version, figure: 'logLoss' }),
    ]);
    return {
      alerts,
      watchOf: (key) => book.watches.get(key)?.definition,
      drift,
      ...(performance === undefined ? {} : { performance }),
    };
  };
}

/** The newest first: those that are open, and those that ended after a time. */
function readAlertsSince(store: Store, from: number) {
  if (!Number.isFinite(from)) return readOpenAlerts(store, alertsMax);
  return readAlerts(store, {
    having: "state != 'resolved' OR resolved_at > fromUnixTimestamp64Milli({from:Int64}, 'UTC')",
    parameters: { from: Math.floor(from) },
    limit: alertsMax,
  });
}
