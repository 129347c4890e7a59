/** Two ratios of sums compared, as a streaming statistic: by the delta method, relative by Fieller; see `ratioMetric`, `fieller`. */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import { type CrossMomentsState, crossMoments } from '../exact/crossMoments.ts';
import { difference } from '../testing/estimate.ts';
import { fiellerLift } from '../testing/fieller.ts';
import { ratioEstimate } from '../testing/ratioMetric.ts';
import { effectFigures, evidenceFigures, unitFigures } from './evidenceFigures.ts';
import { alpha, arms, bestUnits } from './parameters.ts';
import { variant } from './roles.ts';
import { sequenceFigures } from './sequenceFigures.ts';
import { type TwoArms, twoArms, variantProblem } from './twoArms.ts';

export const ratioDifference = defineStatistic<TwoArms<CrossMomentsState>>()({
  name: 'ratio-difference',
  summary: 'Difference of two ratios of sums, as answers right per answer, with units as clusters.',
  source: 'Deng, Knoblich & Lu 2018; Fieller 1954',
  merges: 'rounding',
  costly: true,
  roles: {
    numerator: { kind: 'number', summary: 'of the unit', column: 'value' },
    denominator: { kind: 'number', summary: 'of the unit, ≥ 0' },
    variant,
  },
  parameters: z.object({ ...arms, alpha, bestUnits }),
  figures: {
    controlRatio: { unit: 'ratio', summary: 'of control' },
    treatmentRatio: { unit: 'ratio', summary: 'of treatment' },
    ...effectFigures,
    ...evidenceFigures,
    lift: { unit: 'share', summary: 'effect relative to control' },
    liftLower: {
      unit: 'share',
      summary: 'end of the interval of the lift, of one look; −∞ where control may be 0',
    },
    liftUpper: { unit: 'share', summary: 'its other end; ∞ where control may be 0' },
    ...unitFigures,
  },
  create(parameters) {
    const figures = new Float64Array(2); // written and read within one step
    const moments = crossMoments(2);
    const fold = twoArms(
      moments,
      parameters,
      (row: { numerator: number; denominator: number; variant: string }) => {
        figures[0] = row.numerator;
        figures[1] = row.denominator;
        return figures;
      },
    );
    return {
      ...fold,

      problem: (row) =>
        row.denominator >= 0
          ? variantProblem(row.variant, parameters)
          : unexpected('denominator', 'at least 0', row.denominator),

      read(state) {
        const control = ratioEstimate(moments.read(state.control));
        const treatment = ratioEstimate(moments.read(state.treatment));
        const units = state.control.count + state.treatment.count;
        const lifts = fiellerLift(treatment, control, parameters.alpha);
        const isBounded = lifts.kind === 'bounded';
        const effect = treatment.estimate - control.estimate;
        return {
          controlRatio: control.estimate,
          treatmentRatio: treatment.estimate,
          ...sequenceFigures(difference(treatment, control), units, parameters),
          lift: effect / Math.abs(control.estimate),
          liftLower: isBounded ? lifts.lower : -Infinity,
          liftUpper: isBounded ? lifts.upper : Infinity,
          controlUnits: state.control.count,
          treatmentUnits: state.treatment.count,
        };
      },
    };
  },
});
