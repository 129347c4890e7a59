/** The exact sequential t-test of a difference as a streaming statistic: few clusters, Gaussian residuals; see `rightHaarT`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { lnRightHaarT, rightHaarRadius } from '../sequential/rightHaarT.ts';
import { type WelfordState, welford } from '../welford.ts';
import { effectFigures, evidenceFigures, evidenceOf, unitFigures } from './evidenceFigures.ts';
import { alpha, arms, positive } from './parameters.ts';
import { value, variant } from './roles.ts';
import { type TwoArms, twoArms } from './twoArms.ts';

export const rightHaarDifference = defineStatistic<TwoArms<WelfordState>>()({
  name: 'right-haar-t',
  summary: 'Difference of two means, exact at all times for few Gaussian values of one variance.',
  source: 'Lindon, Ham, Tingley & Bojinov 2024',
  merges: 'rounding',
  roles: { value, variant },
  parameters: z.object({
    ...arms,
    alpha,
    precision: positive()
      .default(1)
      .describe('g, of the prior of the effect, in units of 1 / variance of a value'),
  }),
  figures: { ...effectFigures, ...evidenceFigures, ...unitFigures },
  create: ({ alpha, precision, ...names }) => ({
    ...twoArms(welford, names, (row: { value: number; variant: string }) => row.value),
    read({ control, treatment }) {
      const freedom = control.count + treatment.count - 2;
      const information = 1 / (1 / control.count + 1 / treatment.count);
      const effect = welford.read(treatment).mean - welford.read(control).mean;
      const variance = (control.squares + treatment.squares) / freedom;
      const isKnown = freedom > 0 && information > 0 && variance > 0;
      const design = { freedom, information };
      const standardError = isKnown ? Math.sqrt(variance / information) : NaN;
      const radius = isKnown ? standardError * rightHaarRadius(design, precision, alpha) : NaN;
      return {
        effect,
        standardError,
        lower: effect - radius,
        upper: effect + radius,
        ...evidenceOf(isKnown ? lnRightHaarT(effect / standardError, design, precision) : NaN),
        controlUnits: control.count,
        treatmentUnits: treatment.count,
      };
    },
  }),
});
