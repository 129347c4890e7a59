/** A candidate's file while it is judged: once it has failed it is not asked again. */
import type { GateName, GateResult } from '../../contracts/gateReport.ts';
import type { ScoringSession } from '../../models/scoring/session.ts';
import { reasonOf, result } from './gateWords.ts';

export interface GatedFile {
  /** False when it could not be opened, or has failed since. */
  isUsable(): boolean;
  /** @throws as a session does */
  score(rows: Float32Array): Promise<Float32Array>;
  close(): Promise<void>;
}

export function gatedFile(session: ScoringSession | undefined): GatedFile {
  let usable = session !== undefined;
  return {
    isUsable: () => usable,
    async score(rows) {
      try {
        return await session!.score(rows);
      } catch (error) {
        usable = false;
        throw error;
      }
    },
    async close() {
      // A thread that was ended already has nothing more to say.
      await session?.release().catch(() => undefined);
    },
  };
}

/** Asks what a file is needed for: skipped when it cannot be run, failed with the reason when it fails on the way. */
export async function askFile(
  gate: GateName,
  file: GatedFile,
  question: () => Promise<GateResult>,
): Promise<GateResult> {
  if (!file.isUsable()) return result(gate, 'skipped', 'Not asked: the file cannot be run');
  try {
    return await question();
  } catch (error) {
    return result(gate, 'failed', reasonOf(error));
  }
}
