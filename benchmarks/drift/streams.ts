/** Streams with and without planted drifts. */
import { normal, type RandomState, uniform } from '../../stats/random.ts';

/** Each call draws the next value. */
export type Draw = () => number;

export const bernoulli =
  (random: RandomState, rate: number): Draw =>
  () =>
    uniform(random) < rate ? 1 : 0;

/** A stationary first-order autoregression of mean 0 and standard deviation 1. */
export function autoregression(random: RandomState, persistence: number): Draw {
  const scale = Math.sqrt(1 - persistence * persistence);
  let x = normal(random);
  return () => {
    const now = x;
    x = persistence * x + scale * normal(random);
    return now;
  };
}

export const driftKinds = ['abrupt', 'gradual', 'incremental', 'recurring'] as const;
export type DriftKind = (typeof driftKinds)[number];

/** Values of a stream with a planted drift; the first lies at `plantedAt`. */
export const plantedLength = 10_000;
export const plantedAt = 5_000;
/** Values in which a gradual or incremental drift is under way, and between two changes of a recurring one. */
const under = 1_000;
export const turn = 1_250;
const [rateBefore, rateAfter] = [0.2, 0.4];

/**
 * An error rate that goes from .2 to .4: at once; with errors of the new rate more and more often; with a rate that rises evenly;
 * or back and forth, up at the first change.
 */
export function planted(random: RandomState, kind: DriftKind): Draw {
  let i = -1;
  return () => {
    i += 1;
    const way = Math.max(0, Math.min(1, (i - plantedAt) / under));
    let rate = i < plantedAt ? rateBefore : rateAfter;
    if (kind === 'gradual') rate = uniform(random) < way ? rateAfter : rateBefore;
    if (kind === 'incremental') rate = rateBefore + way * (rateAfter - rateBefore);
    if (kind === 'recurring' && i >= plantedAt) {
      rate = Math.floor((i - plantedAt) / turn) % 2 === 0 ? rateAfter : rateBefore;
    }
    return uniform(random) < rate ? 1 : 0;
  };
}

/** Where an error rate begins to rise. */
export function risesOf(kind: DriftKind): number[] {
  if (kind !== 'recurring') return [plantedAt];
  return [plantedAt, plantedAt + 2 * turn];
}
