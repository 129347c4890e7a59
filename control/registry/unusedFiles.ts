/** Which files may be taken away: those of deleted versions, unless another version has the same bytes. */
import type { KnownModel, KnownVersion } from './modelRegistry.ts';

/**
 * @param models all that there are: files are shared by what is in them
 * @returns hashes, each once
 */
export function unusedFiles(models: readonly KnownModel[]): string[] {
  const versions = models.flatMap((model) => model.versions);
  const used = new Set(versions.filter(({ removed }) => !removed).flatMap(filesOf));
  const gone = versions.filter(({ removed }) => removed).flatMap(filesOf);
  return [...new Set(gone)].filter((sha256) => !used.has(sha256));
}

function filesOf({ version: { artifact, golden } }: KnownVersion): string[] {
  return [artifact, golden].flatMap((file) => (file === null ? [] : [file.sha256]));
}
