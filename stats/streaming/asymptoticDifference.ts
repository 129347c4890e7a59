/** The asymptotic confidence sequence of a difference of means as a streaming statistic; see `asymptoticSequence`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { differenceOfMeans } from '../testing/differenceOfMeans.ts';
import { type WelfordState, welford } from '../welford.ts';
import { effectFigures, evidenceFigures, unitFigures } from './evidenceFigures.ts';
import { alpha, arms, bestUnits } from './parameters.ts';
import { value, variant } from './roles.ts';
import { sequenceFigures } from './sequenceFigures.ts';
import { type TwoArms, twoArms } from './twoArms.ts';

export const asymptoticDifference = defineStatistic<TwoArms<WelfordState>>()({
  name: 'asymptotic-difference',
  summary: 'Difference of two means with the interval that holds, in the limit, at all times.',
  source: 'Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024',
  merges: 'rounding',
  roles: { value, variant },
  parameters: z.object({ ...arms, alpha, bestUnits }),
  figures: { ...effectFigures, ...evidenceFigures, ...unitFigures },
  create: (parameters) => ({
    ...twoArms(welford, parameters, (row: { value: number; variant: string }) => row.value),
    read(state) {
      const control = welford.read(state.control);
      const treatment = welford.read(state.treatment);
      return {
        ...sequenceFigures(
          differenceOfMeans(treatment, control),
          control.count + treatment.count,
          parameters,
        ),
        controlUnits: control.count,
        treatmentUnits: treatment.count,
      };
    },
  }),
});
