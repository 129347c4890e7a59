import { describe, expect, test } from 'vitest';
import { machinePasses } from '../../../models/batch/machinePasses.ts';
import { networkPasses, placesOf, sizeOf } from '../../../models/batch/networkPasses.ts';
import type { Passes } from '../../../models/batch/passes.ts';
import { normal, randomState } from '../../../stats/random.ts';

const width = 4;
const kinds: readonly [string, Passes, number][] = [
  ['a network of one layer', networkPasses(placesOf([width, 1])), width + 1],
  [
    'a network of two hidden layers',
    networkPasses(placesOf([width, 5, 3, 1])),
    sizeOf(placesOf([width, 5, 3, 1])),
  ],
  ['a factorization machine', machinePasses(width, 3), width * 3 + width + 1],
];

describe.each(kinds)('%s', (_, passes, size) => {
  test('its gradient is that of finite differences', () => {
    const random = randomState(7);
    for (let round = 0; round < 20; round += 1) {
      const parameters = Float64Array.from({ length: size }, () => normal(random));
      const columns = Float64Array.from({ length: 2 * width }, (__, i) =>
        i % 3 === 0 ? 0 : normal(random),
      );
      const gradient = new Float64Array(size);
      passes.forward(parameters, columns, width);
      passes.backward(parameters, gradient, 2);
      for (let i = 0; i < size; i += 1) {
        const at = (step: number) => {
          const moved = parameters.slice();
          moved[i]! += step;
          return passes.forward(moved, columns, width);
        };
        const step = 1e-6;
        expect(gradient[i]).toBeCloseTo((2 * (at(step) - at(-step))) / (2 * step), 5);
      }
    }
  });
});

test('a machine is the sum over all pairs', () => {
  const random = randomState(3);
  const parameters = Float64Array.from({ length: 17 }, () => normal(random));
  const x = Float64Array.of(1, -2, 0, 0.5);
  let expected = parameters[16]!;
  for (let i = 0; i < 4; i += 1) {
    expected += parameters[12 + i]! * x[i]!;
    for (let j = 0; j < i; j += 1) {
      let product = 0;
      for (let f = 0; f < 3; f += 1) product += parameters[3 * i + f]! * parameters[3 * j + f]!;
      expected += product * x[i]! * x[j]!;
    }
  }
  expect(machinePasses(4, 3).forward(parameters, x, 0)).toBeCloseTo(expected, 12);
});
