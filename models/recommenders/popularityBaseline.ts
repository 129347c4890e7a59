/**
 * What is popular: how often an item was taken lately, by whomever. What every recommendation has to beat.
 *
 * Source: Cormode, Shkapenyuk, Srivastava & Xu 2009 (fading); see `models/items/popularity.ts`.
 */
import { popularity } from '../items/popularity.ts';
import { calibratedScore, calibrationRate } from './calibratedScore.ts';
import { defineRecommender } from './recommender.ts';
import { pairRoles } from './roles.ts';

export const popularityBaseline = defineRecommender({
  name: 'popularity',
  version: 1,
  summary: 'Counts how often each item was taken lately.',
  source: 'Cormode, Shkapenyuk, Srivastava & Xu 2009',
  roles: { item: pairRoles.item },
  parameters: {
    halfLifeMs: {
      default: 7 * 86_400_000,
      range: [1_000, 3.2e12],
      unit: 'ms',
      whole: true,
      summary: 'event time after which a use counts half',
    },
    itemsMax: {
      default: 2 ** 19,
      range: [1, 2 ** 26],
      unit: 'rows',
      whole: true,
      summary: 'items kept; what was taken least lately goes',
    },
    rate: calibrationRate,
  },
  open(tables, name, { halfLifeMs, itemsMax, rate }) {
    const popular = popularity(tables, `${name}-items`, { halfLifeMs, itemsMax });
    const calibrated = calibratedScore(tables, `${name}-scale`, rate);
    const last = { item: -1, time: 0 };
    return {
      predict(codes, time) {
        last.item = codes[0]!;
        last.time = time;
        return calibrated.predict(popular.score(last.item, time));
      },
      learn(label) {
        calibrated.learn(label);
        if (label === 1) popular.count(last.item, last.time);
      },
    };
  },
});
