/** The mixture sequential probability ratio test of a difference of means as a streaming statistic; see `lnMixtureSprt`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { lnMixtureSprt, mixtureSprtRadius } from '../sequential/mixtureSprt.ts';
import { differenceOfMeans } from '../testing/differenceOfMeans.ts';
import { type WelfordState, welford } from '../welford.ts';
import { effectFigures, evidenceFigures, evidenceOf, unitFigures } from './evidenceFigures.ts';
import { alpha, arms, positive } from './parameters.ts';
import { value, variant } from './roles.ts';
import { type TwoArms, twoArms } from './twoArms.ts';

export const mixtureSprt = defineStatistic<TwoArms<WelfordState>>()({
  name: 'mixture-sprt',
  summary: 'Difference of two means by the mixture likelihood ratio that many platforms use.',
  source: 'Robbins 1970; Johari, Koomen, Pekelis & Walsh 2022',
  merges: 'rounding',
  roles: { value, variant },
  parameters: z.object({
    ...arms,
    alpha,
    priorVariance: positive().describe('τ², of the effects that are expected, in value²'),
  }),
  figures: { ...effectFigures, ...evidenceFigures, ...unitFigures },
  create: ({ alpha, priorVariance, ...names }) => ({
    ...twoArms(welford, names, (row: { value: number; variant: string }) => row.value),
    read(state) {
      const control = welford.read(state.control);
      const treatment = welford.read(state.treatment);
      const { estimate: effect, variance } = differenceOfMeans(treatment, control);
      const isKnown = variance > 0;
      const radius = isKnown ? mixtureSprtRadius(variance, priorVariance, alpha) : NaN;
      return {
        effect,
        standardError: Math.sqrt(variance),
        lower: effect - radius,
        upper: effect + radius,
        ...evidenceOf(isKnown ? lnMixtureSprt(effect, variance, priorVariance) : NaN),
        controlUnits: control.count,
        treatmentUnits: treatment.count,
      };
    },
  }),
});
