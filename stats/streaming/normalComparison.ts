/** Two means compared by what is believed of them, as a streaming statistic; see `normalPosterior`, `comparison`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { normalPosterior } from '../bayes/normalPosterior.ts';
import { meanEstimate } from '../testing/differenceOfMeans.ts';
import { type WelfordState, welford } from '../welford.ts';
import { arms, finite, positive, share } from './parameters.ts';
import { believed, nothingBelieved, posteriorFigures } from './posteriorFigures.ts';
import { value, variant } from './roles.ts';
import { type TwoArms, twoArms } from './twoArms.ts';

export const normalComparison = defineStatistic<TwoArms<WelfordState>>()({
  name: 'normal-comparison',
  summary: 'Probability that treatment has the larger mean, and what a wrong choice costs.',
  source: 'Murphy 2007; Stucchio 2015',
  merges: 'rounding',
  costly: true,
  roles: { value, variant },
  parameters: z.object({
    ...arms,
    priorMean: finite().default(0).describe('of both arms; matters with `priorVariance` only'),
    priorVariance: positive()
      .optional()
      .describe('of the true mean of an arm, in value²; absent: nothing is known before'),
    level: share().default(0.95).describe('probability of the credible interval'),
  }),
  figures: posteriorFigures,
  create({ priorMean, priorVariance = Infinity, level, ...names }) {
    const prior = { mean: priorMean, variance: priorVariance };
    return {
      ...twoArms(welford, names, (row: { value: number; variant: string }) => row.value),
      read(state) {
        const control = meanEstimate(welford.read(state.control));
        const treatment = meanEstimate(welford.read(state.treatment));
        const isKnown = control.variance > 0 && treatment.variance > 0;
        return {
          ...(isKnown
            ? believed(normalPosterior(control, prior), normalPosterior(treatment, prior), level)
            : nothingBelieved),
          controlUnits: state.control.count,
          treatmentUnits: state.treatment.count,
        };
      },
    };
  },
});
