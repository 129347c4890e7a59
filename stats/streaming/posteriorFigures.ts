/** What two posteriors say of each other, as figures. */
import type { Figure } from '../../contracts/statistic.ts';
import { credibleDifference, expectedLoss, probabilityToBeBest } from '../bayes/comparison.ts';
import type { Posterior } from '../bayes/posterior.ts';

export const posteriorFigures = {
  controlMean: { unit: 'value', summary: 'believed mean of control' },
  treatmentMean: { unit: 'value', summary: 'believed mean of treatment' },
  treatmentBest: { unit: 'probability', summary: 'that treatment is better' },
  controlLoss: { unit: 'value', summary: 'lost on average by choosing control' },
  treatmentLoss: { unit: 'value', summary: 'lost on average by choosing treatment' },
  lower: { unit: 'value', summary: 'end of the credible interval of treatment − control' },
  upper: { unit: 'value', summary: 'its other end' },
  controlUnits: { unit: 'units', summary: 'in control' },
  treatmentUnits: { unit: 'units', summary: 'in treatment' },
} as const satisfies Record<string, Figure>;

type Believed = Omit<
  Record<keyof typeof posteriorFigures, number>,
  'controlUnits' | 'treatmentUnits'
>;

/** Where an arm is not known yet. */
export const nothingBelieved: Believed = {
  controlMean: NaN,
  treatmentMean: NaN,
  treatmentBest: NaN,
  controlLoss: NaN,
  treatmentLoss: NaN,
  lower: NaN,
  upper: NaN,
};

/** @param level of the interval, in (0, 1) */
export function believed(control: Posterior, treatment: Posterior, level: number): Believed {
  const posteriors = [control, treatment];
  const [controlLoss, treatmentLoss] = expectedLoss(posteriors);
  return {
    controlMean: control.mean,
    treatmentMean: treatment.mean,
    treatmentBest: probabilityToBeBest(posteriors)[1]!,
    controlLoss: controlLoss!,
    treatmentLoss: treatmentLoss!,
    ...credibleDifference(treatment, control, level),
  };
}
