/**
 * Matrix factorization as a recommender: what users and items have in common, from outcomes alone.
 *
 * Source: Koren, Bell & Volinsky 2009; see `models/factors/matrixFactorization.ts`.
 */
import { factorParameters, matrixFactorization } from '../factors/matrixFactorization.ts';
import { defineRecommender } from './recommender.ts';
import { pairRoles } from './roles.ts';

export const factorRecommender = defineRecommender({
  name: 'matrix-factorization',
  version: 1,
  summary: 'Learns factors of users and items whose product says who takes what.',
  source: 'Koren, Bell & Volinsky 2009; Duchi, Hazan & Singer 2011',
  roles: pairRoles,
  parameters: factorParameters,
  open(tables, name, values) {
    const model = matrixFactorization(tables, name, 'logistic', values);
    return {
      predict: (codes, time) => model.predict(codes[0]!, codes[1]!, time),
      learn: (label) => model.learn(label),
    };
  },
});
