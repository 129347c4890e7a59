/** Two proportions compared by what is believed of them, as a streaming statistic; see `betaPosterior`, `comparison`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { betaPosterior } from '../bayes/betaPosterior.ts';
import { arms, positive, share } from './parameters.ts';
import { believed, posteriorFigures } from './posteriorFigures.ts';
import { value, variant } from './roles.ts';
import { binaryProblem, type SuccessesState, successes } from './successes.ts';
import { type TwoArms, twoArms, variantProblem } from './twoArms.ts';

export const betaBinomial = defineStatistic<TwoArms<SuccessesState>>()({
  name: 'beta-binomial',
  summary: 'Probability that treatment has the larger proportion, and what a wrong choice costs.',
  source: 'Gelman et al. 2013; Stucchio 2015',
  merges: 'exactly',
  costly: true,
  roles: { value, variant },
  parameters: z.object({
    ...arms,
    priorSuccesses: positive().default(1).describe('ones that the prior counts for'),
    priorFailures: positive().default(1).describe('zeros that the prior counts for'),
    level: share().default(0.95).describe('probability of the credible interval'),
  }),
  figures: posteriorFigures,
  create({ priorSuccesses, priorFailures, level, ...names }) {
    const prior = { successes: priorSuccesses, failures: priorFailures };
    return {
      ...twoArms(successes, names, (row: { value: number; variant: string }) => row.value),
      problem: (row) => binaryProblem('value', row.value) ?? variantProblem(row.variant, names),
      read: ({ control, treatment }) => ({
        ...believed(betaPosterior(control, prior), betaPosterior(treatment, prior), level),
        controlUnits: control.count,
        treatmentUnits: treatment.count,
      }),
    };
  },
});
