/** The release in whose place another version may step: it is in shadow, and nobody has paused it or is asked about it. */
import type { Release } from '../../contracts/release.ts';
import { isTrial } from '../../contracts/releaseTrial.ts';
import type { KnownModel } from '../registry/modelRegistry.ts';
import { releaseUnderWay } from '../registry/releaseUnderWay.ts';

/** @returns undefined when there is none, or it is the trial of a new champion, which tells whether that stays */
export function releaseThatGivesWay(known: Pick<KnownModel, 'releases'>): Release | undefined {
  const release = releaseUnderWay(known);
  if (release === undefined || isTrial(release)) return undefined;
  return release.phase === 'shadow' && !release.paused && release.awaits === null
    ? release
    : undefined;
}
