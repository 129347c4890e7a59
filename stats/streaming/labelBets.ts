/** Label betting as a streaming statistic: does treatment change anything for anyone, however heavy the tails; see `labelBetting`. */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import { betPortfolio } from '../sequential/betPortfolio.ts';
import { type DesignCountsState, designCounts } from '../sequential/designCounts.ts';
import { designEstimate } from '../sequential/designEstimate.ts';
import { designEvidence } from '../sequential/designMixture.ts';
import { labelWealth } from '../sequential/labelBetting.ts';
import { logBin } from '../sequential/logBin.ts';
import { poolGroups } from '../sequential/poolGroups.ts';
import { type OutcomeBelief, predictGroups } from '../sequential/predictGroups.ts';
import { evidenceFigures, evidenceOf, unitFigures } from './evidenceFigures.ts';
import { arms, positive, whole } from './parameters.ts';
import { probability, stage, value, variant } from './roles.ts';
import { probabilityMin, treatmentProbability } from './treatmentProbability.ts';
import { expectTwo, variantProblem } from './twoArms.ts';

/** Of places among the bins before the first unit. */
const belief: OutcomeBelief = { mean: 0.5, deviation: 0.2, weight: 10 };

export const labelBets = defineStatistic<DesignCountsState>()({
  name: 'label-betting',
  summary: 'Evidence of any effect on a value without a bound, by betting on each unit’s arm.',
  source: 'Zampieri 2026',
  merges: 'exactly',
  costly: true,
  roles: { value, variant, probability, stage },
  parameters: z.object({
    ...arms,
    smallest: positive().default(0.001).describe('values up to it share the lowest bin'),
    largest: positive().default(1_000_000).describe('values from it on share the highest bin'),
    bins: whole(3, 1_024).default(64).describe('bins, even in the logarithm of the value'),
  }),
  figures: {
    ...evidenceFigures,
    lnEHigher: { unit: 'nats', summary: 'evidence that larger values go with treatment' },
    lnELower: { unit: 'nats', summary: 'evidence that smaller values go with treatment' },
    ...unitFigures,
  },
  create({ smallest, largest, bins, ...names }) {
    expectTwo(names);
    if (!(smallest < largest)) {
      throw new RangeError(unexpected('smallest', `below ${largest}`, smallest));
    }
    const counts = designCounts({ bins, adaptive: false });
    const portfolio = betPortfolio();
    return {
      initial: counts.initial,

      problem({ value, variant, probability, stage }) {
        if (!(value >= 0)) return unexpected('value', 'at least 0', value);
        if (!(probability > probabilityMin && probability < 1 - probabilityMin)) {
          return unexpected('probability', 'in (0, 1)', probability);
        }
        if (!(Number.isSafeInteger(stage) && stage >= 0)) {
          return unexpected('stage', 'an integer from 0', stage);
        }
        return variantProblem(variant, names);
      },

      step(state, { value, variant, probability, stage }) {
        const treated = variant === names.treatment;
        counts.step(state, {
          period: stage,
          probability: treatmentProbability(probability, treated),
          treated,
          outcome: logBin(value, { smallest, largest, bins }) / (bins - 1),
          outcomeDraw: 0,
          weightDraw: 0,
        });
      },

      read({ groups }) {
        const wealth = labelWealth(poolGroups(predictGroups(groups, belief)), portfolio);
        const evidence = designEvidence(wealth, portfolio);
        const { controlUnits, treatmentUnits } = designEstimate(groups);
        return {
          ...evidenceOf(evidence.either),
          lnEHigher: evidence.higher,
          lnELower: evidence.lower,
          controlUnits,
          treatmentUnits,
        };
      },

      merge: counts.merge,
    };
  },
});
