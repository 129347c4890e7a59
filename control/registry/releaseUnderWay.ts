/** The release that has not come to an end: a model has one at most. */
import type { Release } from '../../contracts/release.ts';
import type { KnownModel } from './modelRegistry.ts';

export function isUnderWay({ phase }: Release): boolean {
  return phase === 'shadow' || phase === 'canary';
}

export function releaseUnderWay({ releases }: Pick<KnownModel, 'releases'>): Release | undefined {
  return releases.findLast(isUnderWay);
}
