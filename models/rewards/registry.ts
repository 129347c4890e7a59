/** The learners of rewards that policies know by name: one entry makes another available. */
import { z } from 'zod';
import { diagonalLogistic } from '../linear/diagonalLogistic.ts';
import { onlineLogistic } from '../linear/onlineLogistic.ts';
import type { MergeClass } from '../linear/regression.ts';
import { ridgeRegression } from '../linear/ridgeRegression.ts';
import { disjointLearner } from './disjointLearner.ts';
import { hybridLearner } from './hybridLearner.ts';
import type { RewardLearner } from './rewardLearner.ts';
import { sharedLearner } from './sharedLearner.ts';

/** Numbers of features in the vectors of a decision. */
export interface VectorSizes {
  readonly context: number;
  /** 0 where actions have no features. */
  readonly interaction: number;
}

export interface RegisteredRewardLearner {
  readonly summary: string;
  /** Author and year. */
  readonly source: string;
  readonly reads: RewardLearner['reads'];
  readonly mergeClass: MergeClass;
  readonly parameters: z.ZodObject;
  /**
   * @param parameters checked by the schema; defaults where there are none
   * @throws ZodError when they do not satisfy it, RangeError when a size is 0
   */
  create(sizes: VectorSizes, parameters?: unknown): RewardLearner;
}

export const learningParameters = z.strictObject({
  ridge: z
    .number()
    .gt(0)
    .max(1e9)
    .default(1)
    .describe('λ, precision of each weight before the first observation; it does not fade'),
  halfLifeMs: z
    .number()
    .int()
    .min(1_000)
    .nullable()
    .default(null)
    .describe('event time in which an observation loses half of its weight; null: never'),
});

const ridgeParameters = learningParameters.extend({
  noise: z
    .enum(['unit', 'estimated'])
    .default('unit')
    .describe('variance of a reward about its mean: 1, or estimated from the residuals'),
});

type Learning = z.infer<typeof learningParameters>;

function optionsOf<Values extends Learning>({ halfLifeMs, ...rest }: Values) {
  return { ...rest, halfLifeMs: halfLifeMs ?? Infinity };
}

export const rewardLearners: Readonly<Record<string, RegisteredRewardLearner>> = {
  'linear-disjoint': {
    summary: 'Linear reward, weights of its own for each action.',
    source: 'Li et al. 2010, algorithm 1',
    reads: 'context',
    mergeClass: 'exact',
    parameters: ridgeParameters,
    create({ context }, parameters = {}) {
      const options = optionsOf(ridgeParameters.parse(parameters));
      return disjointLearner(ridgeRegression(context, options), options.ridge);
    },
  },
  'linear-shared': {
    summary: 'Linear reward, one vector of weights over the features of action and context.',
    source: 'Li et al. 2010; Agrawal & Goyal 2013',
    reads: 'interaction',
    mergeClass: 'exact',
    parameters: ridgeParameters,
    create({ interaction }, parameters = {}) {
      const options = optionsOf(ridgeParameters.parse(parameters));
      return sharedLearner(ridgeRegression(interaction, options), options.ridge);
    },
  },
  'linear-hybrid': {
    summary: 'Linear reward, shared weights and weights of each action.',
    source: 'Li et al. 2010, algorithm 2',
    reads: 'both',
    mergeClass: 'exact',
    parameters: learningParameters,
    create({ context, interaction }, parameters = {}) {
      return hybridLearner(context, interaction, optionsOf(learningParameters.parse(parameters)));
    },
  },
  'logistic-disjoint': {
    summary: 'Probability of a reward, weights of its own for each action, whole covariance.',
    source: 'Chapelle & Li 2011; Bell & Cathey 1993',
    reads: 'context',
    mergeClass: 'approximate',
    parameters: learningParameters,
    create({ context }, parameters = {}) {
      const options = optionsOf(learningParameters.parse(parameters));
      return disjointLearner(onlineLogistic(context, options), options.ridge);
    },
  },
  'logistic-shared': {
    summary: 'Probability of a reward, one vector of weights, whole covariance.',
    source: 'Chapelle & Li 2011; Bell & Cathey 1993',
    reads: 'interaction',
    mergeClass: 'approximate',
    parameters: learningParameters,
    create({ interaction }, parameters = {}) {
      const options = optionsOf(learningParameters.parse(parameters));
      return sharedLearner(onlineLogistic(interaction, options), options.ridge);
    },
  },
  'logistic-diagonal': {
    summary: 'Probability of a reward, one vector of weights thought independent.',
    source: 'Chapelle & Li 2011, algorithm 3',
    reads: 'interaction',
    mergeClass: 'approximate',
    parameters: learningParameters,
    create({ interaction }, parameters = {}) {
      const options = optionsOf(learningParameters.parse(parameters));
      return sharedLearner(diagonalLogistic(interaction, options), options.ridge);
    },
  },
};
