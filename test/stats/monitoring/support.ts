/** Predictions and labels that tests of monitors share. */
import type { Scored } from '../../../stats/prequential.ts';
import { normal, type RandomState, uniform } from '../../../stats/random.ts';

/** The vector that the reference implementations were given, too: 97 distinct probabilities, hence many ties. */
export const golden: readonly Scored[] = Array.from({ length: 400 }, (_, i) => {
  const probability = (((i * 37 + 11) % 97) + 0.5) / 98;
  return { probability, label: (i * 53 + 7) % 101 < 100 * probability ? 1 : 0 };
});

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** A prediction whose logit is normal, and a label with P(1) = sigmoid(slope × logit + shift). */
export function draw(
  random: RandomState,
  {
    slope = 1,
    shift = 0,
    mean = 0.3,
    deviation = 1.2,
  }: { slope?: number; shift?: number; mean?: number; deviation?: number } = {},
): Scored {
  const logit = mean + deviation * normal(random);
  const label = uniform(random) < sigmoid(slope * logit + shift) ? 1 : 0;
  return { probability: sigmoid(logit), label };
}

/** Rows dealt to partitions by numbers, and their states merged in another order. */
export function mergedIn<State, Row>(
  fold: {
    initial(): State;
    step(state: State, row: Row): void;
    merge(state: State, other: State): void;
  },
  rows: readonly Row[],
  places: readonly number[],
): State {
  const states = Array.from({ length: 4 }, fold.initial);
  rows.forEach((row, i) => {
    fold.step(states[(places[i % Math.max(1, places.length)] ?? 0) % 4]!, row);
  });
  const merged = fold.initial();
  for (const at of [2, 0, 3, 1]) fold.merge(merged, states[at]!);
  return merged;
}
