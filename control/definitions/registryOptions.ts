/** What a registry of definitions of one kind needs of the engine, and how it is opened. */
import type { Store } from '../../contracts/store.ts';
import type { Announce } from './announcer.ts';

export interface RegistryOptions<Content> {
  readonly store: Store;
  readonly announce: Announce<Content>;
  /** Told what goes wrong, a sentence each. */
  readonly say: (sentence: string) => void;
  readonly clock?: () => number;
  /** Between two looks for newer revisions, ms. */
  readonly pollMs?: number;
  /** How long another process may need to write a revision of the same number: it is waited for, ms. 0 when there is none. */
  readonly settleMs?: number;
}

interface Registry {
  /** Looks for newer revisions now. @throws EngineError SINK_UNAVAILABLE */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The registry, when it has looked for the first time.
 *
 * @throws EngineError SINK_UNAVAILABLE: then it is closed
 */
export async function opened<Opened extends Registry>(registry: Opened): Promise<Opened> {
  try {
    await registry.refresh();
  } catch (error) {
    await registry.close();
    throw error;
  }
  return registry;
}
