/** The models that are compared: each predicts an outcome, then learns it. */

import { mix } from '../../contracts/hash.ts';
import { nameHash } from '../../models/answer/nameHash.ts';
import { factorizationMachine } from '../../models/factors/factorizationMachine.ts';
import {
  type FactorParameters,
  matrixFactorization,
} from '../../models/factors/matrixFactorization.ts';
import { createFeatures } from '../../models/features.ts';
import { type Affinity, emptyAffinity } from '../../models/preference/affinity.ts';
import { emptyPopulation } from '../../models/preference/population.ts';
import { preferenceModel, type Signal } from '../../models/preference/preferenceModel.ts';
import type { PreferenceParameters } from '../../models/preference/preferenceParameters.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import type { Outcome } from './outcomes.ts';

export interface Contender {
  /** The outcome that is expected. */
  predict(outcome: Outcome): number;
  /** Behind `predict` of the same. */
  learn(outcome: Outcome): void;
}

/** Mean of each signal so far. */
export function globalMean(signals: number): Contender {
  const count = new Float64Array(signals).fill(1);
  const sum = new Float64Array(signals);
  return {
    predict: ({ signal }) => sum[signal]! / count[signal]!,
    learn({ signal, outcome }) {
      count[signal]! += 1;
      sum[signal]! += outcome;
    },
  };
}

/** Mean of each signal, then biases of value and user as shrunk means of what is left: no liking of one value by one user. */
export function biasesOnly(signals: number, prior: number): Contender {
  const mean = globalMean(signals);
  const ofValue = new Map<string, { n: number; s: number }>();
  const ofUser = new Map<string, { n: number; s: number }>();
  const read = (biases: Map<string, { n: number; s: number }>, key: string) => {
    const bias = biases.get(key);
    return bias === undefined ? 0 : bias.s / (bias.n + prior);
  };
  const add = (biases: Map<string, { n: number; s: number }>, key: string, r: number) => {
    const bias = biases.get(key) ?? { n: 0, s: 0 };
    bias.n += 1;
    bias.s += r;
    biases.set(key, bias);
  };
  return {
    predict: (o) => mean.predict(o) + read(ofValue, o.value) + read(ofUser, o.user),
    learn(o) {
      const r = o.outcome - mean.predict(o);
      const value = read(ofValue, o.value);
      const user = read(ofUser, o.user);
      mean.learn(o);
      add(ofValue, o.value, r - user);
      add(ofUser, o.user, r - value);
    },
  };
}

/** Means of user and value, drawn to the usual of the value by a strength that is chosen beforehand. */
export function shrunkMeans(weights: readonly number[], strength: number): Contender {
  const mean = globalMean(weights.length);
  const ofValue = new Map<string, { n: number; s: number }>();
  const ofPair = new Map<string, { n: number; s: number }>();
  const read = (means: Map<string, { n: number; s: number }>, key: string, k: number) => {
    const held = means.get(key);
    return held === undefined ? 0 : held.s / (held.n + k);
  };
  const add = (means: Map<string, { n: number; s: number }>, key: string, n: number, r: number) => {
    const held = means.get(key) ?? { n: 0, s: 0 };
    held.n += n;
    held.s += n * r;
    means.set(key, held);
  };
  const pairOf = ({ user, value }: Outcome) => `${user} ${value}`;
  return {
    predict: (o) =>
      mean.predict(o) + read(ofValue, o.value, 10) + read(ofPair, pairOf(o), strength),
    learn(o) {
      const r = o.outcome - mean.predict(o);
      const weight = weights[o.signal]!;
      add(ofPair, pairOf(o), weight, r - read(ofValue, o.value, 10));
      add(ofValue, o.value, weight, r);
      mean.learn(o);
    },
  };
}

export interface PreferenceContender extends Contender {
  /** Of the pair that was predicted last; valid until the next. */
  affinity(): Readonly<Affinity>;
}

export function preferences(
  signals: readonly Signal[],
  options: Partial<PreferenceParameters>,
): PreferenceContender {
  const model = preferenceModel(signals, options);
  const tables = createStateTables(new InternDictionary());
  const users = tables.numbers('users', { width: model.users.width });
  const population = emptyPopulation(signals.length);
  const values = new Map<string, number>();
  const affinity = emptyAffinity();
  return {
    predict({ user, value, signal, time }) {
      const at = users.peek(tables.dictionary.internText(user), time);
      model.affinity(population, users.values, at, values.get(value) ?? -1, time, affinity);
      return model.usual(population, signal, time) + affinity.mean;
    },
    affinity: () => affinity,
    learn({ user, value, signal, outcome, time }) {
      let number = values.get(value);
      if (number === undefined) {
        number = values.size;
        values.set(value, number);
      }
      const at = users.at(tables.dictionary.internText(user), time);
      model.learn(population, users.values, at, number, signal, outcome, time);
    },
  };
}

/** Users by items, or by values of the attribute; around the mean of the signal, or of outcomes as 0 and 1. */
export function factorized(
  by: 'item' | 'value',
  signals: number,
  loss: 'squared' | 'logistic',
  options: Partial<FactorParameters> = {},
): Contender {
  const tables = createStateTables(new InternDictionary());
  const model = matrixFactorization(tables, 'factors', loss, options);
  const mean = globalMean(signals);
  const codes = ({ user, time, ...o }: Outcome) =>
    [tables.dictionary.internText(user), tables.dictionary.internText(` ${o[by]}`), time] as const;
  return loss === 'logistic'
    ? {
        predict: (o) => 2 * model.predict(...codes(o)) - 1,
        learn: (o) => model.learn((o.outcome + 1) / 2),
      }
    : {
        predict: (o) => mean.predict(o) + model.predict(...codes(o)),
        learn(o) {
          model.learn(o.outcome - mean.predict(o));
          mean.learn(o);
        },
      };
}

/** A factorization machine over user, item, value and signal. */
export function machine(loss: 'squared' | 'logistic', bits = 18, options = {}): Contender {
  const tables = createStateTables(new InternDictionary());
  const model = factorizationMachine(options);
  const table = tables.vector('machine', 2 ** bits * model.width);
  const features = createFeatures(4);
  let expected = 0;
  const hash = (name: string, salt: number) =>
    mix(nameHash(tables.dictionary, tables.dictionary.internText(name)), salt) >>> (32 - bits);
  return {
    predict({ user, item, value, signal }) {
      features.indices[0] = hash(user, 1);
      features.indices[1] = hash(item, 2);
      features.indices[2] = hash(value, 3);
      features.indices[3] = hash(`${signal}`, 4);
      const score = model.score(table, features);
      expected = loss === 'logistic' ? 2 / (1 + Math.exp(-score)) - 1 : score;
      return expected;
    },
    learn({ outcome }) {
      const gradient = loss === 'logistic' ? (expected - outcome) / 2 : expected - outcome;
      model.learn(table, features, gradient);
    },
  };
}
