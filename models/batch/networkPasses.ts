/**
 * A network of layers whose numbers lie one after another, forward and backward.
 *
 * Source: Rumelhart, Hinton & Williams 1986.
 */
import type { Passes } from './passes.ts';

/** Where the numbers of a layer stand among all. */
export interface Place {
  readonly inputs: number;
  readonly outputs: number;
  /** Weights, inputs × outputs, then biases. */
  readonly at: number;
}

/** @param sizes of the layers, from the columns of a row to the one score */
export function placesOf(sizes: readonly number[]): Place[] {
  let at = 0;
  return sizes.slice(1).map((outputs, i) => {
    const place = { inputs: sizes[i]!, outputs, at };
    at += (place.inputs + 1) * outputs;
    return place;
  });
}

/** Numbers of all layers. */
export function sizeOf(places: readonly Place[]): number {
  return places.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
}

/** Between two layers everything below 0 becomes 0. */
export function networkPasses(places: readonly Place[]): Passes {
  const inputs = places.map((place) => new Float64Array(place.inputs));
  const slopes = places.map((place) => new Float64Array(place.outputs));
  const last = new Float64Array(1);
  return {
    forward(values: Float64Array, columns: Float64Array, from: number): number {
      const first = inputs[0]!;
      for (let i = 0; i < first.length; i += 1) first[i] = columns[from + i]!;
      for (let layer = 0; layer < places.length; layer += 1) {
        const { outputs, at } = places[layer]!;
        const input = inputs[layer]!;
        const isLast = layer === places.length - 1;
        const output = isLast ? last : inputs[layer + 1]!;
        const biases = at + input.length * outputs;
        for (let to = 0; to < outputs; to += 1) output[to] = values[biases + to]!;
        for (let i = 0, w = at; i < input.length; i += 1, w += outputs) {
          const x = input[i]!;
          if (x === 0) continue;
          for (let to = 0; to < outputs; to += 1) output[to]! += x * values[w + to]!;
        }
        if (isLast) continue;
        for (let to = 0; to < outputs; to += 1) if (output[to]! < 0) output[to] = 0;
      }
      return last[0]!;
    },

    backward(values: Float64Array, gradient: Float64Array, slope: number): void {
      slopes.at(-1)![0] = slope;
      for (let layer = places.length - 1; layer >= 0; layer -= 1) {
        const { outputs, at } = places[layer]!;
        const input = inputs[layer]!;
        const above = slopes[layer]!;
        const below = layer === 0 ? undefined : slopes[layer - 1]!;
        const biases = at + input.length * outputs;
        for (let to = 0; to < outputs; to += 1) gradient[biases + to]! += above[to]!;
        for (let i = 0, w = at; i < input.length; i += 1, w += outputs) {
          const x = input[i]!;
          let sum = 0;
          // A unit at 0 neither learns nor passes on.
          if (x !== 0) {
            for (let to = 0; to < outputs; to += 1) {
              gradient[w + to]! += x * above[to]!;
              sum += values[w + to]! * above[to]!;
            }
          }
          if (below !== undefined) below[i] = sum;
        }
      }
    },
  };
}
