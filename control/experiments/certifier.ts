/** Certificates on demand: of what the counts say now, and the last one again where nothing has changed since. */
import { canonicalJson } from '../../contracts/canonicalJson.ts';
import { isLive } from '../../contracts/definitionState.ts';
import type { Store } from '../../contracts/store.ts';
import { type Certificate, issueCertificate, lastCertificate } from './certificate.ts';
import { readCounts } from './counts.ts';
import type { ExperimentCounts } from './experimentCounts.ts';
import type { ExperimentRegistry } from './registry.ts';

/**
 * @returns undefined for an experiment that never ran
 * @throws EngineError SINK_UNAVAILABLE
 */
export type Certify = (experiment: string) => Promise<Certificate | undefined>;

/** @param clock ms since 1970 */
export function createCertifier(
  store: Store,
  registry: Pick<ExperimentRegistry, 'experiment'>,
  clock: () => number = Date.now,
): Certify {
  /** Two who ask at once get the same link of the chain. */
  const underWay = new Map<string, Promise<Certificate | undefined>>();

  async function certify(key: string): Promise<Certificate | undefined> {
    const record = registry.experiment(key)?.record;
    if (record === undefined || record.experiment.stages.length === 0) return undefined;
    const last = await lastCertificate(store, key);
    // Of what is over, that of the decision: what is scored afterwards was not in view.
    if (last !== undefined && !isLive(record.experiment)) return last;
    if (last?.revision === record.revision) {
      const { offsets } = await readCounts(store, key);
      if (textOf(offsets) === textOf(last.offsets)) return last;
    }
    return issueCertificate(store, record, clock());
  }

  return (key) => {
    const asked = underWay.get(key) ?? certify(key).finally(() => underWay.delete(key));
    underWay.set(key, asked);
    return asked;
  };
}

/** Equal for equal offsets, in whatever order they were read. */
function textOf(offsets: ExperimentCounts['offsets']): string {
  return Object.entries(offsets)
    .map(([kind, each]) => `${kind} ${each.map(canonicalJson).sort().join()}`)
    .sort()
    .join();
}
