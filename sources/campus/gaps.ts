/** Leaves fields of `context` out of the text of some events, as planned. */
import type { Activity } from './activity.ts';
import { type RandomState, reseed, uniform } from './random.ts';
import { activitiesMax } from './sessionShape.ts';
import type { CampusWorld } from './world.ts';

/** The same for every copy of an event. @param text as `eventText` writes it */
export function withGaps(
  { plan: { gaps }, seed, start }: CampusWorld,
  random: RandomState,
  { session, number, time }: Activity,
  text: string,
): string {
  const step = session.number * activitiesMax + number;
  let left = text;
  for (const [i, { atMs, field, share }] of gaps.entries()) {
    if (time - start < atMs) continue;
    reseed(random, (seed ^ 0x6761_7073) + i, session.student, step);
    if (uniform(random) >= share) continue;
    left = left.replace(new RegExp(`"${field}":"[^"]*",?`), '');
  }
  return left;
}
