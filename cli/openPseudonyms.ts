/** The pseudonyms of an engine's data, with the key by which other processes make the same. */
import type { Pseudonyms } from '../contracts/pseudonyms.ts';
import type { Settings } from '../contracts/settings.ts';
import type { Store } from '../contracts/store.ts';
import { settlePseudonyms } from '../control/pseudonyms/settlePseudonyms.ts';
import { createPseudonyms } from '../sources/pseudonyms/createPseudonyms.ts';
import { readPseudonymKey } from './pseudonymKey.ts';

export interface KeyedPseudonyms {
  readonly pseudonyms: Pseudonyms;
  readonly key: Uint8Array;
}

export interface OpenOptions {
  readonly settings: Settings;
  readonly store: Store;
  /** Whether the event log holds something already. */
  readonly hasEvents: boolean;
  readonly say: (sentence: string) => void;
}

/**
 * @returns undefined: users are known under the ids that producers send
 * @throws EngineError PSEUDONYMS_CHANGED, CONFIGURATION_INVALID, SINK_UNAVAILABLE
 */
export async function openPseudonyms(options: OpenOptions): Promise<KeyedPseudonyms | undefined> {
  const { settings, ...rest } = options;
  let key: Uint8Array | undefined;
  const pseudonyms = await settlePseudonyms({
    ...rest,
    wanted: settings.pseudonyms,
    open(isNew) {
      key = readPseudonymKey(settings, isNew);
      return createPseudonyms(key);
    },
  });
  return pseudonyms && { pseudonyms, key: key! };
}
