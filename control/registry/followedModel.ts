/** A model as far as its events were followed, and what an event is followed by. */
import type { By } from '../definitions/written.ts';
import type { KnownModel } from './modelRegistry.ts';

export interface FollowedModel extends Omit<KnownModel, 'head'> {
  /** Of the event that last changed who serves. */
  readonly servedRevision: number;
}

/** When, by whom and why. */
export interface EventRow extends By {
  readonly revision: number;
  /** ms since 1970. */
  readonly at: number;
}

/** Why the event cannot be, and what to do. */
export interface NotFollowed {
  readonly sentence: string;
}
