/** What the engine knows of how a model does: alerts, drift, performance, as the triggers of retraining look at it. */
import { readDrift } from '../api/queries/drift.ts';
import { readPerformance } from '../api/queries/performance.ts';
import type { Store } from '../contracts/store.ts';
import type { KnownModel } from '../control/registry/modelRegistry.ts';
import type { ModelEvidence } from '../control/retraining/gatherFacts.ts';
import { readOpenAlerts } from '../control/watching/alertRows.ts';
import type { WatchBook } from '../control/watching/watchBook.ts';

export function createModelEvidence(store: Store, book: WatchBook) {
  return async ({ pipeline, model, serving }: KnownModel): Promise<ModelEvidence> => {
    const { version } = serving.champion;
    const [alerts, drift, performance] = await Promise.all([
      readOpenAlerts(store),
      readDrift(store, { pipeline }),
      readPerformance(store, pipeline, model, { version, figure: 'logLoss' }),
    ]);
    return {
      alerts,
      watchOf: (key) => book.watches.get(key)?.definition,
      drift,
      ...(performance === undefined ? {} : { performance }),
    };
  };
}
