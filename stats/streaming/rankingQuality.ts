/** How well lists are ordered, as a streaming statistic; see `rankingQuality`. */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import {
  type RankingQualityState,
  rankingQuality as ranking,
  relevantItemProblem,
} from '../monitoring/rankingQuality.ts';
import { normalTwoSided } from '../special/normal.ts';
import { wilson } from '../wilson.ts';
import { alpha, whole } from './parameters.ts';

export const rankingQuality = defineStatistic<RankingQualityState>()({
  name: 'ranking-quality',
  summary: 'How well lists are ordered; a row is one relevant item of one request.',
  source: 'Järvelin & Kekäläinen 2002; Voorhees 1999',
  merges: 'exactly',
  roles: {
    rank: {
      kind: 'number',
      summary: 'place of the relevant item in the list of its request, from 1; 0: it is not in it',
      column: 'value',
    },
    ordinal: {
      kind: 'number',
      summary: 'which of the request’s relevant items it is, from 1 at the top',
      fallback: 1,
    },
    relevant: {
      kind: 'number',
      summary: 'relevant items of the request; each has a row',
      fallback: 1,
    },
  },
  parameters: z.object({
    cut: whole(1, 10_000).default(10).describe('k: so many places from the top are judged'),
    alpha,
  }),
  figures: {
    requests: { unit: 'requests', summary: 'with a relevant item' },
    ndcg: { unit: 'share', summary: 'normalized discounted cumulative gain at k' },
    averagePrecision: { unit: 'share', summary: 'mean average precision at k' },
    reciprocalRank: { unit: 'share', summary: 'mean of 1 / rank of the first relevant item' },
    hitRate: { unit: 'share', summary: 'of requests with a relevant item among the first k' },
    hitRateLower: { unit: 'share', summary: 'end of its interval; 0 without requests' },
    hitRateUpper: { unit: 'share', summary: 'its other end; 1 without requests' },
  },
  create({ cut, alpha }) {
    const fold = ranking(cut);
    const quantile = normalTwoSided(alpha);
    return {
      initial: fold.initial,

      problem(row) {
        const problem = relevantItemProblem(row);
        if (problem === undefined) return undefined;
        const [field, expected] = problem;
        return unexpected(field, expected, row[field]);
      },

      step: fold.step,

      read(state) {
        const { requests, hits, ndcg, averagePrecision, reciprocalRank } = fold.read(state);
        const { lower, upper } = wilson(hits, requests, quantile);
        return {
          requests,
          ndcg,
          averagePrecision,
          reciprocalRank,
          hitRate: hits / requests, // 0 / 0 is NaN
          hitRateLower: lower,
          hitRateUpper: upper,
        };
      },

      merge: fold.merge,
    };
  },
});
