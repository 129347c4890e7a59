/**
 * A factorization machine as a recommender: user, item and what else is known, each with each; so a new item starts from its
 * attribute, and a new user from the situation.
 *
 * Source: Rendle 2010; see `models/factors/factorizationMachine.ts`.
 */

import { mix } from '../../contracts/hash.ts';
import type { StateTables } from '../../contracts/stateTable.ts';
import { nameHash } from '../answer/nameHash.ts';
import { factorizationMachine, machineParameters } from '../factors/factorizationMachine.ts';
import { createFeatures, sigmoid } from '../features.ts';
import { defineRecommender } from './recommender.ts';
import { pairRoles } from './roles.ts';

const roles = {
  ...pairRoles,
  attribute: { summary: 'of the item, such as its topic; a row may lack it' },
  situation: { summary: 'of the moment or the user, such as the course; a row may lack it' },
};

/** Place of what every row has: its bias is the intercept, its factors are part of each bias. */
const always = 0;

export const machineRecommender = defineRecommender({
  name: 'factorization-machine',
  version: 1,
  summary: 'Learns how user, item, an attribute and a situation go together, pair by pair.',
  source: 'Rendle 2010; Weinberger et al. 2009',
  roles,
  parameters: {
    ...machineParameters,
    bits: {
      default: 18,
      range: [8, 24],
      unit: '',
      whole: true,
      summary: 'names share 2^bits places by their hash',
    },
  },
  open(tables: StateTables, name, { bits, ...values }) {
    const model = factorizationMachine(values);
    const table = tables.vector(`${name}-machine`, 2 ** bits * model.width);
    const features = createFeatures(1 + Object.keys(roles).length);
    let probability = 0.5;
    const placeOf = (code: number, role: number) =>
      Math.max(1, mix(nameHash(tables.dictionary, code), 1 + role) >>> (32 - bits));
    return {
      predict(codes) {
        features.indices[0] = always;
        for (let role = 0; role < codes.length; role += 1) {
          const code = codes[role]!;
          features.indices[1 + role] = code < 0 ? always : placeOf(code, role);
          features.values[1 + role] = code < 0 ? 0 : 1;
        }
        probability = sigmoid(model.score(table, features));
        return probability;
      },
      learn(label) {
        model.learn(table, features, probability - label);
      },
    };
  },
});
