/**
 * Online matrix factorization with biases: what users and items have in common is learnt from outcomes alone, without any
 * attribute.
 *
 *   score = mean + bias of user + bias of item + ⟨factors of user, factors of item⟩
 *
 * Predict, then learn: one step of AdaGrad on the loss of each outcome, with one accumulator for a bias and one for a vector of
 * factors. A row of a user or an item: hash of its name, outcomes, bias, sum of squared gradients of bias and of factors, factors.
 *
 * Source: Koren, Bell & Volinsky 2009, "Matrix factorization techniques for recommender systems"; Duchi, Hazan & Singer 2011
 * (AdaGrad).
 */
import type { NumberTable, StateTables } from '../../contracts/stateTable.ts';
import { nameHash } from '../answer/nameHash.ts';
import { sigmoid } from '../features.ts';
import { type Parameter, parametersOf } from '../spec.ts';
import { startValue } from './startValue.ts';

export type FactorParameters = {
  readonly factors: number;
  readonly biasRate: number;
  readonly rate: number;
  readonly damping: number;
  readonly shrinkage: number;
  readonly spread: number;
  readonly usersMax: number;
  readonly itemsMax: number;
};

/** Chosen on ratings of a campus of another seed than the benchmark's. */
export const factorParameters: { readonly [Name in keyof FactorParameters]: Parameter } = {
  factors: { default: 8, range: [1, 64], unit: '', whole: true, summary: 'dimensions' },
  biasRate: { default: 0.3, range: [1e-6, 10], unit: '', summary: 'AdaGrad rate of biases' },
  rate: { default: 0.1, range: [1e-6, 10], unit: '', summary: 'AdaGrad rate of factors' },
  damping: { default: 1, range: [1e-6, 1e6], unit: '', summary: 'damps the first steps' },
  shrinkage: { default: 0.005, range: [0, 1e3], unit: '', summary: 'L2: pulls to zero' },
  spread: { default: 0.1, range: [0, 10], unit: '', summary: 'size of factors at first' },
  usersMax: {
    default: 2 ** 20,
    range: [1, 2 ** 26],
    unit: 'rows',
    whole: true,
    summary: 'users kept',
  },
  itemsMax: {
    default: 2 ** 19,
    range: [1, 2 ** 26],
    unit: 'rows',
    whole: true,
    summary: 'items kept',
  },
};

export interface FactorModel {
  /**
   * What is expected, before it is learnt; makes and touches no row. In (0, 1) with the logistic loss.
   *
   * @param user code in the dictionary of the tables
   * @param item the same
   * @param time event time, ms
   */
  predict(user: number, item: number, time: number): number;
  /**
   * Learns the outcome of the pair that was predicted last.
   *
   * @throws RangeError when nothing was predicted, or with the logistic loss for an outcome beyond [0, 1]
   */
  learn(outcome: number): void;
}

const rowAt = { hash: 0, count: 1, bias: 2, biasSquares: 3, squares: 4, factors: 5 } as const;

/**
 * @param name  of the tables, `${name}-users` and `${name}-items`, and of the mean
 * @param loss  of numbers around a mean, or of outcomes in [0, 1]
 * @throws RangeError when an option is out of range
 */
export function matrixFactorization(
  tables: StateTables,
  name: string,
  loss: 'squared' | 'logistic',
  options: Partial<FactorParameters> = {},
): FactorModel {
  const parameters = parametersOf(factorParameters, options);
  const { factors, usersMax, itemsMax } = parameters;
  const width = rowAt.factors + factors;
  const users = tables.numbers(`${name}-users`, { width, keysMax: usersMax });
  const items = tables.numbers(`${name}-items`, { width, keysMax: itemsMax });
  /** The intercept and its sum of squared gradients. */
  const mean = tables.vector(`${name}-mean`, 2);
  const step = stepper(parameters);
  const last = { user: -1, item: -1, time: 0, score: 0 };
  const userStart = new Float64Array(width);
  const itemStart = new Float64Array(width);

  /** The row for reading: the table's, or what a new one would be. */
  function begin(into: Float64Array, code: number): void {
    begun(into, 0, nameHash(tables.dictionary, code), factors, parameters.spread);
  }

  return {
    predict(user, item, time) {
      const userAt = users.peek(user, time);
      const itemAt = items.peek(item, time);
      if (userAt < 0) begin(userStart, user);
      if (itemAt < 0) begin(itemStart, item);
      const p = userAt < 0 ? userStart : users.values;
      const q = itemAt < 0 ? itemStart : items.values;
      const left = Math.max(0, userAt);
      const right = Math.max(0, itemAt);
      let score = mean.values[0]! + p[left + rowAt.bias]! + q[right + rowAt.bias]!;
      for (let f = rowAt.factors; f < width; f += 1) score += p[left + f]! * q[right + f]!;
      last.user = user;
      last.item = item;
      last.time = time;
      last.score = score;
      return loss === 'logistic' ? sigmoid(score) : score;
    },

    learn(outcome) {
      const { user, item, time, score } = last;
      if (user < 0) throw new RangeError('learn: expected a prediction before it');
      if (loss === 'logistic' && !(outcome >= 0 && outcome <= 1)) {
        throw new RangeError(`outcome: expected in [0, 1], got ${outcome}`);
      }
      last.user = -1;
      const gradient = (loss === 'logistic' ? sigmoid(score) : score) - outcome;
      const at = opened(users, user, time);
      const to = opened(items, item, time);
      step.bias(mean.values, 0, 1, gradient, false);
      mean.touch(0);
      step.bias(users.values, at + rowAt.bias, at + rowAt.biasSquares, gradient, true);
      step.bias(items.values, to + rowAt.bias, to + rowAt.biasSquares, gradient, true);
      step.factors(users.values, at, items.values, to, gradient);
    },
  };

  function opened(table: NumberTable, code: number, time: number): number {
    const at = table.at(code, time);
    const { values } = table;
    if (values[at + rowAt.count] === 0) {
      begun(values, at, nameHash(tables.dictionary, code), factors, parameters.spread);
    }
    values[at + rowAt.count]! += 1;
    return at;
  }
}

function begun(
  values: Float64Array,
  at: number,
  hash: number,
  factors: number,
  spread: number,
): void {
  values[at + rowAt.hash] = hash;
  values.fill(0, at + rowAt.count, at + rowAt.factors);
  for (let f = 0; f < factors; f += 1) {
    values[at + rowAt.factors + f] = spread * startValue(hash, f);
  }
}

function stepper({ factors, biasRate, rate, damping, shrinkage }: FactorParameters) {
  const left = new Float64Array(factors);
  const right = new Float64Array(factors);

  function bias(
    values: Float64Array,
    at: number,
    squaresAt: number,
    gradient: number,
    isShrunk: boolean,
  ): void {
    const slope = gradient + (isShrunk ? shrinkage * values[at]! : 0);
    values[squaresAt]! += slope * slope;
    values[at]! -= (biasRate * slope) / Math.sqrt(damping + values[squaresAt]!);
  }

  /** Both slopes before either is followed. */
  function slopes(
    p: Float64Array,
    at: number,
    q: Float64Array,
    to: number,
    gradient: number,
    into: Float64Array,
  ): number {
    let squares = 0;
    for (let f = 0; f < factors; f += 1) {
      const slope = gradient * q[to + rowAt.factors + f]! + shrinkage * p[at + rowAt.factors + f]!;
      into[f] = slope;
      squares += slope * slope;
    }
    return squares / factors;
  }

  function follow(values: Float64Array, at: number, slope: Float64Array, squares: number): void {
    values[at + rowAt.squares]! += squares;
    const size = rate / Math.sqrt(damping * 0.01 + values[at + rowAt.squares]!);
    for (let f = 0; f < factors; f += 1) values[at + rowAt.factors + f]! -= size * slope[f]!;
  }

  return {
    bias,
    factors(p: Float64Array, at: number, q: Float64Array, to: number, gradient: number): void {
      const ofUser = slopes(p, at, q, to, gradient, left);
      const ofItem = slopes(q, to, p, at, gradient, right);
      follow(p, at, left, ofUser);
      follow(q, to, right, ofItem);
    },
  };
}
