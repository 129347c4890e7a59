/** Versions that a release may begin for by itself: the newest is taken, and those before it are passed over for good. */
import type { ModelVersion } from '../../contracts/modelVersion.ts';
import { isTrial } from '../../contracts/releaseTrial.ts';
import type { KnownModel } from '../registry/modelRegistry.ts';

/**
 * Those that passed their gates since the last that was released or served; the newest last.
 *
 * What was passed over once does not come back, not even when what it was passed over for is aborted or deleted.
 */
export function waitingVersions({
  versions,
  releases,
  served,
  featureVersion,
}: Pick<KnownModel, 'versions' | 'releases' | 'served' | 'featureVersion'>): ModelVersion[] {
  const tried = new Set([
    ...releases.filter((release) => !isTrial(release)).map(({ version }) => version),
    ...served.map(({ serving }) => serving.champion.version),
  ]);
  const last = versions.findLastIndex(({ version }) => tried.has(version.version));
  return versions
    .slice(last + 1)
    .filter(({ version, removed }) => {
      const isOfThese = version.version.startsWith(`${featureVersion}.`);
      return !removed && isOfThese && version.artifact !== null && version.gates?.passed === true;
    })
    .map(({ version }) => version);
}
