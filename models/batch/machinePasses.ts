/**
 * A factorization machine over the columns of a row, forward and backward.
 *
 * Its numbers: factors, columns × dimensions; then the weights; then the bias. Cost per row: columns × dimensions.
 *
 * Source: Rendle 2010, eq. 4 and lemma 3.1.
 */
import type { Passes } from './passes.ts';

export function machinePasses(width: number, size: number): Passes {
  const weightsAt = width * size;
  const biasAt = weightsAt + width;
  const sums = new Float64Array(size);
  const row = new Float64Array(width);
  return {
    forward(parameters, columns, at) {
      sums.fill(0);
      let total = parameters[biasAt]!;
      let squares = 0;
      for (let i = 0; i < width; i += 1) {
        const x = columns[at + i]!;
        row[i] = x;
        if (x === 0) continue;
        total += parameters[weightsAt + i]! * x;
        for (let f = 0; f < size; f += 1) {
          const v = parameters[i * size + f]! * x;
          sums[f]! += v;
          squares += v * v;
        }
      }
      let products = 0;
      for (let f = 0; f < size; f += 1) products += sums[f]! * sums[f]!;
      return total + (products - squares) / 2;
    },

    backward(parameters, gradient, slope) {
      gradient[biasAt]! += slope;
      for (let i = 0; i < width; i += 1) {
        const x = row[i]!;
        if (x === 0) continue;
        gradient[weightsAt + i]! += slope * x;
        for (let f = 0; f < size; f += 1) {
          gradient[i * size + f]! += slope * x * (sums[f]! - parameters[i * size + f]! * x);
        }
      }
    },
  };
}
