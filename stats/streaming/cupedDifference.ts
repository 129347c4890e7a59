/** A difference of means adjusted by what was known before, as a streaming statistic; see `cuped`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { adjustedMean, fitAdjustment } from '../adjustment/cuped.ts';
import { type CrossMomentsState, crossMoments } from '../exact/crossMoments.ts';
import { difference } from '../testing/estimate.ts';
import { effectFigures, evidenceFigures, unitFigures } from './evidenceFigures.ts';
import { alpha, arms, bestUnits } from './parameters.ts';
import { value, variant } from './roles.ts';
import { sequenceFigures } from './sequenceFigures.ts';
import { type TwoArms, twoArms } from './twoArms.ts';

const unknown = { estimate: NaN, variance: NaN, freedom: NaN };

export const cupedDifference = defineStatistic<TwoArms<CrossMomentsState>>()({
  name: 'cuped-difference',
  summary: 'Difference of two means, less what a covariate from before explains.',
  source: 'Deng, Xu, Kohavi & Walker 2013',
  merges: 'rounding',
  roles: {
    value,
    covariate: { kind: 'number', summary: 'of the unit, from before its exposure' },
    variant,
  },
  parameters: z.object({ ...arms, alpha, bestUnits }),
  figures: {
    ...effectFigures,
    ...evidenceFigures,
    explained: { unit: 'share', summary: 'of the variance, by the covariate' },
    ...unitFigures,
  },
  create(parameters) {
    const figures = new Float64Array(2); // written and read within one step
    const moments = crossMoments(2);
    return {
      ...twoArms(
        moments,
        parameters,
        (row: { value: number; covariate: number; variant: string }) => {
          figures[0] = row.value;
          figures[1] = row.covariate;
          return figures;
        },
      ),
      read(state) {
        const control = moments.read(state.control);
        const treatment = moments.read(state.treatment);
        const isKnown = control.count > 0 && treatment.count > 0;
        const fit = fitAdjustment([control, treatment]);
        const effect = isKnown
          ? difference(adjustedMean(treatment, fit), adjustedMean(control, fit))
          : unknown;
        return {
          ...sequenceFigures(effect, control.count + treatment.count, parameters),
          explained: isKnown ? fit.explained : NaN,
          controlUnits: control.count,
          treatmentUnits: treatment.count,
        };
      },
    };
  },
});
