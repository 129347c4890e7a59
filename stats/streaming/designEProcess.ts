/**
 * The design-based e-process as a streaming statistic: exact under any split, ramp or bandit; see `designMixture`.
 *
 * A row is a unit with its complete outcome, once, not an event of it.
 */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import { betPortfolio } from '../sequential/betPortfolio.ts';
import { type DesignCountsState, designCounts } from '../sequential/designCounts.ts';
import { readDesign } from '../sequential/readDesign.ts';
import { uniformSeed, unitUniform } from '../sequential/unitUniform.ts';
import { bounded } from './bounded.ts';
import { effectFigures, evidenceFigures, evidenceOf, unitFigures } from './evidenceFigures.ts';
import { alpha, arms, bounds, positive, whole } from './parameters.ts';
import { probability, stage, unit, value, variant } from './roles.ts';
import { probabilityMin, treatmentProbability } from './treatmentProbability.ts';
import { expectTwo, variantProblem } from './twoArms.ts';

/** Classes of probabilities reach that far, see `probabilityClass`. */
const adaptiveMin = 0.0025;

export const designEProcess = defineStatistic<DesignCountsState>()({
  name: 'design-e-process',
  summary: 'Effect of an experiment judged at any time, exactly, by the logged probabilities.',
  source: 'Waudby-Smith & Ramdas 2024; Ham, Bojinov, Lindon & Tingley 2022',
  merges: 'exactly',
  costly: true,
  roles: { value, variant, probability, unit, stage },
  parameters: z.object({
    ...arms,
    ...bounds,
    bins: whole(2, 1_024)
      .default(64)
      .describe('grid points of the value from `lower` to `upper`: 2 for a yes or no'),
    adaptive: z
      .boolean('true or false')
      .default(false)
      .describe('probabilities differ from unit to unit, as with a bandit: count them by class'),
    typicalEffect: positive()
      .default(0.08)
      .describe('effect that is expected, in standard deviations of the value'),
    salt: z.string('a text').default('').describe('makes the rounding that of this measure alone'),
    alpha,
  }),
  figures: {
    ...effectFigures,
    ...evidenceFigures,
    lnEHigher: { unit: 'nats', summary: 'evidence against "no effect above 0"' },
    lnELower: { unit: 'nats', summary: 'evidence against "no effect below 0"' },
    ...unitFigures,
  },
  create({ bins, adaptive, typicalEffect, salt, ...parameters }) {
    expectTwo(parameters);
    const scale = bounded(parameters);
    const counts = designCounts({ bins, adaptive });
    const portfolio = betPortfolio({ typicalEffect });
    const seed = uniformSeed('design-e-process', salt);
    const least = adaptive ? adaptiveMin : probabilityMin;
    return {
      initial: counts.initial,

      problem(row) {
        const { value, variant, probability, stage } = row;
        if (!(probability > least && probability < 1 - least)) {
          return unexpected('probability', `in (${least}, ${1 - least})`, probability);
        }
        if (!(Number.isSafeInteger(stage) && stage >= 0)) {
          return unexpected('stage', 'an integer from 0', stage);
        }
        return variantProblem(variant, parameters) ?? scale.problem(value);
      },

      step(state, { value, variant, probability, unit, stage }) {
        const treated = variant === parameters.treatment;
        counts.step(state, {
          period: stage,
          probability: treatmentProbability(probability, treated),
          treated,
          outcome: scale.shareOf(value),
          outcomeDraw: unitUniform(seed, unit, 0),
          weightDraw: adaptive ? unitUniform(seed, unit, 1) : 0,
        });
      },

      read({ groups }) {
        const { alpha } = parameters;
        const { estimate, interval, evidence } = readDesign(groups, { alpha, portfolio });
        return {
          effect: estimate.effect * scale.width,
          standardError: estimate.standardError * scale.width,
          lower: interval.lower * scale.width,
          upper: interval.upper * scale.width,
          ...evidenceOf(evidence.either),
          lnEHigher: evidence.higher,
          lnELower: evidence.lower,
          controlUnits: estimate.controlUnits,
          treatmentUnits: estimate.treatmentUnits,
        };
      },

      merge: counts.merge,
    };
  },
});
