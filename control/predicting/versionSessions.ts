/**
 * The files of versions in the runtime, opened at their first use and let go when nobody serves by them any more: what is being
 * scored then is scored to its end.
 */
import type { ArtifactStore } from '../../contracts/artifactStore.ts';
import { type MicroBatcher, microBatcher } from '../../models/scoring/microBatcher.ts';
import { openSession, type ScoringSession } from '../../models/scoring/session.ts';
import { startSession } from '../../models/scoring/startSession.ts';

export interface VersionSessions {
  /**
   * The prediction of a row.
   *
   * @throws EngineError ARTIFACT_UNAVAILABLE, ARTIFACT_CORRUPT or MODEL_UNUSABLE; RangeError for a row that does not fit
   */
  score(sha256: string, row: Float32Array): Promise<number>;
  /** Lets go of all others. */
  keep(wanted: ReadonlySet<string>): void;
  close(): Promise<void>;
}

export interface VersionSessionsOptions {
  readonly artifacts: Pick<ArtifactStore, 'get'>;
  /** Files from this size on are scored in a thread of their own, so that they do not hold up other requests. */
  readonly threadBytes?: number;
  /** Where such a thread begins; another one is for tests. */
  readonly thread?: URL;
}

interface Opened {
  readonly session: ScoringSession;
  readonly batcher: MicroBatcher;
}

interface Held {
  readonly opened: Promise<Opened>;
  /** Rows under way. */
  uses: number;
  /** Nobody asks for it any more: called when no row is under way. */
  whenIdle: (() => void) | undefined;
}

export function createVersionSessions({
  artifacts,
  threadBytes = 200_000,
  thread,
}: VersionSessionsOptions): VersionSessions {
  const held = new Map<string, Held>();
  const leaving = new Set<Promise<void>>();

  async function open(sha256: string): Promise<Opened> {
    const bytes = await artifacts.get(sha256);
    const options = { allowsMissing: true };
    const isLarge = bytes.length >= threadBytes;
    const session = await (isLarge
      ? startSession(bytes, options, thread)
      : openSession(bytes, options));
    return { session, batcher: microBatcher(session) };
  }

  function heldOf(sha256: string): Held {
    const known = held.get(sha256);
    if (known !== undefined) return known;
    const opening: Held = { opened: open(sha256), uses: 0, whenIdle: undefined };
    held.set(sha256, opening);
    // What failed is tried again at the next use.
    opening.opened.catch(() => {
      if (held.get(sha256) === opening) held.delete(sha256);
    });
    return opening;
  }

  function letGo(sha256: string, going: Held): void {
    if (held.get(sha256) !== going) return;
    held.delete(sha256);
    const idle = new Promise<void>((resolve) => {
      if (going.uses === 0) resolve();
      else going.whenIdle = resolve;
    });
    const left = idle
      .then(() => going.opened)
      .then(({ session }) => session.release())
      .catch(() => undefined)
      .finally(() => leaving.delete(left));
    leaving.add(left);
  }

  return {
    async score(sha256, row) {
      const used = heldOf(sha256);
      used.uses += 1;
      try {
        return await (await used.opened).batcher.score(row);
      } catch (error) {
        // A thread that has died does not come back.
        if (!(error instanceof RangeError)) letGo(sha256, used);
        throw error;
      } finally {
        used.uses -= 1;
        if (used.uses === 0) used.whenIdle?.();
      }
    },
    keep(wanted) {
      for (const [sha256, each] of held) if (!wanted.has(sha256)) letGo(sha256, each);
    },
    async close() {
      for (const [sha256, each] of held) letGo(sha256, each);
      await Promise.all(leaving);
    },
  };
}
