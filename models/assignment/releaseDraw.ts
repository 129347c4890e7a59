/** Whom the version of a release serves: the same users in the stream and on request, and a larger share contains a smaller one. */
import type { ServedRelease } from '../../contracts/modelRecord.ts';
import { bucketKey, bucketOf, bucketsOf } from './bucket.ts';
import type { SipKey } from './sipHash.ts';
import type { Unit } from './unit.ts';

export interface ReleaseDraw {
  /** The same for all stages. */
  readonly key: SipKey;
  /** Users whose bucket lies below are served by it. */
  readonly bucketsBelow: number;
}

export function releaseDraw({ id, share }: Pick<ServedRelease, 'id' | 'share'>): ReleaseDraw {
  return { key: bucketKey('variant', id), bucketsBelow: bucketsOf(share) };
}

/** Whether the version serves the user. */
export function isDrawn({ key, bucketsBelow }: ReleaseDraw, user: Unit): boolean {
  return bucketsBelow > 0 && bucketOf(key, user) < bucketsBelow;
}
