/**
 * The trial of a new champion: the former one predicts beside it, in shadow, and comes back if it is shown to be better.
 *
 * It is a release of the former champion, so that nothing else is needed to hold both against each other; its id says that it is one.
 */
import type { Release } from './release.ts';

const prefix = 'after-';

/** Id of the trial that follows the promotion of a release. */
export function trialId(id: string): string {
  return `${prefix}${id}`;
}

export function isTrial({ id }: Pick<Release, 'id'>): boolean {
  return id.startsWith(prefix);
}

/** The trial lasts so many times the least answers of the shadow. */
export const trialFactor = 10;
