/**
 * Chance from a seed, with one independent stream per (seed, owner, step).
 *
 * A stream is addressed, not passed on: reseeding with the same three numbers gives the same draws, whatever was drawn
 * before. So what one student does never depends on how many others there are, nor on the order of the simulation.
 *
 * Source: Doty-Humphrey, sfc32 of PractRand (12 warm-up rounds); Box & Muller 1958 for the normal.
 */
export interface RandomState {
  a: number;
  b: number;
  c: number;
  /** Weyl counter of the generator. */
  counter: number;
}

export function randomState(): RandomState {
  return { a: 0, b: 0, c: 0, counter: 1 };
}

/** Moves to the beginning of the stream addressed by three 32-bit integers. */
export function reseed(state: RandomState, seed: number, owner: number, step: number): void {
  state.a = seed | 0;
  state.b = owner | 0;
  state.c = step | 0;
  state.counter = 1;
  for (let round = 0; round < 12; round += 1) next(state);
}

function next(state: RandomState): number {
  const sum = (state.a + state.b + state.counter) | 0;
  state.counter = (state.counter + 1) | 0;
  state.a = state.b ^ (state.b >>> 9);
  state.b = (state.c + (state.c << 3)) | 0;
  state.c = (((state.c << 21) | (state.c >>> 11)) + sum) | 0;
  return sum;
}

/** In [0, 1), 32 bits. */
export function uniform(state: RandomState): number {
  return (next(state) >>> 0) / 4_294_967_296;
}

/** An integer in [0, count). */
export function below(state: RandomState, count: number): number {
  return Math.floor(uniform(state) * count);
}

/** Mean 1. */
export function exponential(state: RandomState): number {
  return -Math.log(1 - uniform(state));
}

/** Mean 0, deviation 1. */
export function normal(state: RandomState): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(state)));
  return radius * Math.cos(2 * Math.PI * uniform(state));
}
