/**
 * Mutual exclusion and holdouts.
 *
 * A layer divides its units into 1,000,000 buckets; an experiment takes the units of a slice, so two experiments with
 * disjoint slices share none. A holdout keeps a share of the units out of every experiment that names it: the same
 * units in all. Both are drawn apart from each other and from any experiment's own draws.
 */
import { type Holdout, type LayerSlice, layerBuckets } from '../../contracts/experiment.ts';
import { bucketKey, bucketOf, buckets, bucketsOf } from './bucket.ts';
import type { Unit } from './unit.ts';

/** Whether a unit's bucket lies in the slice. */
export function createSlice({ name, from, to }: LayerSlice): (unit: Unit) => boolean {
  const key = bucketKey('layer', name);
  return (unit) => {
    const bucket = Math.floor((bucketOf(key, unit) / buckets) * layerBuckets);
    return bucket >= from && bucket < to;
  };
}

/** Whether a unit is kept out by any of the holdouts. */
export function createHoldouts(holdouts: readonly Holdout[]): (unit: Unit) => boolean {
  const keys = holdouts.map(({ name }) => bucketKey('holdout', name));
  const limits = holdouts.map(({ share }) => bucketsOf(share));
  return (unit) => {
    for (let i = 0; i < keys.length; i += 1) {
      if (bucketOf(keys[i]!, unit) < limits[i]!) return true;
    }
    return false;
  };
}
