/**
 * What goes with the last items of a user: those that the same users took shortly after each other.
 *
 * Source: Linden, Smith & York 2003; Metwally, Agrawal & El Abbadi 2005; see `models/items/similarItems.ts`.
 */
import { similarItems } from '../items/similarItems.ts';
import { calibratedScore, calibrationRate } from './calibratedScore.ts';
import { defineRecommender } from './recommender.ts';
import { pairRoles } from './roles.ts';

export const similarItemsBaseline = defineRecommender({
  name: 'similar-items',
  version: 1,
  summary: 'Counts which items the same users took shortly after each other.',
  source: 'Linden, Smith & York 2003; Metwally, Agrawal & El Abbadi 2005',
  roles: pairRoles,
  parameters: {
    neighboursMax: {
      default: 32,
      range: [1, 1_024],
      unit: 'items',
      whole: true,
      summary: 'neighbours kept of each item; the rarest goes',
    },
    recentMax: {
      default: 5,
      range: [1, 100],
      unit: 'items',
      whole: true,
      summary: 'last items kept of each user',
    },
    usersMax: {
      default: 2 ** 20,
      range: [1, 2 ** 26],
      unit: 'rows',
      whole: true,
      summary: 'users kept; who was active least lately goes',
    },
    itemsMax: {
      default: 2 ** 17,
      range: [1, 2 ** 26],
      unit: 'rows',
      whole: true,
      summary: 'items kept; what was taken least lately goes',
    },
    rate: calibrationRate,
  },
  open(tables, name, { rate, ...bounds }) {
    const similar = similarItems(tables, name, bounds);
    const calibrated = calibratedScore(tables, `${name}-scale`, rate);
    const last = { user: -1, item: -1, time: 0 };
    return {
      predict(codes, time) {
        last.user = codes[0]!;
        last.item = codes[1]!;
        last.time = time;
        return calibrated.predict(similar.score(last.user, last.item, time));
      },
      learn(label) {
        calibrated.learn(label);
        if (label === 1) similar.count(last.user, last.item, last.time);
      },
    };
  },
});
