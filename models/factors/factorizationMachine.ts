/**
 * A factorization machine over hashed features: biases of single features, and for each pair of features the product of their
 * factors, so that a user who is new still gets what is known of the attributes.
 *
 *   score = Σ wᵢ xᵢ + ½ Σ_f ((Σ v_if xᵢ)² − Σ (v_if xᵢ)²)
 *
 * Online by AdaGrad, one accumulator for a bias and one for a vector of factors. A feature's numbers: bias, its sum of squared
 * gradients, that of the factors, factors (less their value at first, which is a function of the index: a new table is all
 * zeros). Cost per row: features × factors.
 *
 * Source: Rendle 2010, "Factorization machines" (eq. 1 and lemma 3.1); Weinberger et al. 2009 (hashing).
 */
import type { VectorTable } from '../../contracts/stateTable.ts';
import type { Features } from '../features.ts';
import { type Parameter, parametersOf } from '../spec.ts';
import { startValue } from './startValue.ts';

export type MachineParameters = {
  readonly factors: number;
  readonly biasRate: number;
  readonly rate: number;
  readonly damping: number;
  readonly shrinkage: number;
  readonly spread: number;
};

/** Chosen as those of matrix factorization. */
export const machineParameters: { readonly [Name in keyof MachineParameters]: Parameter } = {
  factors: { default: 8, range: [1, 64], unit: '', whole: true, summary: 'dimensions' },
  biasRate: { default: 0.1, range: [1e-6, 10], unit: '', summary: 'AdaGrad rate of biases' },
  rate: { default: 0.1, range: [1e-6, 10], unit: '', summary: 'AdaGrad rate of factors' },
  damping: { default: 1, range: [1e-6, 1e6], unit: '', summary: 'damps the first steps' },
  shrinkage: { default: 1e-3, range: [0, 1e3], unit: '', summary: 'L2: pulls to zero' },
  spread: { default: 0.1, range: [0, 10], unit: '', summary: 'size of factors at first' },
};

export interface FactorizationMachine {
  /** Numbers that a table needs for each feature. */
  readonly width: number;
  /** The score of a row; a logit where the loss is logistic. */
  score(table: VectorTable, features: Features): number;
  /**
   * One step.
   *
   * @param features as they were scored last
   * @param gradient of the loss by the score: prediction − outcome for the squared and for the logistic loss
   */
  learn(table: VectorTable, features: Features, gradient: number): void;
}

const biasAt = 0;
const biasSquaresAt = 1;
const squaresAt = 2;
const factorsAt = 3;

/** @throws RangeError when an option is out of range */
export function factorizationMachine(
  options: Partial<MachineParameters> = {},
): FactorizationMachine {
  const { factors, biasRate, rate, damping, shrinkage, spread } = parametersOf(
    machineParameters,
    options,
  );
  const width = factorsAt + factors;
  /** Σ v_if xᵢ of the row that was scored last. */
  const sums = new Float64Array(factors);
  const slopes = new Float64Array(factors);

  return {
    width,

    score(table, { count, indices, values, weights }) {
      const state = table.values;
      sums.fill(0);
      let score = 0;
      let squares = 0;
      for (let i = 0; i < count; i += 1) {
        const x = values[i]!;
        const index = indices[i]!;
        const at = index * width;
        weights[i] = state[at + biasAt]!;
        score += weights[i]! * x;
        for (let f = 0; f < factors; f += 1) {
          const v = (state[at + factorsAt + f]! + spread * startValue(index, f)) * x;
          sums[f]! += v;
          squares += v * v;
        }
      }
      let products = 0;
      for (let f = 0; f < factors; f += 1) products += sums[f]! * sums[f]!;
      return score + (products - squares) / 2;
    },

    learn(table, { count, indices, values }, gradient) {
      const state = table.values;
      for (let i = 0; i < count; i += 1) {
        const x = values[i]!;
        if (x === 0) continue;
        const index = indices[i]!;
        const at = index * width;
        const slope = gradient * x + shrinkage * state[at + biasAt]!;
        state[at + biasSquaresAt]! += slope * slope;
        state[at + biasAt]! -= (biasRate * slope) / Math.sqrt(damping + state[at + biasSquaresAt]!);
        let squares = 0;
        for (let f = 0; f < factors; f += 1) {
          const v = state[at + factorsAt + f]! + spread * startValue(index, f);
          const each = gradient * x * (sums[f]! - v * x) + shrinkage * v;
          slopes[f] = each;
          squares += each * each;
        }
        state[at + squaresAt]! += squares / factors;
        const size = rate / Math.sqrt(damping * 0.01 + state[at + squaresAt]!);
        for (let f = 0; f < factors; f += 1) state[at + factorsAt + f]! -= size * slopes[f]!;
        table.touch(at);
        table.touch(at + width - 1);
      }
    },
  };
}
