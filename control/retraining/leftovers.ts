/** Files of a run that has ended which nobody needs any more. */
import type { KnownModel } from '../registry/modelRegistry.ts';
import type { StoredRun } from './storedRun.ts';

/**
 * Equal files are one: what a version that was registered, or a run under way, has as well stays.
 *
 * @param models all that there are
 * @param runs   all that there are
 * @returns hashes, each once
 */
export function leftoversOf(
  ended: StoredRun,
  models: readonly KnownModel[],
  runs: readonly StoredRun[],
): string[] {
  const used = new Set<string>();
  for (const { version, removed } of models.flatMap(({ versions }) => versions)) {
    if (removed) continue;
    for (const file of [version.artifact, version.golden]) if (file) used.add(file.sha256);
  }
  for (const sha256 of filesUnderWay(runs)) used.add(sha256);
  // The registry may not have been read since: what this run has registered is used.
  const { file, golden } = ended.made;
  if (ended.run.version !== null)
    for (const kept of [file, golden]) if (kept) used.add(kept.sha256);
  return filesOf(ended).filter((sha256) => !used.has(sha256));
}

/** Hashes of what runs that have not ended have made or were given. */
export function filesUnderWay(runs: readonly StoredRun[]): ReadonlySet<string> {
  return new Set(runs.filter(({ run }) => run.state === 'running').flatMap(filesOf));
}

function filesOf({ made: { model, calibration, file, golden } }: StoredRun): string[] {
  const hashes = [model, calibration, file, golden].flatMap((each) => each?.sha256 ?? []);
  return [...new Set(hashes)];
}
