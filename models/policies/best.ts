/** The largest of some values among the eligible actions, and how many have it. */
export interface Best {
  value: number;
  count: number;
}

/**
 * Fills `best` and returns the number of eligible actions.
 *
 * @throws RangeError when no action is eligible, or the value of one that is is NaN
 */
export function findBest(eligible: Uint8Array, values: Float64Array, best: Best): number {
  let count = 0;
  best.value = -Infinity;
  best.count = 0;
  for (let i = 0; i < eligible.length; i += 1) {
    if (eligible[i] === 0) continue;
    count += 1;
    const value = values[i]!;
    if (value > best.value) {
      best.value = value;
      best.count = 1;
    } else if (value === best.value) {
      best.count += 1;
    } else if (Number.isNaN(value)) {
      throw new RangeError(`scores[${i}]: expected a number, got NaN`);
    }
  }
  if (count === 0) throw new RangeError('eligible: expected at least one action, got none');
  return count;
}

/** Fills `rest` / eligible for everyone and the remaining share, divided evenly, for those that have the best value. */
export function shareAmongBest(
  eligible: Uint8Array,
  values: Float64Array,
  rest: number,
  best: Best,
  into: Float64Array,
): void {
  const count = findBest(eligible, values, best);
  const even = rest / count;
  const extra = (1 - rest) / best.count;
  for (let i = 0; i < eligible.length; i += 1) {
    into[i] = eligible[i] === 0 ? 0 : values[i] === best.value ? even + extra : even;
  }
}
