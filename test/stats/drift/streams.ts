/**
 * The two streams of the golden vectors, from a generator that any language draws the same: Lehmer's s ← 48271 s mod (2³¹ − 1).
 * Their sums, 1973 and 3400.4787911164954, are those of the streams that the reference implementations were given.
 */
import type { DriftDetector, DriftMarks } from '../../../stats/drift/detector.ts';

function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** 6,000 zeros and ones, of rate .2, .35 from 1,500, .1 from 3,000, .6 from 4,000, .2 from 5,500. */
export function errorStream(): number[] {
  const draw = lehmer(7);
  const parts = [
    [1_500, 0.2],
    [1_500, 0.35],
    [1_000, 0.1],
    [1_500, 0.6],
    [500, 0.2],
  ] as const;
  return parts.flatMap(([count, rate]) =>
    Array.from({ length: count }, () => (draw() < rate ? 1 : 0)),
  );
}

/** 4,000 uniform numbers of mean 0, 1 from 1,000, −½ from 1,800, 2 from 2,500; width 4, 1 from 2,500, 6 from 3,400. */
export function valueStream(): number[] {
  const draw = lehmer(11);
  const parts = [
    [1_000, 0, 4],
    [800, 1, 4],
    [700, -0.5, 4],
    [900, 2, 1],
    [600, 2, 6],
  ] as const;
  return parts.flatMap(([count, mean, width]) =>
    Array.from({ length: count }, () => mean + width * (draw() - 0.5)),
  );
}

/** Counts at which it says drift, and warning. */
export function levelsOf<State extends DriftMarks>(
  detector: DriftDetector<State>,
  values: readonly number[],
): { drifts: number[]; warnings: number[]; state: State } {
  const state = detector.initial();
  const drifts: number[] = [];
  const warnings: number[] = [];
  for (const x of values) {
    const level = detector.step(state, x);
    if (level === 2) drifts.push(state.count);
    if (level === 1) warnings.push(state.count);
  }
  return { drifts, warnings, state };
}
