/** What has changed from one state of the engine to another. */
import type { LiveDelta, LiveTick } from '../../contracts/api.ts';

/** The time of `after`, and the fields that differ: they are compared as they go over the wire. */
export function liveDelta(before: LiveTick, after: LiveTick): LiveDelta {
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof LiveTick]),
  );
  return { ...Object.fromEntries(changed), time: after.time };
}

/** Whether nothing but time has gone on. */
export function isStill(delta: LiveDelta): boolean {
  return Object.keys(delta).length === 1;
}
