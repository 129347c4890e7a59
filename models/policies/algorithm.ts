/** A way to choose: from what is expected of each action to the exact probability with which it is chosen. */
import type { z } from 'zod';
import type { Attributes } from '../../contracts/attributes.ts';
import type { Scores } from '../rewards/scores.ts';

export interface AlgorithmInput {
  /** Keys of the actions, in the order of the scores. */
  readonly actions: readonly string[];
  /** Algorithms that need no learner read only `eligible`. */
  readonly scores: Scores;
  /** Of whom the decision is about; only rules read them. */
  readonly attributes: Attributes;
}

export interface Algorithm {
  /** Joint draws that it wants of a model whose scores are correlated; 0 for none. */
  readonly draws: number;
  /**
   * Fills the probability of every action: 0 for those that are not eligible; they add up to 1 within 1e-12. A function of the
   * input alone, and of the actions' keys, not of their order. Actions that are equally good are equally likely.
   *
   * @param into as many numbers as there are actions
   * @throws RangeError when no action is eligible, or a score is not finite
   */
  probabilities(input: AlgorithmInput, into: Float64Array): void;
}

export interface RegisteredAlgorithm {
  readonly name: string;
  readonly summary: string;
  /** Author and year. */
  readonly source: string;
  /** Names of the learners that it can choose by, the usual one first; none for one that needs no scores. */
  readonly learners: readonly string[];
  /** Its parameters, with defaults and descriptions. */
  readonly parameters: z.ZodObject;
  /**
   * @param range width of the rewards' bounds, > 0, by default 1: parameters are in units of it
   * @throws ZodError when the parameters do not satisfy the schema
   */
  create(parameters?: unknown, range?: number): Algorithm;
}

/** Ties an algorithm's schema to what is made of its parameters. */
export function defineAlgorithm<Schema extends z.ZodObject>(algorithm: {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly learners: readonly string[];
  readonly parameters: Schema;
  readonly build: (parameters: z.infer<Schema>, range: number) => Algorithm;
}): RegisteredAlgorithm {
  const { build, ...rest } = algorithm;
  return {
    ...rest,
    create: (parameters = {}, range = 1) => build(algorithm.parameters.parse(parameters), range),
  };
}

/** Names of the linear learners, and of all. */
export const linearLearners = ['linear-disjoint', 'linear-shared', 'linear-hybrid'] as const;
export const logisticLearners = [
  'logistic-disjoint',
  'logistic-shared',
  'logistic-diagonal',
] as const;
export const allLearners = [...linearLearners, ...logisticLearners] as const;
