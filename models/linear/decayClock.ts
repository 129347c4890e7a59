/**
 * Forgetting by half-life of event time, so that sums which were faded apart still merge exactly.
 *
 * Forward decay: an observation enters with the weight 2^((time − landmark) / half-life) and is never touched again;
 * who reads the sums at a later time multiplies them once. Landmarks lie on a grid of {@link span} half-lives, so moving
 * to the next one divides every sum by an exact power of two: nothing is rounded, and the landmark of a state is a function
 * of its latest event alone, in whatever order the events came.
 *
 * Source: Cormode, Shkapenyuk, Srivastava & Xu 2009, "Forward decay".
 */

/** Half-lives between two landmarks: weights stay below 2³². */
const span = 32;
/** Readings are made for moments this many to a half-life, so that equal sums give equal readings in between. */
const ticksPerHalfLife = 64;

export interface DecayClock {
  /** Number of the landmark in force at a time; 0 without forgetting. */
  landmark(time: number): number;
  /** Weight of an observation at `time` in sums of that landmark, 2^((time − landmark) / half-life). */
  weight(time: number, landmark: number): number;
  /** By what sums are multiplied when their landmark becomes another: an exact power of two. */
  shift(from: number, to: number): number;
  /** The latest moment, at or before `time`, for which readings are made: a 64th of a half-life apart. */
  tick(time: number): number;
}

/**
 * @param halfLifeMs whole ms, or Infinity: nothing is forgotten
 * @throws RangeError when it is neither
 *
 * @example
 * const clock = decayClock(1000);
 * clock.weight(32_000, 1); // 1
 * clock.weight(33_000, 1); // 2: a half-life later, twice the weight
 */
export function decayClock(halfLifeMs: number): DecayClock {
  if (halfLifeMs === Infinity) {
    return { landmark: () => 0, weight: () => 1, shift: () => 1, tick: () => 0 };
  }
  if (!(Number.isSafeInteger(halfLifeMs) && halfLifeMs >= 1)) {
    throw new RangeError(`halfLifeMs: expected an integer above 0, or Infinity, got ${halfLifeMs}`);
  }
  const period = span * halfLifeMs;
  return {
    landmark: (time) => Math.floor(time / period),
    weight: (time, landmark) => 2 ** ((time - landmark * period) / halfLifeMs),
    shift: (from, to) => 2 ** (span * (from - to)),
    tick(time) {
      // Counted from the landmark, so that none before it is ever taken for one behind it.
      const landmark = Math.floor(time / period) * period;
      const ticks = Math.floor(((time - landmark) * ticksPerHalfLife) / halfLifeMs);
      return landmark + (ticks * halfLifeMs) / ticksPerHalfLife;
    },
  };
}
