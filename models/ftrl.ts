/**
 * FTRL-Proximal: online regression with a learning rate of its own for every weight, and sparse weights if wanted.
 *
 * Two numbers a weight, side by side so that one page of the table holds both: at 2i the sum of gradients z, at 2i + 1
 * the root of the sum of squared gradients, √n (the root is what every formula takes). A weight nobody touched is zero.
 * Nothing is allocated per row.
 *
 * Source: McMahan et al. 2013, "Ad click prediction: a view from the trenches", algorithm 1.
 */
import type { VectorTable } from '../contracts/stateTable.ts';
import type { Features } from './features.ts';
import type { Spec } from './spec.ts';

/** Numbers that the table holds per weight. */
export const ftrlWidth = 2;

export type FtrlParameters = {
  readonly alpha: number;
  readonly beta: number;
  readonly sparsity: number;
  readonly shrinkage: number;
};

export interface Ftrl {
  /** Σ weight × value; leaves the weights in `features.weights`. */
  score(table: VectorTable, features: Features): number;
  /**
   * Takes one gradient step.
   *
   * @param features as they were left by `score`
   * @param gradient of the loss by the score; p − label for the logistic loss
   */
  learn(table: VectorTable, features: Features, gradient: number): void;
}

export const ftrl: Spec<FtrlParameters, Ftrl> = {
  name: 'ftrl-proximal',
  summary: 'Linear model learnt online over sparse features.',
  source: 'McMahan et al. 2013',
  parameters: {
    alpha: { default: 0.05, range: [1e-6, 10], unit: '', summary: 'learning rate' },
    beta: { default: 1, range: [0, 1e6], unit: '', summary: 'damps the first steps' },
    sparsity: { default: 0, range: [0, 1e6], unit: '', summary: 'L1: below it a weight is zero' },
    shrinkage: { default: 0, range: [0, 1e6], unit: '', summary: 'L2: pulls weights to zero' },
  },
  create: ({ alpha, beta, sparsity, shrinkage }) => {
    const rate = 1 / alpha;
    /** (β + √n) / α + λ₂ = √n / α + floor; never zero, whatever the parameters. */
    const floor = Math.max(beta * rate + shrinkage, 1e-12);
    return {
      score(table, { count, indices, values, weights }) {
        const state = table.values;
        let score = 0;
        for (let i = 0; i < count; i += 1) {
          const at = indices[i]! * ftrlWidth;
          const z = state[at]!;
          const beyond = z > sparsity ? z - sparsity : z < -sparsity ? z + sparsity : 0;
          const weight = -beyond / (state[at + 1]! * rate + floor);
          weights[i] = weight;
          score += weight * values[i]!;
        }
        return score;
      },

      learn(table, { count, indices, values, weights }, gradient) {
        const state = table.values;
        for (let i = 0; i < count; i += 1) {
          const slope = gradient * values[i]!;
          if (slope === 0) continue;
          const at = indices[i]! * ftrlWidth;
          const root = state[at + 1]!;
          const next = Math.sqrt(root * root + slope * slope);
          state[at]! += slope - (next - root) * rate * weights[i]!;
          state[at + 1] = next;
          table.touch(at);
        }
      },
    };
  },
};
